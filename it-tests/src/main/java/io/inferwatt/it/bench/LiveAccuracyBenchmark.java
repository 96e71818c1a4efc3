package io.inferwatt.it.bench;

import io.inferwatt.it.live.EmbeddingApplication;
import io.inferwatt.it.live.FakeZone;
import io.inferwatt.it.live.Judgement;
import io.inferwatt.it.live.Judgement.Model;
import io.inferwatt.it.live.Judgement.Part;
import io.inferwatt.it.live.LiveRun;
import io.inferwatt.it.live.LiveRun.Reading;
import io.inferwatt.it.live.LoadDriver;
import io.inferwatt.it.live.ModelFile;
import io.inferwatt.it.live.ModelLoad;
import io.inferwatt.it.live.PowerLaw;
import io.inferwatt.it.live.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How far the joules of two models are from the truth, for each method of attribution. The models are real and run at the
 * same time, their power is not: a counter as the kernel shows it follows the processor time of the application's threads
 * by a law that tells the models apart.
 */
final class LiveAccuracyBenchmark {

    private static final double SECONDS = Double.parseDouble(System.getProperty("bench.seconds", "60"));
    private static final long QUIET_SECONDS = Long.getLong("bench.quiet", 6);
    private static final double WARM_UP_SECONDS = Double.parseDouble(System.getProperty("bench.warmup", "10"));
    private static final long SEED = Long.getLong("bench.seed", 1);
    private static final List<String> METHODS = list("bench.methods", "equal;cpu_share;learned");
    private static final List<String> CASES = list("bench.cases", "0;1;2;3;4");
    /** Watts a processor second of the small model, the large one, the rest of the JVM and other processes; idle watts. */
    private static final String LAW = System.getProperty("bench.law", "10;40;15;12;5");

    private static final String SMALL = System.getProperty("bench.small", "all-minilm-l6-v2-q");
    private static final String LARGE = System.getProperty("bench.large", "bge-small-en-v1.5-q");

    /** More settings of the agent, each with a comma before it. */
    private static final String SETTINGS = System.getProperty("bench.settings", "");

    private static final int SMALL_TOKENS = 16;
    private static final int LARGE_TOKENS = 256;
    private static final int GARBAGE_BYTES = 24 << 20;

    /**
     * One way to run the models.
     *
     * @param smallRate calls of the small model a second
     * @param callers threads for each model
     */
    private record Case(
            String title,
            int intraOpThreads,
            boolean spinning,
            int garbageBytes,
            double smallRate,
            double largeRate,
            int callers) {

        static final List<Case> ALL = List.of(
                new Case("intra 1", 1, true, 0, 15, 4, 1),
                new Case("intra 1, 24 MB garbage a call", 1, true, GARBAGE_BYTES, 15, 4, 1),
                new Case("intra 2, spinning", 2, true, 0, 15, 4, 1),
                new Case("intra 2, no spinning", 2, false, 0, 15, 4, 1),
                new Case("intra 1, high load", 1, true, 0, 60, 16, 2));
    }

    private LiveAccuracyBenchmark() {}

