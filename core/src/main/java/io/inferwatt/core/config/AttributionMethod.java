package io.inferwatt.core.config;

import java.util.Locale;

/** How the dynamic energy of a tick is divided; the values of {@code attribution.method} and of the label {@code method}. */
public enum AttributionMethod {
    /** By what the meter learns about each model's power; where the energy itself is modelled, by processor time. */
    LEARNED,
    /** In proportion to processor time. */
    CPU_SHARE,
    /** The same for each second a call is in flight. */
    EQUAL;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
