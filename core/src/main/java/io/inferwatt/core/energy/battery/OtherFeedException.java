package io.inferwatt.core.energy.battery;

/** Something else than batteries feeds the machine, so what they give is not what it draws. */
final class OtherFeedException extends Exception {

    private static final long serialVersionUID = 1L;

    OtherFeedException(String message) {
        super(message);
    }
}
