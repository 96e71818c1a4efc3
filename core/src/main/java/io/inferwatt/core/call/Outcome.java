package io.inferwatt.core.call;

import java.util.Locale;

/** How a model call ended. */
public enum Outcome {
    OK(0),
    ERROR(1),
    /** The caller closed or cancelled it before its end. */
    CANCELLED(2),
    /** It never ended within the longest permitted duration. */
    ABANDONED(3);

    private static final Outcome[] VALUES = values();

    /** Place among the outcomes in the recorder's memory. */
    final int code;

    Outcome(int code) {
        this.code = code;
    }

    /** Returns the value of the metric label {@code outcome}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Outcome of(int code) {
        return VALUES[code];
    }
}
