package io.inferwatt.core.energy;

/**
 * A counter read beside the one in force until it has shown that it works. It is anchored by then, so nothing is lost
 * when it takes over.
 */
final class Trial {

    private static final int DIFFERENCES = 3;

    private final CounterOffer offer;
    private int differences;

    Trial(CounterOffer offer) {
        this.offer = offer;
    }

    CounterOffer offer() {
        return offer;
    }

    /** Returns whether it has shown enough positive differences since its last unknown one. */
    boolean passed() {
        return differences >= DIFFERENCES;
    }

    /** Reads the counter; returns false if it failed, which ends the trial. */
    boolean advance(long nowNanos) {
        try {
            long microjoules = offer.counter().advance(nowNanos);
            if (microjoules == EnergyCounter.UNKNOWN) {
                differences = 0;
            } else if (microjoules > 0) {
                differences++;
            }
            return true;
        } catch (EnergyReadException | RuntimeException | LinkageError e) {
            // Never in force, so no error of the domain; the counter is looked for again a minute later.
            return false;
        }
    }
}
