package io.inferwatt.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.facade.MeteredCall;
import io.inferwatt.it.app.Crowd;
import io.inferwatt.it.app.Promises;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.BookWatch;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Holdings;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * More threads and more calls in flight than anybody should have, by default fewer of them than by hand: {@code -Dfaults.threads=10000},
 * {@code -Dfaults.calls=1000000}. On the JDK of the build alone.
 */
@Isolated
class CrowdIT {

    private static final int THREADS = Integer.getInteger("faults.threads", 3000);
    /** Those of the agent, and of who asks the JVM. */
    private static final int SPARE_THREADS = 100;

    private static final int CALLS_BEFORE = 5;
    private static final int QUESTIONS = Integer.getInteger("faults.calls", 300_000);
    private static final int OPEN = 100_000;
    private static final int FEW = 1000;

    private static final Path JAVA = Path.of(System.getProperty("java.home"));
    private static final String REQUESTS = "inferwatt_requests_total";
    private static final String ACTIVE = "inferwatt_requests_active";
    private static final String HISTOGRAM = "inferwatt_request_energy_joules_count";
    private static final String DROPPED = "inferwatt_dropped_calls_total";
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long MOST_MORE_BYTES = 2_000_000;

    @Test
    void thousandsOfThreadsWithACallEach_areCountedAndForgotten() throws Exception {
        assumeThreadsCanBeMade();
        try (AgentRun run = Launch.of(JAVA)
                .option("-Xmx256m")
                .classPath(Launch.whereIs(MeteredCall.class))
                .agent("http.port=0")
                .main(Crowd.class, Integer.toString(THREADS), Integer.toString(CALLS_BEFORE))) {
            Endpoint endpoint = Endpoint.of(run);
            BookWatch watch = BookWatch.of(endpoint, BETWEEN_NANOS);
            Holdings before = Holdings.of(JAVA, run.pid());

            run.send();
            run.awaitOut("all in flight");
            endpoint.await("all in flight", page -> page.sum(ACTIVE) == THREADS);
            run.send();
            run.awaitOut("all ended");

            long all = (long) THREADS * (CALLS_BEFORE + 1);
            MetricsPage page = endpoint.await("all calls", now -> now.sum(HISTOGRAM) + now.sum(DROPPED) == all);
            assertThat(page.sum(REQUESTS, "outcome=\"ok\"")).isEqualTo(all);
            assertThat(page.sum(REQUESTS, "model=\"long\"")).isEqualTo(THREADS);
            assertThat(page.sum(ACTIVE)).isZero();
            Holdings after = Holdings.await(
                    JAVA,
                    run.pid(),
                    "what was held before, " + before,
                    now -> now.lastingThreads() <= before.lastingThreads()
                            && now.liveBytes() <= before.liveBytes() + MOST_MORE_BYTES);
            watch.assertSound();
            System.out.println("CrowdIT: " + all + " calls of " + THREADS + " threads, dropped records "
                    + (long) page.sum(DROPPED) + ", heap after GC " + before.liveBytes() + " -> " + after.liveBytes()
                    + " B");
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).containsExactly(run.awaitErr("is metering"));
        }
    }

    /** Containers and users may have so many and no more: the same application without the agent tells. */
    private static void assumeThreadsCanBeMade() throws Exception {
        boolean possible;
        try (AgentRun probe = Launch.of(JAVA)
                .option("-Xmx256m")
                .classPath(Launch.whereIs(MeteredCall.class))
                .main(Crowd.class, Integer.toString(THREADS + SPARE_THREADS), "0")) {
            probe.send();
            probe.send();
            possible = probe.exitCode() == 0 && probe.out().contains("all ended");
        } catch (IOException endedEarly) {
            possible = false;
        }
        if (!possible) {
            System.out.println("CrowdIT is skipped: " + (THREADS + SPARE_THREADS)
                    + " threads cannot be made here; see pids.max of the container, ulimit -u, vm.max_map_count");
        }
        Assumptions.assumeTrue(possible, "so many threads");
    }

    @Test
    void veryManyCallsThatAreInFlightByTheHundredThousand_areCountedAndForgotten() throws Exception {
        try (AgentRun run = Launch.of(JAVA)
                .option("-Xmx256m")
                .agent("http.port=0", "methods=" + Promises.METHODS)
                .main(Promises.class)) {
            Endpoint endpoint = Endpoint.of(run);
            BookWatch watch = BookWatch.of(endpoint, BETWEEN_NANOS);
            run.say(FEW + " " + FEW);
            run.awaitOut("answered");
            endpoint.await("the first calls", page -> page.sum(REQUESTS) == FEW);
            Holdings before = Holdings.of(JAVA, run.pid());

            run.say(QUESTIONS + " " + OPEN);
            run.awaitOut("answered", 2);
            long all = QUESTIONS + FEW;
            MetricsPage page = endpoint.await("all calls", now -> now.sum(HISTOGRAM) + now.sum(DROPPED) == all);
            long errors = run.out().stream()
                    .filter(line -> line.startsWith("answered"))
                    .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
            assertThat(page.sum(REQUESTS)).isEqualTo(all);
            assertThat(page.sum(REQUESTS, "outcome=\"error\""))
                    .isEqualTo(errors)
                    .isPositive();
            assertThat(page.sum(ACTIVE)).isZero();
            Holdings after = Holdings.await(
                    JAVA,
                    run.pid(),
                    "the heap that was in use before",
                    now -> now.liveBytes() <= before.liveBytes() + MOST_MORE_BYTES);
            watch.assertSound();
            System.out.println("CrowdIT: " + all + " calls, " + OPEN + " in flight at a time, dropped records "
                    + (long) page.sum(DROPPED) + ", heap after GC " + before.liveBytes() + " -> " + after.liveBytes()
                    + " B");
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).containsExactly(run.awaitErr("is metering"));
        }
    }
}
