package io.inferwatt.core.energy.hwmon;

import io.inferwatt.core.energy.EnergyReadException;
import io.inferwatt.core.energy.NumberFile;

/** A power reading that is not asked more often than it changes: behind some of them firmware has to be called. */
final class PowerGauge implements AutoCloseable {

    private final NumberFile file;
    private final long pauseNanos;

    private boolean read;
    private long readNanos;
    private long microwatts;

    PowerGauge(Sensor sensor) {
        file = new NumberFile(sensor.file());
        pauseNanos = sensor.pauseNanos();
    }

    /** Returns the latest reading in microwatts, 0 or more. */
    long microwatts(long nowNanos) throws EnergyReadException {
        if (!read || nowNanos - readNanos >= pauseNanos) {
            read = false;
            microwatts = file.read(nowNanos);
            read = true;
            readNanos = nowNanos;
        }
        return microwatts;
    }

    /** Tells, once, that the file had been missing before the latest reading. */
    boolean hasReturned() {
        return file.hasReturned();
    }

    @Override
    public void close() {
        file.close();
    }
}
