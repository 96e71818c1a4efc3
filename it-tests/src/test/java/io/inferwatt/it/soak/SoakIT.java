package io.inferwatt.it.soak;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtSession;
import com.sun.net.httpserver.HttpServer;
import io.inferwatt.core.facade.MeteredCall;
import io.inferwatt.it.app.Relentless;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.BookWatch;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import io.inferwatt.it.live.FakeZone;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * High load for a while: {@code -Dsoak.seconds}, 120 unless set, 1800 by hand, with {@code -Dsoak.rate} calls a second of each of six models. On the
 * JDK of the build alone. Prints a table of what the JVM held.
 */
@Isolated
class SoakIT {

    private static final long SECONDS = Long.getLong("soak.seconds", 120L);
    private static final long RATE = Long.getLong("soak.rate", 700L);
    private static final Path JAVA = Path.of(System.getProperty("java.home"));
    private static final List<String> MODELS = List.of("tiny", "small", "large", "told-a", "told-b", "told-c");
    private static final String REQUESTS = "inferwatt_requests_total";
    private static final String HISTOGRAM = "inferwatt_request_energy_joules_count";
    private static final String DROPPED = "inferwatt_dropped_calls_total";
    private static final String FAILED = "inferwatt_agent_export_failures_total";
    private static final long FEWEST_SAMPLES = 9;
    private static final long PUSH_SECONDS = 5;

    /** A machine that does less than a tenth of the load was not under it. */
    private static final long FEWEST_CALLS = SECONDS * RATE / 10;

    /** Median of the last third against that of the first; the JVM still loads and compiles in the first minute. */
    private static final long MOST_MORE_LIVE_BYTES = 1_500_000;

