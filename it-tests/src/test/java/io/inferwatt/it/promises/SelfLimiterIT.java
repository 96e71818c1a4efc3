package io.inferwatt.it.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtSession;
import io.inferwatt.it.app.TinyModel;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import io.inferwatt.it.live.FakeZone;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A meter that uses more than it may, on a real JVM: it takes a minute and a half until it may change anything,
 * and so it runs on the JDK of the build alone.
 */
@Isolated
@Timeout(400)
class SelfLimiterIT {

    private static final Path JAVA = Path.of(System.getProperty("java.home"));
    private static final String LINE = "agent.cpu.max: the meter used ";
    private static final String INTERVAL = "inferwatt_agent_tick_interval_seconds";
    private static final String LENGTHENED = "inferwatt_agent_tick_lengthened_total";
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    @TempDir
    Path folder;

    @Test
    void meterThatUsesMoreThanItMay_looksMoreRarely_andItsBooksBalance() throws Exception {
        FakeZone zone = FakeZone.in(Files.createDirectory(folder.resolve("powercap")));
        try (FakeZone.Load load = zone.load();
                AgentRun run = Launch.of(JAVA)
                        .nativeLibrary(OrtSession.class)
                        .agent(
                                "http.port=0",
                                "sample.interval=10ms",
                                "agent.cpu.max=0.1%",
                                "energy.powercap.root=" + folder.resolve("powercap"))
                        .main(TinyModel.class, folder.resolve("tiny.onnx").toString())) {
            Endpoint endpoint = Endpoint.of(run);
            MetricsPage before = endpoint.read();
            assertThat(before.sum(INTERVAL)).isEqualTo(0.01);
            assertThat(before.sum(LENGTHENED)).isZero();
            assertThat(before.sum("inferwatt_agent_cpu_max_ratio")).isEqualTo(0.001);

            callUntilLimited(run);

            assertThat(run.awaitErr(LINE))
                    .startsWith("inferwatt: WARN " + LINE)
                    .contains(" % of a core in the last 30 s, allowed are 0.10 %; while models run it now samples every"
                            + " 20 ms instead of 10 ms: sums of energy stay exact, ");
            MetricsPage limited = endpoint.await(
                    "a longer tick",
                    page -> page.sum(INTERVAL) >= 0.02
                            && page.sum("inferwatt_sampler_interval_seconds") >= page.sum(INTERVAL));
            assertThat(limited.sum(LENGTHENED)).isPositive();
            assertThat(limited.sum("inferwatt_agent_cpu_share_ratio")).isGreaterThan(0.001);
            assertThat(limited.sum("inferwatt_agent_ticks_total")).isGreaterThan(1000);
            assertThat(limited.lines("inferwatt_agent_tick_lag_seconds_total")).hasSize(1);
            assertThat(limited.read("cpu")).isPositive().isLessThanOrEqualTo(load.joules());
            assertThat(limited.booked("cpu")).isCloseTo(limited.read("cpu"), within(1e-9 * limited.read("cpu")));
            assertThat(limited.sum("inferwatt_agent_energy_joules_total"))
                    .isPositive()
                    .isLessThanOrEqualTo(
                            limited.sum("inferwatt_unattributed_energy_joules_total", "reason=\"runtime\""));
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).filteredOn(line -> line.contains(LINE)).hasSize(1);
        }
    }

    private static void callUntilLimited(AgentRun run) throws Exception {
        long begin = System.nanoTime();
        while (run.err().stream().noneMatch(line -> line.contains(LINE))) {
            assertThat(System.nanoTime() - begin)
                    .as("nanoseconds until the limit")
                    .isLessThan(LONGEST_NANOS);
            run.say("one call for each byte");
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
