package io.inferwatt.it.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtSession;
import io.inferwatt.it.app.Embedder;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sentence embedding models as they are published, from the call to the metrics. */
class RealModelsIT {

    private static final String MINILM = "all-minilm-l6-v2-q";
    private static final String BGE = "bge-small-en-v1.5-q";
    private static final String REQUESTS = "inferwatt_requests_total";
    private static final String ENERGY = "inferwatt_energy_joules_total";
    private static final String UNATTRIBUTED = "inferwatt_unattributed_energy_joules_total";
    private static final String RUNTIME = "reason=\"runtime\"";
    private static final double RELATIVE_ROUNDING = 1e-9;
    /** Some seconds of work, beside which the compiling and the scrapes of a young JVM are little. */
    private static final int CALLS = 150;

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    /** With two engine threads half of the work is done by one that no Java API shows. */
    @ParameterizedTest
    @MethodSource("javas")
    void workOfTheEnginesThreads_isTheModelsOwn(Path java) throws Exception {
        for (int threads = 1; threads <= 2; threads++) {
            try (AgentRun run = embedder(java, List.of(MINILM), threads)) {
                Endpoint endpoint = Endpoint.of(run);
                MetricsPage before = warmedUp(run, endpoint, 1);
                run.say(Integer.toString(CALLS));
                run.awaitOut("did " + CALLS);
                MetricsPage after = endpoint.await("all calls", page -> page.sum(REQUESTS) == CALLS + 1);

                double model = after.sum(ENERGY) - before.sum(ENERGY);
                double runtime = after.sum(UNATTRIBUTED, RUNTIME) - before.sum(UNATTRIBUTED, RUNTIME);
                assertThat(model)
                        .as("%d threads, runtime %.2f J", threads, runtime)
                        .isGreaterThan(3 * runtime);
                assertBalanced(after);
                assertEnded(run);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void twoModelsAtOnce_areCountedExactlyAndTheirEnergyAddsUp(Path java) throws Exception {
        try (AgentRun run = embedder(java, List.of(MINILM, BGE), 1)) {
            Endpoint endpoint = Endpoint.of(run);
            warmedUp(run, endpoint, 2);
            run.say(Integer.toString(CALLS));
            run.awaitOut("did " + CALLS);
            MetricsPage page = endpoint.await("all calls", metrics -> metrics.sum(REQUESTS) == 2 * (CALLS + 1));

            for (String name : List.of(MINILM, BGE)) {
                String model = "model=\"" + name + "\"";
                assertThat(page.sum(REQUESTS, model, "outcome=\"ok\"")).isEqualTo(CALLS + 1);
                assertThat(page.sum("inferwatt_items_total", model)).isEqualTo((CALLS + 1) * Embedder.ROWS);
                assertThat(page.sum("inferwatt_tokens_total", model, "type=\"input\""))
                        .isEqualTo((CALLS + 1) * Embedder.ROWS * Embedder.TOKENS);
                assertThat(page.sum("inferwatt_request_energy_joules_count", model))
                        .isEqualTo(CALLS + 1);
                assertThat(page.sum(ENERGY, model)).isPositive();
            }
            assertBalanced(page);
            assertEnded(run);
        }
    }

    private AgentRun embedder(Path java, List<String> models, int threads) throws IOException {
        List<String> arguments = new ArrayList<>();
        for (String model : models) {
            arguments.add(file(model).toString());
            arguments.add(Integer.toString(threads));
            arguments.add("1");
            arguments.add(Integer.toString(Embedder.TOKENS));
        }
        return Launch.of(java)
                .nativeLibrary(OrtSession.class)
                .agent("http.port=0")
                .main(Embedder.class, arguments.toArray(String[]::new));
    }

    private Path file(String model) throws IOException {
        Path file = folder.resolve(model + ".onnx");
        if (!Files.exists(file)) {
            try (InputStream weights = RealModelsIT.class.getResourceAsStream("/" + model + ".onnx")) {
                assertThat(weights).as("weights of %s on the class path", model).isNotNull();
                Files.copy(weights, file);
            }
        }
        return file;
    }

    /** Does the first call of each model, whose linking and page faults are the JVM's work, and waits for its energy. */
    private static MetricsPage warmedUp(AgentRun run, Endpoint endpoint, int models) throws Exception {
        run.awaitOut("ready");
        run.say("1");
        return endpoint.await("the first calls", page -> page.sum(REQUESTS) == models && page.sum(ENERGY) > 0);
    }

    private static void assertBalanced(MetricsPage page) {
        for (String component : List.of("cpu", "dram")) {
            double read = page.read(component);
            assertThat(page.booked(component)).as(component).isCloseTo(read, within(read * RELATIVE_ROUNDING));
        }
        assertThat(page.read("cpu")).isPositive();
    }

    private static void assertEnded(AgentRun run) throws Exception {
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).containsExactly("ready", "did 1", "did " + CALLS);
        assertThat(run.err()).containsExactly(run.awaitErr("is metering"));
    }
}
