package io.inferwatt.core.energy.hwmon;

import io.inferwatt.core.energy.EnergyReadException;
import io.inferwatt.core.energy.NumberFile;
import io.inferwatt.core.energy.hwmon.Sensor.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lists the energy and power sensors of a chip, one for each number. */
final class SensorScan {

    private static final Pattern FILE = Pattern.compile("(energy|power)([1-9][0-9]{0,3})_(average|input)");

    /**
     * Its {@code power1_average} holds every reader up for a whole interval, in the driver, to take the mean; its {@code
     * power1_input} answers at once.
     */
    private static final String SLEEPS_IN_AVERAGE = "fam15h_power";

    private SensorScan() {}

    /** Returns the sensors by kind and number; where one has both, the average is preferred to the moment's reading. */
    static List<Sensor> sensors(Chip chip) {
        Map<String, Sensor> byName = new TreeMap<>();
        collect(chip, chip.folder(), byName);
        // Drivers of the old kind, the ACPI power meter among them, keep the files one folder deeper.
        collect(chip, chip.folder().resolve("device"), byName);
        return new ArrayList<>(byName.values());
    }

    private static void collect(Chip chip, Path folder, Map<String, Sensor> byName) {
        Map<String, Sensor> here = new TreeMap<>();
        // Names sort average before input, so the first of two is the better one.
        for (Path file : ChipScan.entries(folder, "{energy,power}*_{average,input}")) {
            Matcher matcher = FILE.matcher(String.valueOf(file.getFileName()));
            if (!matcher.matches()) {
                continue;
            }
            boolean average = matcher.group(3).equals("average");
            if (average && chip.driver().equals(SLEEPS_IN_AVERAGE)) {
                continue;
            }
            int number = Integer.parseInt(matcher.group(2));
            String stem = matcher.group(1) + number;
            Kind kind = matcher.group(1).equals("energy") ? Kind.ENERGY : Kind.POWER;
            here.putIfAbsent(
                    String.format(Locale.ROOT, "%s%04d", kind, number),
                    new Sensor(
                            chip,
                            kind,
                            number,
                            file,
                            label(folder.resolve(stem + "_label"), folder.resolve(stem + "_oem_info")),
                            average ? pauseNanos(folder.resolve(stem + "_average_interval")) : 0));
        }
        here.forEach(byName::putIfAbsent);
    }

    private static String label(Path label, Path firmwareLabel) {
        String text = Chip.text(label);
        String other = text == null ? Chip.text(firmwareLabel) : text;
        return other == null ? "" : other;
    }

    /** Half the interval of the mean: no mean is skipped, and the firmware is not asked at every tick. */
    private static long pauseNanos(Path intervalMillis) {
        try (NumberFile interval = new NumberFile(intervalMillis)) {
            return Math.min(interval.read(0), 10_000) * 1_000_000L / 2;
        } catch (EnergyReadException e) {
            return 0;
        }
    }
}
