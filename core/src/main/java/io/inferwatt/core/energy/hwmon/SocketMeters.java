package io.inferwatt.core.energy.hwmon;

import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.Finding;
import io.inferwatt.core.energy.hwmon.Sensor.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ACPI power meters of ARM server modules, as NVIDIA's Grace has them. They nest: {@code CPU} (the rail of the cores) and
 * {@code SysIO} (the rail of the fabric) are inside {@code Grace} (the socket with its memory and regulators), which is inside
 * {@code Module} (with the GPU and its memory). {@code Grace} is taken where all sockets have it: in published readings
 * the two rails show 53 to 58 of its 93 to 104 W, and nothing else shows the memory.
 */
final class SocketMeters {

    private static final String DRIVER = "power_meter";
    private static final Pattern LABEL = Pattern.compile("(module|grace|cpu|sysio) power socket ([0-9]+)");

    /** Our judgement: no study of these meters is known. */
    private static final double UNCERTAINTY = 0.05;

    private final Set<String> sockets = new TreeSet<>();
    private final List<Sensor> modules = new ArrayList<>();
    private final List<Sensor> wholes = new ArrayList<>();
    private final List<Sensor> cores = new ArrayList<>();
    private final List<Sensor> fabrics = new ArrayList<>();

    /** Returns whether this is such a meter. */
    boolean take(Sensor sensor) {
        Matcher matcher = LABEL.matcher(ProcessorSensors.lower(sensor));
        if (!sensor.chip().driver().equals(DRIVER) || sensor.kind() != Kind.POWER || !matcher.matches()) {
            return false;
        }
        sockets.add(matcher.group(2));
        switch (matcher.group(1)) {
            case "module" -> modules.add(sensor);
            case "grace" -> wholes.add(sensor);
            case "cpu" -> cores.add(sensor);
            default -> fabrics.add(sensor);
        }
        return true;
    }

    boolean isEmpty() {
        return sockets.isEmpty();
    }

    void meter(List<Metered> metered, List<Finding> findings) {
        if (wholes.size() == sockets.size()) {
            metered.add(new Metered(Domain.CPU, "processor sockets with their memory", wholes, UNCERTAINTY, false));
        } else if (cores.size() == sockets.size()) {
            List<Sensor> rails = new ArrayList<>(cores);
            rails.addAll(fabrics);
            metered.add(new Metered(Domain.CPU, "processors without their memory", rails, UNCERTAINTY, false));
        } else if (modules.size() == sockets.size()) {
            metered.add(new Metered(Domain.PLATFORM, "modules with their GPUs", modules, UNCERTAINTY, true));
        } else {
            findings.add(Finding.note(
                    HwmonEnergySource.ID,
                    "no kind of power meter is there for each of the " + sockets.size()
                            + " sockets, so they are left out: a part would pass for the whole",
                    ""));
        }
    }
}
