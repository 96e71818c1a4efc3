package io.inferwatt.agent.command;

/** The words on the command line make no sense; the message says which ones, and what is allowed, in one line. */
final class MisunderstoodException extends Exception {

    private static final long serialVersionUID = 1L;

    MisunderstoodException(String message) {
        super(message);
    }
}
