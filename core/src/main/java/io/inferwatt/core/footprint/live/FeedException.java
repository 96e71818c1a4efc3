package io.inferwatt.core.footprint.live;

import java.io.Serial;

/** What came of asking when it was no figure. The message is for people: it says what to check and holds no secret. */
public final class FeedException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private final Kind kind;
    private final long retryAfterSeconds;

    public FeedException(Kind kind, String message) {
        this(kind, message, 0);
    }

    /** @param retryAfterSeconds how long not to ask again, 0 where nobody said */
    public FeedException(Kind kind, String message, long retryAfterSeconds) {
        super(message);
        this.kind = kind;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** How bad it is. */
    public enum Kind {
        /** It can never be asked with these settings. */
        SETTINGS,
        /** The key is missing or not accepted: a person has to do something. */
        KEY,
        /** No answer, or one that says so: it may go better next time. */
        UNAVAILABLE,
        /** An answer that is not to be believed. */
        IMPLAUSIBLE,
        /** A figure that begins to hold later; no failure. */
        NOT_YET
    }

    public Kind kind() {
        return kind;
    }

    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
