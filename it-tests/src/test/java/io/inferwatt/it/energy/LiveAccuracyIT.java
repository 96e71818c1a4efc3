package io.inferwatt.it.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtSession;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.live.Conversation;
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
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Joules of two real models that run at the same time, beside the truth: a counter that follows the processor time of the
 * application's threads, at 10 W for the small and 40 W for the large model. {@code LiveAccuracyBenchmark} takes longer and
 * gives figures.
 */
@Isolated
class LiveAccuracyIT {

    private static final PowerLaw LAW = PowerLaw.of("10;40;15;12;5");
    private static final double WARM_UP_SECONDS = 8;
    private static final double SECONDS = 8;
    private static final double MICROJOULE = 1e-6;
    /** Another step of the counter may be drawn between the meter's look at the clock and at the counter. */
    private static final double STEP_JOULES = 1;

    @TempDir
    Path folder;

    /** What each method promises of its joules, beside books that agree: here goes one more line with one more method. */
    private static final Map<String, Consumer<Judgement>> PROMISES = Map.of(
            "cpu_share",
            LiveAccuracyIT::assertHungryModelPaysTooLittle,
            "learned",
            LiveAccuracyIT::assertHungryModelPaysAboutItsOwn);

    static List<Arguments> javasAndMethods() {
        return AgentRun.javas().stream()
                .flatMap(java -> PROMISES.keySet().stream().map(method -> Arguments.of(java, method)))
                .toList();
    }

    static List<Path> javas() {
        return AgentRun.javas();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void garbageHeavyCallers_areToldFromTheirModels(Path java) throws Exception {
        Judgement judgement = run(java, "learned", 1, 24 << 20);
        assertBooksAgree(judgement, "learned");
        Part large = judgement.models().get(1).dynamic();
        assertThat(large.metered())
                .as("large, of which cpu_share finds about half, %s", judgement)
                .isBetween(0.65 * large.truth(), 1.6 * large.truth());
    }

    @ParameterizedTest
    @MethodSource("javasAndMethods")
    void spinningEngineThreads_areTheirModelsOwn(Path java, String method) throws Exception {
        judge(run(java, method, 2, 0), method);
    }

    private static void judge(Judgement judgement, String method) {
        assertBooksAgree(judgement, method);
        PROMISES.get(method).accept(judgement);
    }

    /** Whatever the method: nothing is lost, nothing is invented, and every call is counted once. */
    private static void assertBooksAgree(Judgement judgement, String method) {
        assertThat(judgement.method()).isEqualTo(method);
        assertThat(judgement.residual()).as("%s", judgement).isCloseTo(0, within(100 * MICROJOULE));
        assertThat(judgement.total().metered())
                .as("%s", judgement)
                .isCloseTo(judgement.total().truth(), within(STEP_JOULES));
        for (Model model : judgement.models()) {
            assertThat(model.meteredRequests()).as("%s", model).isEqualTo(model.requests());
            assertThat(model.requests()).as("%s", model).isPositive();
            assertThat(model.dynamic().metered()).as("%s", model).isPositive();
        }
    }

    /**
     * A second of processor time costs the same whoever uses it, says this method; by the law it costs the large model four
     * times as much. The ratio is judged, since each figure alone also depends on the idle power, which no meter can know
     * of a machine that is never quiet.
     */
    private static void assertHungryModelPaysTooLittle(Judgement judgement) {
        Part small = judgement.models().get(0).dynamic();
        Part large = judgement.models().get(1).dynamic();
        assertThat(large.metered() / small.metered())
                .as("large over small, %s", judgement)
                .isLessThan(large.truth() / small.truth() / 2);
    }

    /**
     * Within seconds it has learned that the large one draws more. The bounds are wide, since the machine that tests run on is
     * busy with other things; how good it is shows the benchmark.
     */
    private static void assertHungryModelPaysAboutItsOwn(Judgement judgement) {
        Part small = judgement.models().get(0).dynamic();
        Part large = judgement.models().get(1).dynamic();
        assertThat(large.metered()).as("large, %s", judgement).isBetween(0.5 * large.truth(), 1.6 * large.truth());
        assertThat(large.metered() / small.metered())
                .as("large over small, %s", judgement)
                .isGreaterThan(large.truth() / small.truth() / 3.5);
    }

    private Judgement run(Path java, String method, int intraOpThreads, int garbageBytes) throws Exception {
        Workload workload = new Workload(
                List.of(
                        new ModelLoad(ModelFile.copy("all-minilm-l6-v2-q", folder.resolve("small.onnx")), 16, 15, 1),
                        new ModelLoad(ModelFile.copy("bge-small-en-v1.5-q", folder.resolve("large.onnx")), 256, 4, 1)),
                intraOpThreads,
                true,
                garbageBytes,
                1,
                folder.resolve("board"));
        Path powercap = Files.createDirectory(folder.resolve("powercap"));
        try (LoadDriver driver = LoadDriver.start(LAW, FakeZone.in(powercap));
                AgentRun run = Launch.of(java)
                        .classPath(Launch.whereIs(EmbeddingApplication.class))
                        .nativeLibrary(OrtSession.class)
                        .option("-Xmx512m")
                        .agent("http.port=0", "energy.powercap.root=" + powercap, "attribution.method=" + method)
                        .main(EmbeddingApplication.class, workload.arguments())) {
            LiveRun live = LiveRun.meet(conversation(run), workload, driver);
            live.call(WARM_UP_SECONDS);
            Reading before = live.read();
            List<Long> calls = live.call(SECONDS);
            Judgement judgement = live.judge(before, live.read(), calls);
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).containsExactly(run.awaitErr("is metering"));
            return judgement;
        }
    }

    private static Conversation conversation(AgentRun run) {
        return new Conversation() {

            @Override
            public void tell(String line) throws IOException {
                run.say(line);
            }

            @Override
            public String awaitOut(String text) throws InterruptedException {
                return after(text, run.awaitOut(text));
            }

            @Override
            public String awaitErr(String text) throws InterruptedException {
                return after(text, run.awaitErr(text));
            }

            private String after(String text, String line) {
                return line.substring(line.indexOf(text) + text.length());
            }
        };
    }
}
