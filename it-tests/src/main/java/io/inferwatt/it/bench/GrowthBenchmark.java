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

    private static final int SECONDS = Integer.getInteger("bench.phase", 5);
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

    /** @param samplerMicros of one tick, and {@code samplerShare} of a core; both 0 without the agent */
    private record Cost(Figures callNanos, double samplerMicros, double samplerShare, double heapMegabytes) {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.out.println(Machine.describe());
        System.out.printf("%na call of a woven method that computes nothing, in %d s each%n%n", SECONDS);
        System.out.println("| threads | models | kept in flight | no agent, ns | Inferwatt, ns | 90 % | more, ns |"
                + " sampler, µs a tick | of a core | heap, MB | more than no agent |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
        try (PowercapTree tree = PowercapTree.ofDomains(1)) {
            Arm inferwatt =
                    Arm.inferwatt("sample.interval=" + TICK + ",energy.powercap.root=" + tree.root() + "," + METHODS);
            for (Load load : loads()) {
                row(load, measure(load, Arm.withoutAgent()), measure(load, inferwatt));
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

    private static Cost measure(Load load, Arm arm) throws IOException, InterruptedException {
        boolean metered = !arm.options().isEmpty();
        try (ChildJvm child = load.start(arm)) {
            AgentPage page = metered ? AgentPage.of(child) : null;
            child.awaitOut(GrowthApplication.READY);
            TimeUnit.SECONDS.sleep(SECONDS);
            nanos(child); // those of the first seconds do not count
            ProcessFile process = new ProcessFile(child.pid());
            double samplesBefore = page == null ? 0 : page.sum(AgentPage.SAMPLES);
            long samplerBefore = page == null ? 0 : process.threadCpuNanos(SAMPLER);
            TimeUnit.SECONDS.sleep(SECONDS);
            double samplerNanos = page == null ? 0 : process.threadCpuNanos(SAMPLER) - samplerBefore;
            double ticks = page == null ? 1 : page.sum(AgentPage.SAMPLES) - samplesBefore;
            Figures callNanos = nanos(child);
            double heap = JvmCounters.afterCollection(process.pid()).heapMegabytes();
            return new Cost(callNanos, samplerNanos / ticks / 1e3, samplerNanos / 1e9 / SECONDS, heap);
        }
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
        System.out.printf(
                Locale.ROOT,
                "| %d%s | %d | %,d | %.0f | %.0f | %.0f | %.0f | %.0f | %.2f %% | %.1f | %.1f |%n",
                load.threads,
                load.kind.equals(PLATFORM) ? "" : " " + load.kind,
                load.models,
                load.inFlight,
                none.callNanos.median(),
                agent.callNanos.median(),
                agent.callNanos.quantile(0.9),
                agent.callNanos.median() - none.callNanos.median(),
                agent.samplerMicros,
                100 * agent.samplerShare,
                agent.heapMegabytes,
                agent.heapMegabytes - none.heapMegabytes);
    }
}
