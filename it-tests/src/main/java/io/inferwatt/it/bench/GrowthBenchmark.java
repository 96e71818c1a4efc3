package io.inferwatt.it.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How what the agent costs grows with threads, models and calls in flight: of a woven call that computes nothing, and of the
 * sampler beside it, at a tick of {@value #TICK} with one energy counter.
 */
final class GrowthBenchmark {

    /** Longer than a page of metrics is served again. */
    private static final int SECONDS = Math.max(2, Integer.getInteger("bench.phase", 5));
    /** Of JVMs without and with the agent, the other one first each time. */
    private static final int PAIRS = Integer.getInteger("bench.pairs", 3);

    private static final String TICK = "20ms";
    private static final String PLATFORM = "platform";
    private static final int FIRST_RELEASE_WITH_VIRTUAL = 21;
    private static final String SAMPLER = "inferwatt-sampler";

    private static final String METHODS = "methods=" + GrowthModel.class.getName() + "#score:model=arg0;"
            + GrowthModel.class.getName() + "#later:model=arg0";

    private GrowthBenchmark() {}

    /** What the application does: so many threads that call so many models, beside calls that stay in flight. */
    private record Load(int threads, String kind, int models, int inFlight) {

        ChildJvm start(Arm arm) throws IOException {
            return ChildJvm.start(
                    arm,
                    GrowthApplication.class,
                    String.valueOf(threads),
                    kind,
                    String.valueOf(models),
                    String.valueOf(inFlight));
        }
    }

    /**
     * What was measured, one value a JVM; nothing of the sampler without the agent.
     *
     * @param callNanos of the median burst, {@code slowNanos} of the slowest but a tenth
     * @param ticks a second
     * @param samplerMicros of one tick
     * @param samplerShare of a core
     */
    private record Cost(
            Figures callNanos,
            Figures slowNanos,
            Figures ticks,
            Figures samplerMicros,
            Figures samplerShare,
            Figures heapMegabytes) {

        Cost() {
            this(new Figures(), new Figures(), new Figures(), new Figures(), new Figures(), new Figures());
        }
    }

    /**
     * Where the sampler was at a moment. What lies between two of them lies between the same two moments for all three, since each
     * is taken in the same order, behind an answer of its own.
     */
    private record Sampled(double ticks, long cpuNanos, long nanos) {

        static Sampled of(AgentPage page, ProcessFile process) throws IOException, InterruptedException {
            double ticks = page.sum(AgentPage.SAMPLES);
            return new Sampled(ticks, process.threadCpuNanos(SAMPLER), System.nanoTime());
        }
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.out.println(Machine.describe());
        System.out.printf(
                "%na call of a woven method that computes nothing, in %d s each: medians of %d pairs of JVMs, one without and one"
                        + " with the agent, the other first each time; lowest and highest difference in brackets%n%n",
                SECONDS, PAIRS);
        System.out.println("| threads | models | kept in flight | no agent, ns | Inferwatt, ns | 90 % | more, ns |"
                + " ticks a second | sampler, µs a tick | of a core | heap, MB | more than no agent |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|---|---|");
        try (PowercapTree tree = PowercapTree.ofDomains(1)) {
            Arm inferwatt =
                    Arm.inferwatt("sample.interval=" + TICK + ",energy.powercap.root=" + tree.root() + "," + METHODS);
            for (Load load : loads()) {
                compare(load, Arm.withoutAgent(), inferwatt);
            }
        }
    }

    private static List<Load> loads() {
        List<Load> loads = new ArrayList<>();
        for (int threads : new int[] {1, 2, 8, 64, 1000}) {
            loads.add(new Load(threads, PLATFORM, 1, 0));
        }
        if (Runtime.version().feature() >= FIRST_RELEASE_WITH_VIRTUAL) {
            for (int threads : new int[] {8, 1000}) {
                loads.add(new Load(threads, GrowthApplication.VIRTUAL, 1, 0));
            }
        }
        for (int models : new int[] {8, 64, 200}) {
            loads.add(new Load(8, PLATFORM, models, 0));
        }
        for (int inFlight : new int[] {100, 10_000}) {
            loads.add(new Load(8, PLATFORM, 1, inFlight));
        }
        return loads;
    }

    private static void compare(Load load, Arm without, Arm inferwatt) throws IOException, InterruptedException {
        Cost none = new Cost();
        Cost agent = new Cost();
        for (int pair = 0; pair < PAIRS; pair++) {
            for (Arm arm : Turn.of(List.of(without, inferwatt), pair)) {
                measure(load, arm, arm.equals(without) ? none : agent);
            }
        }
        row(load, none, agent);
    }

    private static void measure(Load load, Arm arm, Cost cost) throws IOException, InterruptedException {
        boolean metered = !arm.options().isEmpty();
        try (ChildJvm child = load.start(arm)) {
            AgentPage page = metered ? AgentPage.of(child) : null;
            child.awaitOut(GrowthApplication.READY);
            ProcessFile process = new ProcessFile(child.pid());
            if (page != null) {
                page.sum(AgentPage.SAMPLES); // the first page takes much longer than the next
            }
            TimeUnit.SECONDS.sleep(SECONDS);
            Sampled before = page == null ? null : Sampled.of(page, process);
            nanos(child); // those of the first seconds do not count
            TimeUnit.SECONDS.sleep(SECONDS);
            Figures callNanos = nanos(child);
            if (page != null && before != null) {
                add(cost, before, Sampled.of(page, process));
            }
            cost.callNanos.add(callNanos.median());
            cost.slowNanos.add(callNanos.quantile(0.9));
            cost.heapMegabytes.add(JvmCounters.afterCollection(process.pid()).heapMegabytes());
        }
    }

    private static void add(Cost cost, Sampled before, Sampled after) {
        double ticks = after.ticks - before.ticks;
        double cpuNanos = after.cpuNanos - before.cpuNanos;
        double nanos = after.nanos - before.nanos;
        cost.ticks.add(ticks / nanos * 1e9);
        cost.samplerMicros.add(cpuNanos / ticks / 1e3);
        cost.samplerShare.add(cpuNanos / nanos);
    }

    private static Figures nanos(ChildJvm child) throws IOException, InterruptedException {
        child.tell("");
        Figures nanos = new Figures();
        Arrays.stream(child.awaitOut(GrowthApplication.BURSTS).split(" ", -1))
                .filter(number -> !number.isEmpty())
                .mapToDouble(Double::parseDouble)
                .forEach(nanos::add);
        return nanos;
    }

    private static void row(Load load, Cost none, Cost agent) {
        Figures more = agent.callNanos.minus(none.callNanos);
        System.out.printf(
                Locale.ROOT,
                "| %d%s | %d | %,d | %.0f | %.0f | %.0f | %.0f [%.0f, %.0f] | %.1f | %.0f | %.2f %% | %.1f | %.1f |%n",
                load.threads,
                load.kind.equals(PLATFORM) ? "" : " " + load.kind,
                load.models,
                load.inFlight,
                none.callNanos.median(),
                agent.callNanos.median(),
                agent.slowNanos.median(),
                more.median(),
                more.quantile(0),
                more.quantile(1),
                agent.ticks.median(),
                agent.samplerMicros.median(),
                100 * agent.samplerShare.median(),
                agent.heapMegabytes.median(),
                agent.heapMegabytes.minus(none.heapMegabytes).median());
    }
}