    private static List<String> list(String key, String defaults) {
        return List.of(System.getProperty(key, defaults).split(";", -1));
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.out.println(Machine.describe());
        System.out.printf(
                "law %s, seed %d, %s s after %d quiet and %s calling%n%n",
                LAW, SEED, SECONDS, QUIET_SECONDS, WARM_UP_SECONDS);
        System.out.println("| case | method | small, % | large, % | small with idle, % | large with idle, %"
                + " | J/request small | large | with idle small | large | requests |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
        List<String> controls = new ArrayList<>();
        for (String number : CASES) {
            Case one = Case.ALL.get(Integer.parseInt(number));
            for (String method : METHODS) {
                measure(one, method, controls);
            }
        }
        System.out.println("\nJ/request and the watts below: metered / true\n");
        System.out.println("| case | method | runtime, W | other, W | idle, W | total, W | residual, µJ | ticks/s"
                + " | the counter's clocks | lag of the counter at the end of a call, median and longest, ms |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|");
        controls.forEach(System.out::println);
    }

    private static void measure(Case one, String method, List<String> controls)
            throws IOException, InterruptedException {
        String title = "| " + one.title + " | " + method + " | ";
        try (Scratch scratch = Scratch.make()) {
            Path folder = scratch.folder();
            Workload workload = new Workload(
                    List.of(
                            new ModelLoad(
                                    ModelFile.copy(SMALL, folder.resolve("small.onnx")),
                                    SMALL_TOKENS,
                                    one.smallRate,
                                    one.callers),
                            new ModelLoad(
                                    ModelFile.copy(LARGE, folder.resolve("large.onnx")),
                                    LARGE_TOKENS,
                                    one.largeRate,
                                    one.callers)),
                    one.intraOpThreads,
                    one.spinning,
                    one.garbageBytes,
                    SEED,
                    folder.resolve("board"));
            Path powercap = Files.createDirectory(folder.resolve("powercap"));
            FakeZone zone = FakeZone.in(powercap);
            Arm arm = Arm.inferwatt("energy.powercap.root=" + powercap + ",attribution.method=" + method + SETTINGS)
                    .with("-Xmx512m", "--enable-native-access=ALL-UNNAMED");
            try (LoadDriver driver = LoadDriver.start(PowerLaw.of(LAW), zone);
                    ChildJvm child = ChildJvm.start(arm, EmbeddingApplication.class, workload.arguments())) {
                LiveRun run = LiveRun.meet(child, workload, driver);
                TimeUnit.SECONDS.sleep(QUIET_SECONDS);
                run.call(WARM_UP_SECONDS);
                Reading before = run.read();
                List<Long> calls = run.call(SECONDS);
                Judgement judgement = run.judge(before, run.read(), calls);
                if (!judgement.method().equals(method)) {
                    System.out.println(title + "the agent did not accept the method, " + judgement.method()
                            + " was in force | | | | | | | | |");
                    return;
                }
                System.out.println(title + row(judgement));
                controls.add(title + control(judgement, driver));
            }
        }
    }

    private static String row(Judgement judgement) {
        Model small = judgement.models().get(0);
        Model large = judgement.models().get(1);
        return String.format(
                Locale.ROOT,
                "%+.1f | %+.1f | %+.1f | %+.1f | %s | %s | %s | %s | %d, %d%s |",
                small.dynamic().biasPercent(),
                large.dynamic().biasPercent(),
                small.withIdle().biasPercent(),
                large.withIdle().biasPercent(),
                pair(small.perRequest(small.dynamic()), 4),
                pair(large.perRequest(large.dynamic()), 3),
                pair(small.perRequest(small.withIdle()), 4),
                pair(large.perRequest(large.withIdle()), 3),
                small.requests(),
                large.requests(),
                small.requests() == small.meteredRequests() && large.requests() == large.meteredRequests()
                        ? ""
                        : ", metered " + small.meteredRequests() + ", " + large.meteredRequests());
    }

    private static String control(Judgement judgement, LoadDriver driver) {
        double seconds = judgement.seconds();
        Figures lags = new Figures();
        driver.lagsMillis().forEach(lags::add);
        return String.format(
                Locale.ROOT,
                "%s | %s | %s | %s | %.0f | %.1f | %s | %.2f, %.1f |",
                pair(judgement.runtime().per(seconds), 2),
                pair(judgement.other().per(seconds), 2),
                pair(judgement.idle().per(seconds), 2),
                pair(judgement.total().per(seconds), 2),
                judgement.residual() * 1e6,
                judgement.readings() / seconds,
                driver.isExact() ? "exact" : "schedstat",
                lags.median(),
                lags.quantile(1));
    }

    private static String pair(Part part, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f / %." + digits + "f", part.metered(), part.truth());
    }
}
