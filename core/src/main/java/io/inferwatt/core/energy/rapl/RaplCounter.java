package io.inferwatt.core.energy.rapl;

import io.inferwatt.core.energy.CounterHealth;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.EnergyCounter;
import io.inferwatt.core.energy.EnergyReadException;
import io.inferwatt.core.energy.NumberFile;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.energy.UnwrappingCounter;
import java.util.List;

/** The sum of all zones of one domain. Each register is unwrapped before the sum. */
final class RaplCounter implements EnergyCounter {

    private final Domain domain;
    private final RaplEnergySource.Method method;
    private final NumberFile[] files;
    private final UnwrappingCounter[] registers;
    private final long[] rawMicrojoules;

    RaplCounter(Domain domain, RaplEnergySource.Method method, List<Zone> zones, double ceilingWatts) {
        this.domain = domain;
        this.method = method;
        this.files = new NumberFile[zones.size()];
        this.registers = new UnwrappingCounter[zones.size()];
        this.rawMicrojoules = new long[zones.size()];
        for (int i = 0; i < files.length; i++) {
            Zone zone = zones.get(i);
            files[i] = new NumberFile(zone.energyFile());
            registers[i] = new UnwrappingCounter(zone.rangeMicrojoules(), ceilingWatts);
        }
    }

    @Override
    public Domain domain() {
        return domain;
    }

    @Override
    public String source() {
        return method.label;
    }

    @Override
    public Quality quality() {
        return Quality.MEASURED;
    }

    @Override
    public double relativeUncertainty() {
        return method.relativeUncertainty;
    }

    @Override
    public double idleWatts() {
        return Double.NaN;
    }

    @Override
    public long advance(long nowNanos) throws EnergyReadException {
        // All or nothing: with one zone unread no register moves, and the next good reading covers the time for all.
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
