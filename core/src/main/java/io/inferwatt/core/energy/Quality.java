package io.inferwatt.core.energy;

import java.util.Locale;

/** Of what kind a figure is, best first. */
public enum Quality {
    /** Read from an energy counter, or power readings integrated over time. */
    MEASURED(0),
    /** Computed from the load of this machine by a power model. */
    MODELLED(1),
    /** Computed from counts alone, for machines that are not ours. */
    ESTIMATED(2);

    private final int code;

    Quality(int code) {
        this.code = code;
    }

    /** Returns its place in arrays, from 0, best first. */
    public int code() {
        return code;
    }

    /** Returns the value of the metric label {@code quality}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
