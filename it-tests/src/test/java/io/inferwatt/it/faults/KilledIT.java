package io.inferwatt.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.facade.MeteredCall;
import io.inferwatt.it.app.NamedCalls;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} while the state of budgets is written: at the end of the JVM, some random moment after it was asked to end, and at the start.
 * {@code -Dfaults.kills} sets how often, {@code -Dfaults.seed} the moments; on the JDK of the build alone.
 */
class KilledIT {

    private static final int KILLS = Integer.getInteger("faults.kills", 8);
    private static final long SEED = Long.getLong("faults.seed", 20_261_130L);
    private static final Path JAVA = Path.of(System.getProperty("java.home"));
    private static final int CALLS = 3;
    private static final int LONGEST_MILLIS = 60;
    private static final String CONSUMED = "inferwatt_budget_energy_consumed_joules";
    private static final String CHARGED = "inferwatt_budget_charged_joules_total";
    private static final String HISTOGRAM = "inferwatt_request_energy_joules_count";
    private static final double ROUNDING = 1e-9;

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void killedAtAnyMoment_theStateIsThatOfBeforeOrAfterAndNothingElse() throws Exception {
        Random random = new Random(SEED);
        Path state = folder.resolve("state");
        double saved = 0;
        int writtenAfterAll = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            try (AgentRun run = start(state)) {
                Endpoint endpoint = Endpoint.of(run);
                MetricsPage page = endpoint.read();
                double before = page.sum(CONSUMED) - page.sum(CHARGED);
                String when = "seed " + SEED + ", kill " + kill;
                assertThat(before).as("what the killed one left, %s", when).isGreaterThanOrEqualTo(saved - ROUNDING);
                writtenAfterAll += before > saved + ROUNDING ? 1 : 0;
                saved = before;
                run.say(CALLS + " scorer");
                MetricsPage after = endpoint.await("calls that are charged", now -> now.sum(HISTOGRAM) == CALLS);
                double most = after.sum(CONSUMED);
                signal("-TERM", run);
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(LONGEST_MILLIS * 1000)));
                run.close();
                run.awaitEnd();
                assertThat(run.err()).as(when).allMatch(line -> line.contains("is metering"));
                assertNotMoreThan(state, most, when);
            }
        }
        System.out.println("KilledIT: seed " + SEED + ", " + KILLS + " kills, of which " + writtenAfterAll
                + " found the new state written, consumed " + saved + " J");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as("nothing was set aside as damaged")
                    .noneMatch(name -> name.contains("corrupt"));
        }
    }

    /** Every call has settled, so that what is saved cannot be more: nothing is charged twice. */
    private static void assertNotMoreThan(Path state, double joules, String when) throws IOException {
        for (String line : Files.readAllLines(state)) {
            if (line.startsWith("amounts=")) {
                assertThat(Double.parseDouble(line.substring("amounts=".length())))
                        .as(when)
                        .isLessThanOrEqualTo(joules + ROUNDING);
                return;
            }
        }
        throw new AssertionError(when + ": no amounts in " + Files.readString(state));
    }

    private static AgentRun start(Path state) throws IOException {
        return Launch.of(JAVA)
                .classPath(Launch.whereIs(MeteredCall.class))
                .agent("http.port=0", "budget.all.limit=5 kWh", "budget.all.zone=UTC", "budget.state.file=" + state)
                .main(NamedCalls.class);
    }

    private static void signal(String name, AgentRun run) throws Exception {
        try (AgentRun kill = AgentRun.start(List.of("kill", name, Long.toString(run.pid())), Map.of())) {
            assertThat(kill.exitCode()).isZero();
        }
    }
}
