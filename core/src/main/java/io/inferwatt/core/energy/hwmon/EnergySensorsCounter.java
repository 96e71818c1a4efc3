package io.inferwatt.core.energy.hwmon;

import io.inferwatt.core.energy.CounterHealth;
import io.inferwatt.core.energy.EnergyReadException;
import io.inferwatt.core.energy.NumberFile;
import io.inferwatt.core.energy.ReadingFlag;
import io.inferwatt.core.energy.UnwrappingCounter;
import java.util.Set;

/** The sum of energy counters. The kernel keeps them in 64 bits, so one that falls was restarted. */
final class EnergySensorsCounter extends SensorsCounter {

    private final NumberFile[] files;
    private final UnwrappingCounter[] registers;
    private final long[] rawMicrojoules;

    EnergySensorsCounter(Metered metered, double ceilingWatts) {
        super(metered);
        int count = metered.sensors().size();
        files = new NumberFile[count];
        registers = new UnwrappingCounter[count];
        rawMicrojoules = new long[count];
        for (int i = 0; i < count; i++) {
            files[i] = new NumberFile(metered.sensors().get(i).file());
            registers[i] = new UnwrappingCounter(UnwrappingCounter.NO_RANGE, ceilingWatts);
        }
    }

    @Override
    public String source() {
        return "hwmon-energy";
    }

    @Override
    public Set<ReadingFlag> flags() {
        return Set.of();
    }

    @Override
    public long advance(long nowNanos) throws EnergyReadException {
        // All or nothing: with one unread no register moves, and the next good reading covers the time for all.
        for (int i = 0; i < files.length; i++) {
            rawMicrojoules[i] = files[i].read(nowNanos);
        }
        long sum = 0;
        boolean known = true;
        for (int i = 0; i < registers.length; i++) {
            if (files[i].hasReturned()) {
                registers[i].forget();
            }
            long microjoules = registers[i].step(rawMicrojoules[i], nowNanos);
            known &= microjoules != UNKNOWN;
            sum += microjoules;
        }
        return known ? sum : UNKNOWN;
    }

    @Override
    public CounterHealth health() {
        CounterHealth health = CounterHealth.GOOD;
        for (UnwrappingCounter register : registers) {
            health = health.plus(register.health());
        }
        return health;
    }

    @Override
    public void close() {
        for (NumberFile file : files) {
            file.close();
        }
    }
}
