package io.inferwatt.it.bench;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * All figures of {@code docs/performance.md}, one table after the other, with settings of its own that two processors get through in
 * less than 25 minutes. One benchmark that fails does not keep the next from running; the exit code tells.
 */
final class AllBenchmarks {

    private AllBenchmarks() {}

    /** A main method of another benchmark. */
    private interface Main {

        void run(String[] arguments) throws Exception;
    }

    /** @param settings system properties; they are read when the benchmark's class is used first */
    private record Part(String name, Map<String, String> settings, Main main) {}

    private static List<Part> parts() {
        return List.of(
                new Part("StartupBenchmark", Map.of("bench.rounds", "15"), StartupBenchmark::main),
                new Part("PeersBenchmark", Map.of("bench.rounds", "9", "bench.phase", "4"), PeersBenchmark::main),
                new Part("ServiceBenchmark", Map.of("bench.rounds", "5", "bench.phase", "4"), ServiceBenchmark::main),
                new Part("GrowthBenchmark", Map.of("bench.phase", "3"), GrowthBenchmark::main),
                new Part("CallsBenchmark", Map.of("bench.forks", "1"), AllBenchmarks::calls),
                new Part(
                        "RunningCostBenchmark",
                        Map.of("bench.seconds", "12", "bench.scrapes", "30"),
                        RunningCostBenchmark::main));
    }

    public static void main(String[] arguments) throws Exception {
        long begin = System.nanoTime();
        boolean failed = false;
        for (Part part : parts()) {
            System.out.printf("%n## %s, %s UTC%n%n", part.name, now());
            part.settings.forEach(System::setProperty);
            System.out.println("Settings: " + part.settings + "\n");
            try {
                part.main.run(arguments);
            } catch (Exception broken) {
                failed = true;
                System.out.println("\nFailed: " + broken);
            }
        }
        System.out.println(
                "\nTook " + Duration.ofNanos(System.nanoTime() - begin).toSeconds() + " s.");
        if (failed) {
            System.exit(1);
        }
    }

    private static LocalTime now() {
        return LocalTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS);
    }

    /** By name: those that JMH generates code for are compiled apart from the rest, after it. */
    private static void calls(String[] arguments) throws Exception {
        Class<?> calls = Class.forName("io.inferwatt.it.bench.CallsBenchmark");
        calls.getMethod("main", String[].class).invoke(null, (Object) arguments);
    }
}
