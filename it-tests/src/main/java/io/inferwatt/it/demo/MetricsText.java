package io.inferwatt.it.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * One reading of a {@code /metrics} page in the Prometheus text format.
 *
 * @param samples all samples, in the order of the page
 */
public record MetricsText(List<Sample> samples) {

    public MetricsText {
        samples = List.copyOf(samples);
    }

    /**
     * One line of the page.
     *
     * @param labels by name
     */
    public record Sample(String name, Map<String, String> labels, double value) {

        public Sample {
            labels = Map.copyOf(labels);
        }

        /** Returns the label's value, empty if there is no such label. */
        public String label(String label) {
            return labels.getOrDefault(label, "");
        }

        private boolean matches(String family, String... labelsAndValues) {
            boolean matches = name.equals(family);
            for (int i = 0; matches && i < labelsAndValues.length; i += 2) {
                matches = label(labelsAndValues[i]).equals(labelsAndValues[i + 1]);
            }
            return matches;
        }
    }

    /**
     * Reads a page.
     *
     * @throws IllegalArgumentException if a line is neither a comment nor a sample; the message holds the line's number
     */
    public static MetricsText parse(String page) {
        List<Sample> samples = new ArrayList<>();
        int number = 0;
        for (String line : page.lines().toList()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                samples.add(new SampleLine(line, number).read());
            }
        }
        return new MetricsText(samples);
    }

    /** Returns the samples of that name whose labels have the values given in pairs. */
    public List<Sample> all(String name, String... labelsAndValues) {
        return samples.stream()
                .filter(sample -> sample.matches(name, labelsAndValues))
                .toList();
    }

    /** Returns the sum of {@link #all}; 0 if there is none. */
    public double sum(String name, String... labelsAndValues) {
        return all(name, labelsAndValues).stream().mapToDouble(Sample::value).sum();
    }

    /** Returns the values that a label has among the samples of that name, sorted. */
    public List<String> labelValues(String name, String label) {
        TreeSet<String> values = new TreeSet<>();
        all(name).forEach(sample -> values.add(sample.label(label)));
        return List.copyOf(values);
    }
}
