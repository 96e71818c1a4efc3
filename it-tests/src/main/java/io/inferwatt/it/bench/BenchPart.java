package io.inferwatt.it.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A benchmark among others and what it is set to.
 *
 * @param name of the class
 * @param settings system properties; most are read when the benchmark's class is used first
 */
record BenchPart(String name, Map<String, String> settings) {

    private static final String PREFIX = "bench.";

    BenchPart {
        settings = Map.copyOf(settings);
    }

    /**
     * Returns those that a text names, in its order: names with a semicolon between them, each followed by settings of its own where it
     * shall have others, as in {@code PeersBenchmark rounds=5 phase=3;CallsBenchmark}.
     *
     * @param known all that there are, with their usual settings
     * @param text all of them where it is empty
     * @throws IllegalArgumentException if it names another, or a setting has no value
     */
    static List<BenchPart> chosen(List<BenchPart> known, String text) {
        if (text.isEmpty()) {
            return known;
        }
        List<BenchPart> chosen = new ArrayList<>();
        for (String entry : text.split(";", -1)) {
            List<String> words = List.of(entry.strip().split(" ", -1));
            BenchPart usual = known.stream()
                    .filter(part -> part.name.equals(words.get(0)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no '" + words.get(0) + "'; there are "
                            + known.stream().map(BenchPart::name).toList()));
            chosen.add(usual.with(words.subList(1, words.size())));
        }
        return chosen;
    }

    private BenchPart with(List<String> changes) {
        Map<String, String> changed = new HashMap<>(settings);
        for (String change : changes) {
            int equals = change.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException(name + ": '" + change + "' is not of the form name=value");
            }
            changed.put(PREFIX + change.substring(0, equals), change.substring(equals + 1));
        }
        return new BenchPart(name, changed);
    }

    /** Runs its main method; the settings are what they were before, afterwards. */
    void run(String... arguments) throws ReflectiveOperationException {
        Map<String, String> before = new HashMap<>();
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            before.put(setting.getKey(), System.getProperty(setting.getKey(), ""));
            System.setProperty(setting.getKey(), setting.getValue());
        }
        try {
            // By name: those that JMH generates code for are compiled apart from the rest, after it.
            Class<?> benchmark = Class.forName(BenchPart.class.getPackageName() + "." + name);
            var main = benchmark.getDeclaredMethod("main", String[].class);
            main.setAccessible(true);
            main.invoke(null, (Object) arguments);
        } finally {
            before.forEach(BenchPart::restore);
        }
    }

    private static void restore(String name, String value) {
        if (value.isEmpty()) {
            System.clearProperty(name);
        } else {
            System.setProperty(name, value);
        }
    }
}
