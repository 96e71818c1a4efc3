package io.inferwatt.core.simulation;

import io.inferwatt.core.config.AttributionMethod;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How far each method of attribution is off on the simulated host: a table for each situation, a column for each method.
 * A cell is the median over the seeds, in brackets the lowest and the highest.
 *
 * <p>{@code --seeds="1 2 3 4"} and {@code --tables="policies mixed"}; without them four seeds and all tables.
 */
public final class AttributionBenchmark {

    private static final String SEEDS = "--seeds=";
    private static final String TABLES = "--tables=";
    private static final String ALL = "all";

    private final AttributionMethod[] methods = AttributionMethod.values();
    private final long[] seeds;

    private AttributionBenchmark(long[] seeds) {
        this.seeds = seeds;
    }

    public static void main(String[] arguments) {
        long[] seeds = {1, 2, 3, 4};
        List<String> tables = List.of(ALL);
        for (String argument : arguments) {
            if (argument.startsWith(SEEDS)) {
                seeds = words(argument, SEEDS).stream()
                        .mapToLong(Long::parseLong)
                        .toArray();
            } else if (argument.startsWith(TABLES)) {
                tables = words(argument, TABLES);
            } else {
                throw new IllegalArgumentException("unknown argument " + argument + "; known are " + SEEDS
                        + "\"1 2\" and " + TABLES + "\"mixed gpu\"");
            }
        }
        System.out.printf(
                Locale.ROOT,
                "Java %s, %d processors, load %.1f, seeds %s%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Arrays.toString(seeds));
        new AttributionBenchmark(seeds).print(chosen(tables));
    }

    private static List<String> words(String argument, String prefix) {
        return List.of(argument.substring(prefix.length()).trim().split("[ ,;]+"));
    }

    private static List<AccuracyTable> chosen(List<String> ids) {
        List<AccuracyTable> all = AccuracyTables.all();
        List<String> known = all.stream().map(table -> table.id).toList();
        for (String id : ids) {
            if (!id.equals(ALL) && !known.contains(id)) {
                throw new IllegalArgumentException("no table " + id + "; there are " + known + " and " + ALL);
            }
        }
        return all.stream()
                .filter(table -> ids.contains(ALL) || ids.contains(table.id))
                .toList();
    }

    private void print(List<AccuracyTable> tables) {
        for (AccuracyTable table : tables) {
            long began = System.nanoTime();
            System.out.printf("%n### %s%n%n%s%n%n| | |", table.id, table.title);
            for (AttributionMethod method : methods) {
                System.out.printf(" %s |", method.label());
            }
            System.out.printf("%n|---|---|%s%n", "---|".repeat(methods.length));
            table.conditions.forEach(this::print);
            double seconds = (System.nanoTime() - began) / 1e9;
            System.out.printf(Locale.ROOT, "%n%.1f s, %.1f s a seed%n", seconds, seconds / seeds.length);
        }
    }

    private void print(Condition condition) {
        List<List<Outcome>> outcomes = new ArrayList<>();
        for (long seed : seeds) {
            outcomes.add(SimulatedRun.of(condition.scenario().get(), seed, methods));
        }
        for (Figure figure : condition.figures()) {
            StringBuilder row = new StringBuilder();
            row.append("| ")
                    .append(condition.name())
                    .append(" | ")
                    .append(figure.name())
                    .append(" |");
            boolean told = false;
            for (int method = 0; method < methods.length; method++) {
                OverSeeds values = new OverSeeds();
                for (List<Outcome> ofSeed : outcomes) {
                    values.add(figure.value().applyAsDouble(ofSeed.get(method)));
                }
                row.append(' ').append(values.text()).append(" |");
                told |= !Double.isNaN(values.median());
            }
            if (told) { // what no method reports needs no row
                System.out.println(row);
            }
        }
    }
}
