package io.inferwatt.it.energy;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtSession;
import io.inferwatt.it.app.Embedder;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import io.inferwatt.it.live.ModelFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX Runtime between calls: its threads spin on by default, and rest where a setting says so. */
@Isolated
class SpinningEngineIT {

    private static final String SPINNING = "all-minilm-l6-v2-q";
    private static final String RESTING = "bge-small-en-v1.5-q";
    private static final String ENERGY = "inferwatt_energy_joules_total";
    private static final String TAIL = "inferwatt_tail_energy_joules_total";
    private static final String FEW_TOKENS = "4";
    /** With pauses of 150 ms at least 24 s, some more than the 20 s after which advice is given. */
    private static final int CALLS = 160;

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void engineThatSpinsBetweenCalls_showsAsTailAndInOneLine_andTheOneThatRestsDoesNot(Path java) throws Exception {
        try (AgentRun run = Launch.of(java)
                .nativeLibrary(OrtSession.class)
                .agent("http.port=0")
                .main(
                        Embedder.class,
                        ModelFile.copy(SPINNING, folder.resolve(SPINNING + ".onnx"))
                                .toString(),
                        "2",
                        "1",
                        FEW_TOKENS,
                        ModelFile.copy(RESTING, folder.resolve(RESTING + ".onnx"))
                                .toString(),
                        "2",
                        "0",
                        FEW_TOKENS)) {
            Endpoint endpoint = Endpoint.of(run);
            run.awaitOut("ready");
            run.say(CALLS + " 150");
            run.awaitOut("did " + CALLS);
            MetricsPage page =
                    endpoint.await("all calls", metrics -> metrics.sum("inferwatt_requests_total") == 2 * CALLS);

            assertThat(tailShare(page, SPINNING)).isGreaterThan(0.2);
            assertThat(tailShare(page, RESTING)).isLessThan(0.1);
            String advice = run.awaitErr("allow_spinning");
            assertThat(advice)
                    .startsWith("inferwatt: INFO model " + SPINNING + ": ")
                    .contains(
                            " % of its processor time, ", " of a core or ", " W (", "threads of onnxruntime that spin");
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).containsExactly(run.awaitErr("is metering"), advice);
        }
    }

    private static double tailShare(MetricsPage page, String model) {
        String label = "model=\"" + model + "\"";
        double energy = page.sum(ENERGY, label);
        assertThat(energy).as(model).isPositive();
        return page.sum(TAIL, label) / energy;
    }
}
