package io.inferwatt.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.facade.MeteredCall;
import io.inferwatt.it.app.SwitchedLoad;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.BookWatch;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import io.inferwatt.it.live.FakeZone;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A process that is stopped for seconds, as by a debugger, a checkpoint, or a virtual machine that is moved. */
class SuspendedIT {

    private static final double STOPPED_JOULES = 150;
    private static final double ROUNDING = 1e-6;
    private static final String GAP = "inferwatt_sampler_gap_seconds_total";
    private static final String IMPLAUSIBLE = "inferwatt_sampler_implausible_total";

    @TempDir
    Path root;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void whatACounterDrewMeanwhile_isBookedOnceAndNothingElse(Path java) throws Exception {
        FakeZone zone = FakeZone.in(root);
        try (FakeZone.Load load = zone.load();
                AgentRun run = Launch.of(java)
                        .classPath(Launch.whereIs(MeteredCall.class))
                        .agent("http.port=0", "energy.powercap.root=" + root)
                        .main(SwitchedLoad.class, "small")) {
            Endpoint endpoint = Endpoint.of(run);
            BookWatch watch = BookWatch.of(endpoint, TimeUnit.MILLISECONDS.toNanos(250));
            run.say("on");
            MetricsPage before = endpoint.await("joules", page -> page.read("cpu") > 20);

            run.signal("STOP");
            double drawnAtStop = load.joules();
            while (load.joules() < drawnAtStop + STOPPED_JOULES) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
            run.signal("CONT");

            MetricsPage after = endpoint.await("all joules", page -> page.read("cpu") >= drawnAtStop + STOPPED_JOULES);
            run.say("off");
            run.awaitOut("off");
            load.end();
            MetricsPage last = endpoint.await(
                    "the last joules", page -> page.read("cpu") > load.joules() - skipped(before, drawnAtStop) - 1);
            assertThat(last.read("cpu")).as("never more than was drawn").isLessThanOrEqualTo(load.joules() + ROUNDING);
            assertThat(last.booked("cpu")).isCloseTo(last.read("cpu"), within(ROUNDING));
            assertThat(last.sum(IMPLAUSIBLE)).isZero();
            assertThat(after.sum(GAP) - before.sum(GAP))
                    .as("the counter told it all")
                    .isLessThan(1);
            watch.assertSound();
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).containsExactly(run.awaitErr("is metering"));
        }
    }

    /** What was drawn before the first reading. */
    private static double skipped(MetricsPage before, double drawn) {
        return Math.max(0, drawn - before.read("cpu"));
    }
}
