package io.inferwatt.core.energy.modelled;

import io.inferwatt.core.energy.CounterHealth;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.EnergyCounter;
import io.inferwatt.core.energy.ErrorBand;
import io.inferwatt.core.energy.PowerIntegral;
import io.inferwatt.core.energy.Quality;

/** What the modelled counters of both domains have in common. */
abstract sealed class ModelledCounter implements EnergyCounter permits ProcessorCounter, MemoryCounter {

    final PowerModel model;
    final PowerIntegral integral = new PowerIntegral();

    private final Domain domain;
    private final String device;

    ModelledCounter(Domain domain, PowerModel model, String device) {
        this.domain = domain;
        this.model = model;
        this.device = device;
    }

    @Override
    public final Domain domain() {
        return domain;
    }

    @Override
    public final String source() {
        return model.source();
    }

    @Override
    public final Quality quality() {
        return Quality.MODELLED;
    }

    @Override
    public final double relativeUncertainty() {
        return model.relativeUncertainty();
    }

    @Override
    public final ErrorBand errorBand() {
        return model.errorBand();
    }

    /** Returns what was assumed about the machine. */
    @Override
    public final String device() {
        return device;
    }

    /** A model does not wrap, restart or jump. */
    @Override
    public final CounterHealth health() {
        return CounterHealth.GOOD;
    }

    /** Holds nothing. */
    @Override
    public final void close() {}
}
