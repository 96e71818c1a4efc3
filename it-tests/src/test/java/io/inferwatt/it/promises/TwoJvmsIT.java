package io.inferwatt.it.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.it.app.Echo;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Answers;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import io.inferwatt.it.live.FakeZone;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two metered JVMs on one host, of the oldest and the newest Java that are here. */
class TwoJvmsIT {

    private static final String READ = "inferwatt_source_energy_joules_total";
    private static final String MEASURED = "quality=\"measured\"";

    /** Some three seconds of the load. */
    private static final double ENOUGH_JOULES = 100;

    private static final double ROUNDING = 1e-6;

    @TempDir
    Path root;

    @Test
    void eachReadsTheWholeHostToTheJouleAndGoesOnWhenTheOtherIsKilled() throws Exception {
        FakeZone zone = FakeZone.in(root);
        List<Path> javas = AgentRun.javas();
        try (AgentRun first = metered(javas.get(0));
                AgentRun second = metered(javas.get(javas.size() - 1))) {
            Endpoint one = Endpoint.of(first);
            Endpoint other = Endpoint.of(second);
            assertThat(first.awaitErr("metrics at ")).isNotEqualTo(second.awaitErr("metrics at "));
            awaitAnchor(one);
            awaitAnchor(other);

            double drawn = draw(zone, one, ENOUGH_JOULES);
            assertThat(settled(one, drawn).read("cpu")).isCloseTo(drawn, within(ROUNDING));
            assertThat(settled(other, drawn).read("cpu")).isCloseTo(drawn, within(ROUNDING));
            for (Endpoint endpoint : List.of(one, other)) {
                MetricsPage page = endpoint.read();
                assertThat(page.booked("cpu")).isCloseTo(page.read("cpu"), within(ROUNDING));
                assertThat(page.sum(READ)).isEqualTo(page.sum(READ, MEASURED));
                assertThat(page.lines("inferwatt_measurement_info"))
                        .singleElement()
                        .asString()
                        .contains("source=\"rapl-powercap\"");
            }

            second.close();
            second.awaitEnd();
            double more = draw(zone, one, drawn + ENOUGH_JOULES);
            assertThat(more).isGreaterThan(drawn + ENOUGH_JOULES - ROUNDING);
            assertThat(settled(one, more).read("cpu")).isCloseTo(more, within(ROUNDING));
            Answers.assertUnchanged(first, first.awaitErr("is metering"));
        }
    }

    /** Waits for a known reading: from the one before it on nothing is missed. */
    private static void awaitAnchor(Endpoint endpoint) {
        endpoint.await("a reading", page -> page.sum("inferwatt_sampler_samples_total") > 0);
    }

    /** Draws until the page shows so much, and returns what was drawn by the end, which is more. */
    private static double draw(FakeZone zone, Endpoint endpoint, double joules) throws Exception {
        try (FakeZone.Load load = zone.load()) {
            endpoint.await("joules", page -> page.read("cpu") > joules);
            load.end();
            return load.joules();
        }
    }

    /** Waits until the page shows all that was drawn, or more. */
    private static MetricsPage settled(Endpoint endpoint, double joules) {
        return endpoint.await("all joules", page -> page.read("cpu") > joules - ROUNDING);
    }

    private AgentRun metered(Path java) throws Exception {
        return Launch.of(java)
                .agent("http.port=0", "energy.powercap.root=" + root)
                .main(Echo.class);
    }
}
