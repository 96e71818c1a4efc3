package io.inferwatt.exporters.http;

/** A request that is not understood or not wanted; after the answer its connection is closed. Quotes nothing of it. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;

    RefusedException(int status, String text) {
        super(text, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
