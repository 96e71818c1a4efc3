package io.inferwatt.core.energy.hwmon;

import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.hwmon.Sensor.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Sensors of ARM boards, whose label is all that tells what they meter. One counts where its label says processor or memory
 * and nothing else; several count together where their labels differ in digits alone, as those of two sockets do.
 */
final class BoardRails {

    private static final List<String> DRIVERS = List.of("xgene", "apm_xgene", "scmi", "scpi", "ina");
    private static final Pattern WORD_BREAK = Pattern.compile("[^a-z]+");

    /** Shunts and regulators of 1 to 5 % each, of which nobody knows what else hangs on them: our judgement. */
    private static final double UNCERTAINTY = 0.10;

    private final List<Sensor> processors = new ArrayList<>();
    private final List<Sensor> memory = new ArrayList<>();

    /** Returns whether the label says that this is a meter of the processors or of the memory. */
    boolean take(Sensor sensor) {
        String driver = sensor.chip().driver().toLowerCase(Locale.ROOT);
        if (DRIVERS.stream().noneMatch(driver::startsWith)) {
            return false;
        }
        List<String> words = List.of(WORD_BREAK.split(ProcessorSensors.lower(sensor)));
        boolean processor = words.contains("cpu");
        boolean dram = words.contains("dram") || words.contains("ddr") || words.contains("dimm");
        if (processor == dram || words.contains("gpu")) {
            return false;
        }
        (processor ? processors : memory).add(sensor);
        return true;
    }

    void meter(List<Metered> metered, List<Sensor> unknown) {
        add(Domain.CPU, "processor rails", processors, metered, unknown);
        add(Domain.DRAM, "memory rails", memory, metered, unknown);
    }

    private static void add(
            Domain domain, String what, List<Sensor> sensors, List<Metered> metered, List<Sensor> unknown) {
        if (sensors.isEmpty()) {
            return;
        }
        // An energy counter misses nothing between two readings; the power of the same rail would count it twice.
        List<Sensor> counters = new ArrayList<>(sensors);
        counters.removeIf(sensor -> sensor.kind() != Kind.ENERGY);
        List<Sensor> chosen = counters.isEmpty() ? sensors : counters;
        if (chosen.stream().map(BoardRails::withoutDigits).distinct().count() == 1
                && chosen.stream().map(Sensor::label).distinct().count() == chosen.size()) {
            metered.add(new Metered(domain, what, List.copyOf(chosen), UNCERTAINTY, false));
        } else {
            unknown.addAll(sensors);
        }
    }

    private static String withoutDigits(Sensor sensor) {
        return ProcessorSensors.lower(sensor).replaceAll("[0-9]", "");
    }
}
