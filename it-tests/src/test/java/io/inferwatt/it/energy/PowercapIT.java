package io.inferwatt.it.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.it.app.Echo;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Answers;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import io.inferwatt.it.live.FakeZone;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Powercap trees of all kinds: real files in a folder, whose counter a thread of the test advances. */
class PowercapIT {

    private static final String READ = "inferwatt_source_energy_joules_total";
    private static final String MEASURED = "quality=\"measured\"";
    private static final String MODELLED = "quality=\"modelled\"";
    private static final double ROUNDING = 1e-9;

    @TempDir
    Path root;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void treeWithoutZones_isToldAndTheModelSpeaks(Path java) throws Exception {
        try (AgentRun run = metered(java)) {
            Endpoint.of(run).await("modelled joules", page -> page.read("cpu") > 0);
            Answers.assertUnchanged(
                    run,
                    "inferwatt: WARN rapl: no powercap zones in [" + root
                            + "], as in most virtual machines; on x86 hardware of your own load the kernel module"
                            + " intel_rapl_msr; in a container mount the host's /sys read-only at /host/sys, or anywhere else and"
                            + " set energy.sysfs.root or energy.powercap.root",
                    startLine(run, "model-"));
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void counterThatCannotBeRead_isToldWithItsRemedyAndTheModelSpeaks(Path java) throws Exception {
        FakeZone zone = FakeZone.in(root);
        Files.delete(zone.counter());
        Files.createDirectory(zone.counter());
        try (AgentRun run = metered(java)) {
            Endpoint.of(run).await("modelled joules", page -> page.read("cpu") > 0);
            String lost = run.awaitErr("rapl: ");
            assertThat(lost)
                    .startsWith("inferwatt: WARN rapl: no cpu energy: cannot read " + zone.counter() + ": ")
                    .contains("; let the group of this process read it by a udev or tmpfiles rule");
            Answers.assertUnchanged(run, lost, startLine(run, "model-"));
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void energyThatIsMeasured_addsUpAndGoesOnFromTheModelWhenTheCounterVanishes(Path java) throws Exception {
        FakeZone zone = FakeZone.in(root);
        try (FakeZone.Load load = zone.load();
                AgentRun run = metered(java)) {
            Endpoint endpoint = Endpoint.of(run);
            MetricsPage measured = endpoint.await("measured joules", page -> page.sum(READ, MEASURED) > 2);
            assertThat(measured.lines("inferwatt_measurement_info"))
                    .singleElement()
                    .asString()
                    .contains("component=\"cpu\"", "source=\"rapl-powercap\"", MEASURED);
            assertThat(measured.sum(READ, MODELLED)).isZero();
            assertThat(measured.booked("cpu")).isCloseTo(measured.read("cpu"), within(ROUNDING));
            assertThat(measured.read("cpu")).isLessThanOrEqualTo(load.joules());

            load.end();
            zone.vanish();
            String given = run.awaitErr("given up");
            MetricsPage modelled = endpoint.await("joules of the model", page -> page.sum(READ, MODELLED) > 0);

            assertThat(given)
                    .matches("inferwatt: WARN energy of cpu: model-\\w+, modelled, -\\d+ to \\+\\d+ % \\(95 %\\); "
                            + "rapl-powercap given up: \\Q" + zone.counter() + "\\E does not exist");
            assertThat(modelled.sum(READ, MEASURED)).isGreaterThanOrEqualTo(measured.sum(READ, MEASURED));
            assertThat(modelled.lines("inferwatt_measurement_info", "component=\"cpu\""))
                    .singleElement()
                    .asString()
                    .contains("source=\"model-", MODELLED);
            assertThat(modelled.booked("cpu")).isCloseTo(modelled.read("cpu"), within(ROUNDING));
            Answers.assertUnchanged(run, startLine(run, "rapl-powercap"), given);
        }
    }

    private AgentRun metered(Path java) throws Exception {
        return Launch.of(java)
                .agent("http.port=0", "energy.powercap.root=" + root)
                .main(Echo.class);
    }

    private static String startLine(AgentRun run, String source) throws InterruptedException {
        String line = run.awaitErr("is metering");
        assertThat(line).contains("energy from " + source);
        return line;
    }
}
