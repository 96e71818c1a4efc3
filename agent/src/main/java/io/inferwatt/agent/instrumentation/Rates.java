package io.inferwatt.agent.instrumentation;

import io.inferwatt.core.EnergyMeter;
import io.inferwatt.core.report.CallRate;
import org.jspecify.annotations.Nullable;

/** Says what the calls of a model on this machine drew lately; {@link EnergyMeter#recentRate}. Safe from all threads, waits for nobody. */
@FunctionalInterface
public interface Rates {

    /** Returns null as long as nothing is known. */
    @Nullable
    CallRate of(int key);
}
