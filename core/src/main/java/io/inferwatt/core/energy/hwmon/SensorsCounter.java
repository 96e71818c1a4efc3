package io.inferwatt.core.energy.hwmon;

import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.EnergyCounter;
import io.inferwatt.core.energy.Quality;

/** The sum of all sensors of one domain. */
abstract class SensorsCounter implements EnergyCounter {

    private final Metered metered;
    private final String device;

    SensorsCounter(Metered metered) {
        this.metered = metered;
        this.device = metered.described();
    }

    final Metered metered() {
        return metered;
    }

    @Override
    public final Domain domain() {
        return metered.domain();
    }

    @Override
    public final Quality quality() {
        return Quality.MEASURED;
    }

    @Override
    public final double relativeUncertainty() {
        return metered.relativeUncertainty();
    }

    @Override
    public final double idleWatts() {
        return Double.NaN;
    }

    @Override
    public final String device() {
        return device;
    }
}
