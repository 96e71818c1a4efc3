package io.inferwatt.core.energy;

import io.inferwatt.core.input.OneLine;
import java.util.Locale;

/** A counter could not be read this time. */
public final class EnergyReadException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why; the values of the metric label {@code reason}. */
    public enum Reason {
        IO(0),
        PERMISSION(1),
        PARSE(2);

        private final int code;

        Reason(int code) {
            this.code = code;
        }

        /** Returns a small number for arrays. */
        public int code() {
            return code;
        }

        /** Returns the value of the metric label {@code reason}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A path with a name of its file is in it, and a name may hold anything. */
    private static final int LONGEST = 600;

    private final Reason reason;

    public EnergyReadException(Reason reason, String message) {
        super(OneLine.of(message, LONGEST));
        this.reason = reason;
    }

    public EnergyReadException(Reason reason, String message, Throwable cause) {
        super(OneLine.of(message, LONGEST), cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
