package io.inferwatt.core.energy.hwmon;

import io.inferwatt.core.energy.CounterHealth;
import io.inferwatt.core.energy.EnergyReadException;
import io.inferwatt.core.energy.IntegratedPower;
import io.inferwatt.core.energy.ReadingFlag;
import java.util.Set;

/** The sum of power readings, integrated over time. */
final class PowerSensorsCounter extends SensorsCounter {

    private static final Set<ReadingFlag> INTEGRATED = Set.of(ReadingFlag.INTEGRATED);
    private static final Set<ReadingFlag> OF_A_MODULE = Set.of(ReadingFlag.INTEGRATED, ReadingFlag.MODULE_SCOPE);

    private final PowerGauge[] gauges;
    private final IntegratedPower power;

    PowerSensorsCounter(Metered metered, double ceilingWatts) {
        super(metered);
        gauges = new PowerGauge[metered.sensors().size()];
        for (int i = 0; i < gauges.length; i++) {
            gauges[i] = new PowerGauge(metered.sensors().get(i));
        }
        power = new IntegratedPower(gauges.length * ceilingWatts);
    }

    @Override
    public String source() {
        return "hwmon-power";
    }

    @Override
    public Set<ReadingFlag> flags() {
        return metered().module() ? OF_A_MODULE : INTEGRATED;
    }

    @Override
    public long advance(long nowNanos) throws EnergyReadException {
        double microwatts = 0;
        try {
            for (PowerGauge gauge : gauges) {
                microwatts += gauge.microwatts(nowNanos);
            }
        } catch (EnergyReadException e) {
            power.forget(); // a line drawn over the gap would be a guess
            throw e;
        }
        for (PowerGauge gauge : gauges) {
            if (gauge.hasReturned()) {
                power.forget();
            }
        }
        return power.step(microwatts, nowNanos);
    }

    @Override
    public CounterHealth health() {
        return power.health();
    }

    @Override
    public void close() {
        for (PowerGauge gauge : gauges) {
            gauge.close();
        }
    }
}
