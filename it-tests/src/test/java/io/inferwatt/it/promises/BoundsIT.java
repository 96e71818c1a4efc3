package io.inferwatt.it.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.facade.MeteredCall;
import io.inferwatt.it.app.NamedCalls;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An application that makes up a new model for each call, as one does that names models after its users. */
class BoundsIT {

    /** More than the recorder keeps apart, and many more than are shown. */
    private static final int MODELS = 250;

    /** The setting counts {@code other} too. */
    private static final int SHOWN = 16;

    private static final String OTHER = "model=\"other\"";
    private static final double ROUNDING = 1e-9;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void modelsWithoutEnd_becomeOther_andNeitherCallsNorJoulesAreLost(Path java) throws Exception {
        try (AgentRun run = Launch.of(java)
                .classPath(Launch.whereIs(MeteredCall.class))
                .agent("http.port=0", "metrics.models.max=" + SHOWN)
                .main(NamedCalls.class)) {
            Endpoint endpoint = Endpoint.of(run);
            String start = run.awaitErr("is metering");
            List<String> out = new ArrayList<>(List.of("ready"));
            for (int i = 0; i < MODELS; i++) {
                run.say("1 model-" + i);
                out.add("did 1 model-" + i);
            }
            run.awaitOut("did 1 model-" + (MODELS - 1));
            MetricsPage page =
                    endpoint.await("all calls", metrics -> metrics.sum("inferwatt_requests_total") >= MODELS);

            assertThat(page.sum("inferwatt_requests_total", "outcome=\"ok\"")).isEqualTo(MODELS);
            assertThat(page.lines("inferwatt_requests_total", "outcome=\"ok\""))
                    .filteredOn(line -> !line.contains(OTHER))
                    .hasSize(SHOWN - 1);
            assertThat(page.sum("inferwatt_requests_total", OTHER)).isEqualTo(MODELS - SHOWN + 1);
            assertThat(page.sum("inferwatt_agent_dropped_series_total")).isPositive();
            double read = page.read("cpu");
            assertThat(page.booked("cpu")).isPositive().isCloseTo(read, within(read * ROUNDING));
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).isEqualTo(out);
            assertThat(run.err()).containsExactly(start);
        }
    }
}
