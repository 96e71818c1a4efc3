package io.inferwatt.it.bench;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All figures of {@code docs/performance.md}, one table after the other, with settings of its own that two processors get through in
 * some 40 minutes; the system property {@code bench.parts} chooses among them and sets them, as {@link BenchPart} says. One that fails
 * does not keep the next from running; the exit code tells.
 */
final class AllBenchmarks {

    private static final List<BenchPart> PARTS = List.of(
            new BenchPart("StartupBenchmark", Map.of("bench.rounds", "15")),
            new BenchPart("PeersBenchmark", Map.of("bench.rounds", "7", "bench.phase", "4")),
            new BenchPart("ServiceBenchmark", Map.of("bench.rounds", "5", "bench.phase", "4", "bench.warmup", "8")),
            new BenchPart("GrowthBenchmark", Map.of("bench.pairs", "3", "bench.phase", "2")),
            new BenchPart("CallsBenchmark", Map.of("bench.forks", "1")),
            new BenchPart("RunningCostBenchmark", Map.of("bench.seconds", "12", "bench.scrapes", "30")));

    private AllBenchmarks() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        List<BenchPart> chosen = BenchPart.chosen(PARTS, System.getProperty("bench.parts", ""));
        long begin = System.nanoTime();
        boolean failed = false;
        for (BenchPart part : chosen) {
            long partBegin = System.nanoTime();
            System.out.printf("%n## %s, %s UTC%n%n", part.name(), now());
            System.out.println("Settings: " + new TreeMap<>(part.settings()) + "\n");
            try {
                part.run(arguments);
            } catch (InvocationTargetException broken) {
                failed = true;
                System.out.println("\nFailed: " + broken.getCause());
            }
            System.out.println("\n" + part.name() + " took " + secondsSince(partBegin) + " s.");
        }
        System.out.println("\nTook " + secondsSince(begin) + " s.");
        if (failed) {
            System.exit(1);
        }
    }

    private static long secondsSince(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin).toSeconds();
    }

    private static LocalTime now() {
        return LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
    }
}
