package io.inferwatt.core.energy;

import java.util.Locale;

/** The kind of part that draws energy. The parts are disjoint, so sums over them are right. */
public enum Component {
    CPU,
    DRAM,
    GPU,
    /** A meter of the whole machine, used only where there is no processor meter. */
    OTHER,
    /** Somebody else's machine: estimated, never measured here. */
    REMOTE;

    /** Returns the value of the metric label {@code component}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
