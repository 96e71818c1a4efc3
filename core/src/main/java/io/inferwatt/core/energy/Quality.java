package io.inferwatt.core.energy;

import java.util.Locale;

/** Of what kind a figure is, best first. */
public enum Quality {
    /** Read from an energy counter, or power readings integrated over time. */
    MEASURED,
    /** Computed from the load of this machine by a power model. */
    MODELLED,
    /** Computed from counts alone, for machines that are not ours. */
    ESTIMATED;

    /** Returns the value of the metric label {@code quality}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
