package io.inferwatt.core.energy.battery;

import io.inferwatt.core.energy.CounterHealth;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.EnergyCounter;
import io.inferwatt.core.energy.EnergyReadException;
import io.inferwatt.core.energy.EnergyReadException.Reason;
import io.inferwatt.core.energy.IntegratedPower;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.energy.ReadingFlag;
import java.util.Set;

/**
 * The discharge of the batteries, integrated over time. Fails from the moment on that something else feeds the machine, so
 * that it is given up; it is offered again when that ends.
 */
final class BatteryCounter implements EnergyCounter {

    /** Gauges renew their figure every 1 to 30 s, and each question is a slow call of firmware. */
    private static final long SAMPLE_NANOS = 1_000_000_000L;
    /** Gauges are within a few per cent, and lag: our judgement. */
    private static final double UNCERTAINTY = 0.05;

    private static final Set<ReadingFlag> FLAGS = Set.of(ReadingFlag.INTEGRATED);

    private final PowerSupplies supplies;
    private final IntegratedPower power;
    private final String device;

    private boolean sampled;
    private long sampledNanos;
    private double microwatts;

    BatteryCounter(PowerSupplies supplies, double ceilingWatts) {
        this.supplies = supplies;
        this.power = new IntegratedPower(ceilingWatts);
        this.device = supplies.described();
    }

    @Override
    public Domain domain() {
        return Domain.PLATFORM;
    }

    @Override
    public String source() {
        return "battery";
    }

    @Override
    public Quality quality() {
        return Quality.MEASURED;
    }

    @Override
    public double relativeUncertainty() {
        return UNCERTAINTY;
    }

    @Override
    public double idleWatts() {
        return Double.NaN;
    }

    @Override
    public Set<ReadingFlag> flags() {
        return FLAGS;
    }

    @Override
    public String device() {
        return device;
    }

    @Override
    public long advance(long nowNanos) throws EnergyReadException {
        if (!sampled || nowNanos - sampledNanos >= SAMPLE_NANOS) {
            sample(nowNanos);
        }
        return power.step(microwatts, nowNanos);
    }

    private void sample(long nowNanos) throws EnergyReadException {
        sampled = false;
        try {
            microwatts = supplies.dischargeMicrowatts(nowNanos);
        } catch (OtherFeedException e) {
            power.forget();
            throw new EnergyReadException(Reason.IO, String.valueOf(e.getMessage()), e);
        } catch (EnergyReadException e) {
            power.forget();
            throw e;
        }
        sampled = true;
        sampledNanos = nowNanos;
    }

    @Override
    public CounterHealth health() {
        return power.health();
    }

    @Override
    public void close() {
        supplies.close();
    }
}
