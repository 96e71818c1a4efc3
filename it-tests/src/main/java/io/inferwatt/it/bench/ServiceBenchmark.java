package io.inferwatt.it.bench;

import io.inferwatt.it.bench.peers.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What agents cost a service that answers with models: throughput, time to the answer, processor time and memory. Each round starts
 * a JVM for each side, in an order that turns; what counts is the ratio within a round. The load comes from this JVM, on the same
 * processors.
 */
final class ServiceBenchmark {

    private static final int ROUNDS = Integer.getInteger("bench.rounds", 21);
    private static final Duration PHASE = Duration.ofSeconds(Integer.getInteger("bench.phase", 5));
    /** Heavier agents leave more code to compile: a short one would count what is over after a minute. */
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("bench.warmup", 8));

    /** Of what the service can do without an agent: well below where queues grow by themselves. */
    private static final double OPEN_LOAD = 0.5;

    private final Path folder;
    private double requestsPerSecond;

    private ServiceBenchmark(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.out.println(Machine.describe());
        try (Scratch scratch = Scratch.make()) {
            new ServiceBenchmark(scratch.folder()).run();
        }
    }

    private void run() throws IOException, InterruptedException {
        Arm inferwatt = Arm.inferwatt("");
        List<Arm> arms = new ArrayList<>(List.of(Arm.withoutAgent(), inferwatt));
        arms.addAll(Arm.ofPresent(Peer.chosenOf(Peer.OPEN_TELEMETRY, Peer.ELASTIC, Peer.JOULARJX), folder));
        List<Side> sides = arms.stream().map(Side::new).toList();
        requestsPerSecond = OPEN_LOAD * capacity();
        long answered = 0;
        long metered = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (Side side : Turn.of(sides, round)) {
                try (LoadedService service = LoadedService.start(side.arm, folder)) {
                    measure(side, service);
                    if (side.arm.equals(inferwatt)) {
                        answered += service.answered();
                        metered += service.metered();
                    }
                }
            }
        }
        print(sides);
        System.out.printf(Locale.ROOT, "%nInferwatt has metered %,d of %,d requests.%n", metered, answered);
    }

    private double capacity() throws IOException, InterruptedException {
        try (LoadedService service = LoadedService.start(Arm.withoutAgent(), folder)) {
            service.warmUp(WARM_UP);
            return service.askEmbedding(PHASE).perSecond();
        }
    }

    private void measure(Side side, LoadedService service) throws IOException, InterruptedException {
        service.warmUp(WARM_UP);
        double cpuBefore = service.process().cpuSeconds();
        ServiceLoad.Answers embedding = service.askEmbedding(PHASE);
        double cpu = service.process().cpuSeconds() - cpuBefore;
        side.embeddings.add(embedding.perSecond());
        side.cpuSeconds.add(1e3 * cpu / embedding.count());
        // Twice, some seconds apart, and taken together: the slowest hundredth of one phase is a handful of requests.
        Figures millis = service.askEmbeddingEvenly(requestsPerSecond, PHASE);
        side.trees.add(service.askTrees(PHASE).perSecond());
        millis.addAll(service.askEmbeddingEvenly(requestsPerSecond, PHASE));
        side.evenly.add(millis.size());
        side.median.add(millis.median());
        side.slow.add(millis.quantile(0.99));
        side.residentMegabytes.add(service.process().residentMegabytes());
        JvmCounters memory = JvmCounters.afterCollection(service.process().pid());
        side.heapMegabytes.add(memory.heapMegabytes());
        side.metaspaceMegabytes.add(memory.metaspaceMegabytes());
    }

    /**
     * What was measured, one value a round each.
     *
     * @param embeddings answers a second, as {@code trees}
     * @param cpuSeconds of the service's JVM for 1,000 embeddings
     * @param evenly requests that {@code median} and {@code slow} are of
     * @param median milliseconds to the answer, as {@code slow}, which 99 of 100 do not exceed
     */
    private record Side(
            Arm arm,
            Figures embeddings,
            Figures trees,
            Figures cpuSeconds,
            Figures evenly,
            Figures median,
            Figures slow,
            Figures residentMegabytes,
            Figures heapMegabytes,
            Figures metaspaceMegabytes) {

        Side(Arm arm) {
            this(
                    arm,
                    new Figures(),
                    new Figures(),
                    new Figures(),
                    new Figures(),
                    new Figures(),
                    new Figures(),
                    new Figures(),
                    new Figures(),
                    new Figures());
        }
    }

    private void print(List<Side> sides) {
        Side none = sides.get(0);
        System.out.printf(
                Locale.ROOT,
                "%na service asked without a pause: medians of %d rounds of %d s after %d s, ratios to no agent with the"
                        + " %s%n%n",
                ROUNDS,
                PHASE.toSeconds(),
                WARM_UP.toSeconds(),
                Interval.name(ROUNDS));
        System.out.println(
                "| | embeddings a second | ratio | trees a second | ratio | CPU seconds for 1,000 embeddings | ratio"
                        + " |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (Side side : sides) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.0f | %s | %.0f | %s | %.3f | %s |%n",
                    side.arm.name(),
                    side.embeddings.median(),
                    ratio(side.embeddings, none.embeddings),
                    side.trees.median(),
                    ratio(side.trees, none.trees),
                    side.cpuSeconds.median(),
                    ratio(side.cpuSeconds, none.cpuSeconds));
        }
        System.out.printf(
                Locale.ROOT,
                "%nthe same asked for %.0f embeddings a second, evenly, whether it has answered or not: medians of %d"
                        + " rounds, each of some %.0f requests taken together%n%n",
                requestsPerSecond,
                ROUNDS,
                none.evenly.median());
        System.out.println("| | median, ms | ratio | 99 %, ms | ratio | resident memory, MB | ratio |"
                + " heap after collection, MB | metaspace, MB |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        for (Side side : sides) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.2f | %s | %.2f | %s | %.0f | %s | %.1f | %.1f |%n",
                    side.arm.name(),
                    side.median.median(),
                    ratio(side.median, none.median),
                    side.slow.median(),
                    ratio(side.slow, none.slow),
                    side.residentMegabytes.median(),
                    ratio(side.residentMegabytes, none.residentMegabytes),
                    side.heapMegabytes.median(),
                    side.metaspaceMegabytes.median());
        }
    }

    private static String ratio(Figures side, Figures none) {
        return Interval.ofMedian(side.over(none)).cell();
    }
}
