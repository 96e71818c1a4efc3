package io.inferwatt.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.facade.MeteredCall;
import io.inferwatt.it.app.Hungry;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.BookWatch;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An application that runs out of memory, many times, while it calls models. */
@Isolated
class HungryIT {

    private static final int TIMES = Integer.getInteger("faults.meals", 25);
    private static final int CALLS = 500;

    /** What the JVM itself prints when a class is loaded for which there is no memory, and any agent is there. */
    private static final String OF_THE_JVM = "*** java.lang.instrument ASSERTION FAILED ***";

    /** Several seconds, whatever the rhythm. */
    private static final int MANY_SAMPLES = 60;

    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final String ERRORS = "inferwatt_agent_instrumentation_errors_total";
    private static final String REQUESTS = "inferwatt_requests_total";

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void heapThatIsExhausted_hurtsTheApplicationAlone_andIsMeteredOnAfterwards(Path java) throws Exception {
        Path records = folder.resolve("records.jsonl");
        try (AgentRun run = Launch.of(java)
                .option("-Xmx48m")
                .classPath(Launch.whereIs(MeteredCall.class))
                .agent(
                        "http.port=0",
                        "methods=" + Hungry.METHODS,
                        "export.records.file=" + records,
                        "budget.all.limit=5 kWh",
                        "budget.state.file=" + folder.resolve("state"))
                .main(Hungry.class)) {
            Endpoint endpoint = Endpoint.of(run);
            // A class whose first use finds no memory is of no use until the JVM ends, whoever's it is.
            endpoint.await("a first page", page -> page.sum(REQUESTS) > 0);
            BookWatch watch = BookWatch.of(endpoint, TimeUnit.MILLISECONDS.toNanos(250));
            run.say("eat " + TIMES);
            String eaten = run.awaitOut("eat done");
            System.out.println("HungryIT: heap exhausted " + TIMES + " times on " + java.getFileName() + ": " + eaten);
            assertThat(eaten).endsWith("foreign null");

            MetricsPage before = settled(endpoint, records);
            assertThat(before.sum(REQUESTS))
                    .as("no more than were tried")
                    .isLessThanOrEqualTo(
                            2 * (number(eaten, "made") + number(eaten, "starved") + number(eaten, "ended")));
            long lines = lines(records);
            run.say("call " + CALLS);
            String called = run.awaitOut("call done");
            assertThat(called).endsWith("foreign null");
            assertThat(number(called, "made") - number(eaten, "made")).isEqualTo(CALLS);
            MetricsPage after = endpoint.await(
                    "calls after the last meal", page -> page.sum(REQUESTS) >= before.sum(REQUESTS) + 2 * CALLS);
            assertThat(after.sum(REQUESTS) - before.sum(REQUESTS)).isEqualTo(2 * CALLS);
            endpoint.await("records of them", page -> lines(records) == lines + 2 * CALLS);
            assertThat(after.read("cpu")).isGreaterThan(before.read("cpu"));
            watch.assertSound();
            System.out.println("HungryIT: in all " + called + "; counted " + (long) after.sum(REQUESTS) + ", recorded "
                    + lines(records));
            System.out.println("HungryIT: errors of instrumentation " + (long) after.sum(ERRORS)
                    + ", calls given up since their thread lost their end "
                    + (long) after.sum(REQUESTS, "outcome=\"abandoned\""));
            System.out.println("HungryIT: pages compared " + watch.pages() + ", not answered " + watch.missed());
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).allMatch(line -> line.startsWith("inferwatt: ") || line.startsWith(OF_THE_JVM));
        }
    }

    /**
     * Waits until nothing moves: what was in flight has ended, what was in queues is on disk. A page is kept for a second.
     */
    private static MetricsPage settled(Endpoint endpoint, Path records) {
        double[] requests = {-1};
        long[] lines = {-1};
        double[] samples = {0};
        long[] since = {0};
        return endpoint.await("calls that have all ended and are settled", page -> {
            double sampled = page.sum("inferwatt_sampler_samples_total");
            long now = System.nanoTime();
            if (page.sum(REQUESTS) != requests[0] || lines(records) != lines[0]) {
                requests[0] = page.sum(REQUESTS);
                lines[0] = lines(records);
                samples[0] = sampled;
                since[0] = now;
            }
            return now - since[0] >= QUIET_NANOS
                    && sampled >= samples[0] + MANY_SAMPLES
                    && page.sum("inferwatt_requests_active") == 0;
        });
    }

    /** Returns the number behind a word of what the application told. */
    private static long number(String told, String word) {
        List<String> words = List.of(told.split(" ", -1));
        return Long.parseLong(words.get(words.indexOf(word) + 1));
    }

    private static long lines(Path file) {
        try {
            return Files.readString(file).lines().count();
        } catch (IOException notThere) {
            return 0;
        }
    }
}
