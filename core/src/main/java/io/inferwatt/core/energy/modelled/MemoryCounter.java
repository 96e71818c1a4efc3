package io.inferwatt.core.energy.modelled;

import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.PowerIntegral;

/** Memory draws a constant power for its size. */
final class MemoryCounter extends ModelledCounter {

    MemoryCounter(PowerModel model, String device) {
        super(Domain.DRAM, model, device);
    }

    @Override
    public double idleWatts() {
        return model.memoryWatts();
    }

    @Override
    public long advance(long nowNanos) {
        long nanos = integral.elapsedNanos(nowNanos);
        return nanos == UNKNOWN ? UNKNOWN : integral.add(PowerIntegral.microjoules(model.memoryWatts(), nanos));
    }
}
