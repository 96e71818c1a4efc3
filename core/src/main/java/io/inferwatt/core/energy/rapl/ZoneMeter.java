package io.inferwatt.core.energy.rapl;

import io.inferwatt.core.energy.CounterHealth;
import io.inferwatt.core.energy.EnergyReadException;
import io.inferwatt.core.energy.NumberFile;
import io.inferwatt.core.energy.UnwrappingCounter;

/** The register of one zone, read again and again. One thread at a time. */
final class ZoneMeter {

    private final Zone zone;
    private final NumberFile file;
    private final UnwrappingCounter register;
    private long rawMicrojoules;

    ZoneMeter(Zone zone, double ceilingWatts) {
        this.zone = zone;
        this.file = new NumberFile(zone.energyFile());
        this.register = new UnwrappingCounter(zone.rangeMicrojoules(), ceilingWatts);
    }

    Zone zone() {
        return zone;
    }

    /** Reads the register and keeps what it shows for {@link #step}. */
    void read(long nowNanos) throws EnergyReadException {
        rawMicrojoules = file.read(nowNanos);
    }

    /** Returns what the register shows by now, which leaves {@link #step} as it is. */
    long glance(long nowNanos) throws EnergyReadException {
        return file.read(nowNanos);
    }

    /** Returns what the latest {@link #read} has shown. */
    long rawMicrojoules() {
        return rawMicrojoules;
    }

    /** Returns the microjoules between the two latest readings, or unknown as a counter does. */
    long step(long nowNanos) {
        if (file.hasReturned()) {
            register.forget(); // a zone that comes back is another one
        }
        return register.step(rawMicrojoules, nowNanos);
    }

    CounterHealth health() {
        return register.health();
    }

    void close() {
        file.close();
    }
}
