package io.inferwatt.core.energy.hwmon;

import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.Finding;
import io.inferwatt.core.energy.hwmon.Sensor.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Decides which sensors add up to all processors. The first kind of meter in this order that is here speaks alone, because
 * nobody knows which joules two kinds have in common.
 */
final class ProcessorSensors {

    /** The same registers as RAPL's. */
    private static final double LIKE_RAPL = 0.03;
    /** Computed from thermal limits by the processor itself: our judgement, no study known. */
    private static final double FROM_THERMAL_LIMITS = 0.10;

    private ProcessorSensors() {}

    /**
     * Returns what is metered; empty where no sensor is known to meter processors.
     *
     * @param sensors all sensors of chips that are no GPU
     * @param findings gets what is here and does not count
     */
    static List<Metered> of(List<Sensor> sensors, List<Finding> findings) {
        List<Metered> metered = new ArrayList<>();
        List<Sensor> unknown = new ArrayList<>();
        List<Sensor> amdSockets = new ArrayList<>();
        List<Sensor> oldAmd = new ArrayList<>();
        SocketMeters sockets = new SocketMeters();
        BoardRails boards = new BoardRails();
        for (Sensor sensor : sensors) {
            String driver = sensor.chip().driver();
            if (driver.equals("amd_energy")) {
                // A socket holds its cores; theirs would be counted twice.
                if (sensor.kind() == Kind.ENERGY && lower(sensor).startsWith("esocket")) {
                    amdSockets.add(sensor);
                }
            } else if (driver.equals("fam15h_power") && sensor.kind() == Kind.POWER) {
                oldAmd.add(sensor);
            } else if (!sockets.take(sensor) && !boards.take(sensor)) {
                unknown.add(sensor);
            }
        }
        if (!amdSockets.isEmpty()) {
            metered.add(new Metered(Domain.CPU, "AMD sockets", amdSockets, LIKE_RAPL, false));
        } else if (!sockets.isEmpty()) {
            sockets.meter(metered, findings);
        } else if (!oldAmd.isEmpty()) {
            metered.add(new Metered(Domain.CPU, "AMD processors", oldAmd, FROM_THERMAL_LIMITS, false));
        } else {
            boards.meter(metered, unknown);
        }
        tellUnknown(unknown, findings);
        return metered;
    }

    static String lower(Sensor sensor) {
        return sensor.label().toLowerCase(Locale.ROOT);
    }

    private static void tellUnknown(List<Sensor> unknown, List<Finding> findings) {
        if (unknown.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder();
        for (Sensor sensor : unknown) {
            text.append(text.length() == 0 ? "" : ", ")
                    .append(sensor.chip().driver())
                    .append(' ')
                    .append(sensor.described());
        }
        findings.add(Finding.note(
                HwmonEnergySource.ID, text + " is here, but nobody knows what it meters, so it is left out", ""));
    }
}