    private static final long MOST_MORE_METASPACE_KILOBYTES = 1500;
    private static final long MOST_MORE_NATIVE_KILOBYTES = 4000;
    private static final double MOST_OFF_JOULES = 1e-6;

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void highLoad_forAWhile_holdsNoMoreAtTheEndAndCountsToTheLastCall() throws Exception {
        FakeZone zone = FakeZone.in(Files.createDirectory(folder.resolve("powercap")));
        AtomicLong pushes = new AtomicLong();
        HttpServer receiver = receiver(pushes);
        try (FakeZone.Load load = zone.load();
                AgentRun run = metered(receiver.getAddress().getPort())) {
            Endpoint endpoint = Endpoint.of(run);
            run.awaitOut("ready");
            run.send();
            BookWatch watch = BookWatch.of(endpoint, TimeUnit.SECONDS.toNanos(1));
            List<Sample> samples = sample(run);
            run.send();
            List<Long> made = Arrays.stream(run.awaitOut("made ").split(" ", -1))
                    .skip(1)
                    .map(Long::valueOf)
                    .toList();
            long all = made.stream().mapToLong(Long::longValue).sum();

            MetricsPage page = endpoint.await("all calls", now -> now.sum(HISTOGRAM) + now.sum(DROPPED) >= all);
            endpoint.await("all records", now -> records() >= all);
            load.end();
            print(samples, all, watch, pushes);
            for (int i = 0; i < MODELS.size(); i++) {
                String label = "model=\"" + MODELS.get(i) + "\"";
                assertThat((long) page.sum(REQUESTS, label, "outcome=\"ok\"")).isEqualTo(made.get(i));
                assertThat(made.get(i)).as("calls of %s", label).isGreaterThanOrEqualTo(FEWEST_CALLS);
            }
            assertThat((long) page.sum(REQUESTS)).isEqualTo(all);
            assertThat(pushes.get()).as("pushes").isGreaterThanOrEqualTo(Math.max(1, SECONDS / PUSH_SECONDS / 2));
            assertThat((long) page.sum(HISTOGRAM)).isEqualTo(all);
            assertThat(records()).isEqualTo(all);
            assertThat(page.sum(DROPPED)).isZero();
            assertThat(page.sum(FAILED)).isZero();
            assertThat(page.sum("inferwatt_sampler_errors_total")).isZero();
            assertThat(Math.abs(page.booked("cpu") - page.read("cpu"))).isLessThanOrEqualTo(MOST_OFF_JOULES);
            watch.assertSound();
            assertFlat(samples);
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).containsExactly(run.awaitErr("is metering"));
        } finally {
            receiver.stop(0);
        }
    }

    private AgentRun metered(int receiverPort) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of(Files.createDirectory(folder.resolve("models")).toString(), Long.toString(RATE)));
        arguments.addAll(MODELS);
        return Launch.of(JAVA)
                .option("-XX:NativeMemoryTracking=summary", "-Xmx128m")
                .nativeLibrary(OrtSession.class)
                .classPath(Launch.whereIs(MeteredCall.class))
                .agent(
                        "http.port=0",
                        // Four thousand records a second cost more than the usual 2 %, and its lines would be no fault.
                        "agent.cpu.max=50%",
                        "energy.powercap.root=" + folder.resolve("powercap"),
                        "export.records.file=" + folder.resolve("records").resolve("records.jsonl"),
                        "export.records.max_size=50",
                        "export.records.max_files=1000",
                        "export.remote_write.url=http://127.0.0.1:" + receiverPort + "/write",
                        "export.remote_write.interval=" + PUSH_SECONDS + "s")
                .main(Relentless.class, arguments.toArray(String[]::new));
    }

    private static HttpServer receiver(AtomicLong pushes) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/write", exchange -> {
            exchange.getRequestBody().readAllBytes();
            pushes.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    /** Looks at the JVM now and again until the time is over. */
    private static List<Sample> sample(AgentRun run) throws Exception {
        List<Sample> samples = new ArrayList<>();
        long begin = System.nanoTime();
        long between = Math.max(TimeUnit.SECONDS.toNanos(3), TimeUnit.SECONDS.toNanos(SECONDS) / 60);
        while (System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(SECONDS) || samples.size() < FEWEST_SAMPLES) {
            LockSupport.parkNanos(between);
            long second = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
            samples.add(Sample.of(JAVA, run.pid(), second));
        }
        return samples;
    }

    private long records() {
        long lines = 0;
        try (Stream<Path> files = Files.list(folder.resolve("records"))) {
            for (Path file : files.toList()) {
                try (BufferedReader reader = Files.newBufferedReader(file)) {
                    lines += reader.lines().filter(line -> line.endsWith("}")).count();
                }
            }
        } catch (IOException notYet) {
            return 0;
        }
        return lines;
    }

    private static void print(List<Sample> samples, long all, BookWatch watch, AtomicLong pushes) {
        System.out.println(Sample.header());
        int step = Math.max(1, samples.size() / 20);
        for (int i = 0; i < samples.size(); i += step) {
            System.out.println(samples.get(i).row());
        }
        long seconds = samples.get(samples.size() - 1).second();
        System.out.println(String.format(
                Locale.ROOT,
                "SoakIT: %d s, %d calls of %d models, %.0f a second, %d pages compared, %d not answered, %d pushes;"
                        + " median of the last third less that of the first: heap after GC %+d kB, metaspace %+d kB,"
                        + " other native %+d kB, RSS %+d kB, threads %+d, fds %+d",
                seconds,
                all,
                MODELS.size(),
                (double) all / seconds,
                watch.pages(),
                watch.missed(),
                pushes.get(),
                growth(samples, Sample::liveBytes) / 1000,
                growth(samples, Sample::metaspaceKilobytes),
                growth(samples, Sample::nativeKilobytes),
                growth(samples, Sample::residentKilobytes),
                growth(samples, Sample::threads),
                growth(samples, Sample::files)));
    }

    private static void assertFlat(List<Sample> samples) {
        assertThat(growth(samples, Sample::liveBytes)).as("heap after GC, B").isLessThan(MOST_MORE_LIVE_BYTES);
        assertThat(growth(samples, Sample::metaspaceKilobytes))
                .as("metaspace, kB")
                .isLessThan(MOST_MORE_METASPACE_KILOBYTES);
        assertThat(growth(samples, Sample::nativeKilobytes))
                .as("native memory but for what is above and compiled code, kB")
                .isLessThan(MOST_MORE_NATIVE_KILOBYTES);
        assertThat(growth(samples, Sample::threads)).as("threads").isLessThanOrEqualTo(1);
        assertThat(growth(samples, Sample::files)).as("file descriptors").isLessThanOrEqualTo(2);
    }

    /** Returns the median of the last third less the median of the first third. */
    private static long growth(List<Sample> samples, ToLongFunction<Sample> figure) {
        int third = samples.size() / 3;
        return median(samples.subList(samples.size() - third, samples.size()), figure)
                - median(samples.subList(0, third), figure);
    }

    private static long median(List<Sample> samples, ToLongFunction<Sample> figure) {
        long[] sorted = samples.stream().mapToLong(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
