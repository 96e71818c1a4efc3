package io.inferwatt.core.attribution;

import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.report.ComponentJoules;
import java.util.Arrays;

/** The final energy of one call; used again for the next. */
public final class CallEnergy {

    private final double[] amounts = new double[Lanes.COUNT];
    private boolean known;
    private Quality quality = Quality.MEASURED;

    void set(long units, EnergyClocks.Reading from, EnergyClocks.Reading until, Quality worst) {
        known = until.knownSeconds > from.knownSeconds;
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            amounts[lane] = known ? Math.max(0, units * (until.perUnit[lane] - from.perUnit[lane])) : Double.NaN;
        }
        quality = worst;
    }

    /** Becomes the energy of what draws nothing on this machine. */
    public void none() {
        known = true;
        Arrays.fill(amounts, 0);
        quality = Quality.ESTIMATED;
    }

    /** Returns the share above idle, or NaN if no reading covers any part of the call. */
    public double joules() {
        return amounts[Lanes.DYNAMIC];
    }

    public double joulesWithIdle() {
        return amounts[Lanes.DYNAMIC] + amounts[Lanes.IDLE];
    }

    /** Returns operational grams, boundary {@code with_idle}; NaN like {@link #joules}. */
    public double gramsWithIdle() {
        return amounts[Lanes.GRAMS];
    }

    /** Returns grams of making this machine; NaN like {@link #joules}. */
    public double embodiedGrams() {
        return amounts[Lanes.EMBODIED];
    }

    /** Returns {@link #joulesWithIdle} by component; zeros where nobody asked for it, NaN like {@link #joules}. */
    public ComponentJoules byComponent() {
        return known
                ? new ComponentJoules(amounts[Lanes.CPU], amounts[Lanes.DRAM], amounts[Lanes.GPU], amounts[Lanes.OTHER])
                : ComponentJoules.UNKNOWN;
    }

    public Quality quality() {
        return quality;
    }
}
