package io.inferwatt.it.jvm;

import java.util.List;

/** One reading of the metrics in Prometheus' text format. */
public record MetricsPage(String text) {

    /** Returns the sum over the series of that name that have all these labels, each as {@code name="value"}. */
    public double sum(String name, String... labels) {
        return lines(name, labels).stream()
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Returns the series of that name that have all these labels. */
    public List<String> lines(String name, String... labels) {
        return text.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> List.of(labels).stream().allMatch(line::contains))
                .toList();
    }

    /** Returns the joules of a component that its sources read, whichever they were. */
    public double read(String component) {
        return sum("inferwatt_source_energy_joules_total", component(component));
    }

    /** Returns the joules of a component in all columns: the models', and what no model drew. */
    public double booked(String component) {
        return sum("inferwatt_energy_joules_total", component(component))
                + sum("inferwatt_unattributed_energy_joules_total", component(component));
    }

    private static String component(String component) {
        return "component=\"" + component + "\"";
    }
}
