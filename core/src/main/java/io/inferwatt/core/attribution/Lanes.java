package io.inferwatt.core.attribution;

import io.inferwatt.core.energy.Component;

/** What an {@link EnergyClocks} keeps for each model, side by side. The last four only where somebody asks for them. */
final class Lanes {

    /** Joules above idle. */
    static final int DYNAMIC = 0;

    /** Joules of idle that the boundary {@code with_idle} adds. */
    static final int IDLE = 1;

    /** Operational grams of both. */
    static final int GRAMS = 2;

    /** Embodied grams, divided like both. */
    static final int EMBODIED = 3;

    private static final int FIRST_COMPONENT = 4;

    /** Joules of both, of one component each. */
    static final int CPU = FIRST_COMPONENT;

    static final int DRAM = FIRST_COMPONENT + 1;
    static final int GPU = FIRST_COMPONENT + 2;
    static final int OTHER = FIRST_COMPONENT + 3;
    static final int COUNT = FIRST_COMPONENT + 4;

    private Lanes() {}

    static int of(Component component) {
        return switch (component) {
            case CPU -> CPU;
            case DRAM -> DRAM;
            case GPU -> GPU;
            case OTHER, REMOTE -> OTHER; // nothing on this machine is remote
        };
    }
}
