package io.inferwatt.it.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.fuzz.Fuzz;
import io.inferwatt.core.fuzz.Mangler;
import io.inferwatt.it.app.Echo;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Clients that mean ill, by the thousand, at the endpoint of the packaged agent. The application answers as ever, a scraper is served
 * meanwhile, and afterwards the process has no thread and no file more than before.
 */
@Timeout(600)
@EnabledOnOs(OS.LINUX)
class HostileClientsIT {

    private static final int AT_ONCE = 2000;
    private static final int LONGEST_MILLIS = 30_000;
    private static final String HOST = "\r\nHost: localhost\r\n";
    private static final String SCRAPE =
            "GET /metrics HTTP/1.1" + HOST + "Accept: text/plain;version=0.0.4\r\nAccept-Encoding: gzip\r\n\r\n";

    /** Targets and methods that nobody may get anything for, each with the head of a request. */
    private static final List<String> TRICKS = List.of(
            "GET /../../../../etc/passwd HTTP/1.1" + HOST + "\r\n",
            "GET /%2e%2e/%2e%2e/%2e%2e/etc/passwd HTTP/1.1" + HOST + "\r\n",
            "GET /..%2f..%2f..%2fetc%2fpasswd HTTP/1.1" + HOST + "\r\n",
            "GET /..\\..\\etc\\passwd HTTP/1.1" + HOST + "\r\n",
            "GET /metrics%00.html HTTP/1.1" + HOST + "\r\n",
            "GET /metrics/../secret HTTP/1.1" + HOST + "\r\n",
            "GET //metrics HTTP/1.1" + HOST + "\r\n",
            "GET //evil.example/metrics HTTP/1.1" + HOST + "\r\n",
            "GET http://evil.example/metrics HTTP/1.1\r\nHost: evil.example\r\n\r\n",
            "GET file:///etc/passwd HTTP/1.1" + HOST + "\r\n",
            "GET /metrics HTTP/1.1\r\nHost: evil.example\r\n\r\n",
            "GET /metrics HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
            "GET /metrics HTTP/1.1\r\n\r\n",
            "GET * HTTP/1.1" + HOST + "\r\n",
            "CONNECT evil.example:443 HTTP/1.1" + HOST + "\r\n",
            "TRACE /metrics HTTP/1.1" + HOST + "X-Secret: s3cr3t\r\n\r\n",
            "OPTIONS * HTTP/1.1" + HOST + "\r\n",
            "PUT /metrics HTTP/1.1" + HOST + "Content-Length: 0\r\n\r\n",
            "POST /metrics HTTP/1.1" + HOST + "Content-Length: 5\r\nContent-Length: 50\r\n\r\nhello",
            "GET /metrics HTTP/1.1" + HOST + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "GET /metrics HTTP/1.1" + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /secret HTTP/1.1" + HOST
                    + "\r\n",
            "GET /metrics HTTP/1.1" + HOST + "Content-Length: -1\r\n\r\n",
            "GET /metrics HTTP/1.1" + HOST + "Content-Length: 99999999999999999999\r\n\r\n",
            "GET /metrics HTTP/1.1" + HOST + " folded: header\r\n\r\n",
            "GET /metrics HTTP/1.1\nHost: localhost\n\n",
            "GET /metrics HTTP/9.9" + HOST + "\r\n",
            "GET /metrics HTTP/1.1" + HOST + "Expect: 100-continue\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

    /** More than all buffers on the way can hold. */
    private static final long ENDLESS_BYTES = 64L << 20;

    private final ScheduledExecutorService watchdog =
            Executors.newSingleThreadScheduledExecutor(HostileClientsIT::daemon);
    private final List<Socket> open = new ArrayList<>();
    private final List<String> said = new ArrayList<>(List.of("ready"));
    private int port;
    private AgentRun run;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void hostileClients_leaveNothingBehind_andNobodyNotices(Path java) throws Exception {
        try (AgentRun started = Launch.of(java).agent("http.port=0").main(Echo.class)) {
            run = started;
            String start = run.awaitErr("metrics at ");
            port = URI.create(start.substring(start.indexOf("http://"))).getPort();
            Endpoint scraper = Endpoint.of(run);
            String release = " of JDK " + java.getFileName();
            for (int i = 0; i < 3; i++) {
                assertAllIsWell(scraper);
            }
            long files = count("fd");
            long threads = ownThreads();

            manyAtOnce(scraper);
            headsWithoutEnd(scraper);
            for (String trick : TRICKS) {
                assertRefused(trick);
            }
            assertAllIsWell(scraper);
            Fuzz.of("requests to the endpoint" + release, 2500)
                    .run(mangler -> assertAnsweredOrClosed(request(mangler)));
            assertAllIsWell(scraper);
            Fuzz.of("random bytes to the endpoint" + release, 1500)
                    .run(mangler -> assertAnsweredOrClosed(mangler.anyBytes()));
            assertAllIsWell(scraper);

            await("files as before, " + files, () -> count("fd") <= files);
            await("threads as before, " + threads, () -> ownThreads() <= threads);
            assertThat(run.exitCode()).isZero();
            said.add("bye");
            assertThat(run.out()).isEqualTo(said);
            assertThat(run.err()).containsExactly(start);
        } finally {
            closeAll();
            watchdog.shutdownNow();
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "watchdog");
        thread.setDaemon(true);
        return thread;
    }

    /** The application answers, and so does the endpoint. */
    private void assertAllIsWell(Endpoint scraper) throws Exception {
        String question = "question " + said.size();
        run.say(question);
        said.add("answer to " + question);
        run.awaitOut("answer to " + question);
        scraper.await("the version", page -> !page.lines("inferwatt_agent_info").isEmpty());
    }

    /** Some say nothing, some begin a head, some ask and never read, some ask without end. */
    private void manyAtOnce(Endpoint scraper) throws Exception {
        for (int i = 0; i < AT_ONCE; i++) {
            Socket client = new Socket("127.0.0.1", port);
            open.add(client);
            try {
                write(
                        client,
                        bytes(
                                switch (i % 4) {
                                    case 0 -> "";
                                    case 1 -> "GET /metrics HTTP/1.1\r\nHost: loc";
                                    case 2 -> SCRAPE;
                                    default -> SCRAPE.repeat(20);
                                }));
            } catch (SocketException closedByTheEndpoint) {
                // It makes room for others.
            }
            if (i % 400 == 399) {
                assertAllIsWell(scraper);
            }
        }
        System.out.println("fuzz connections at once: " + AT_ONCE + " inputs");
        closeAll();
    }

    /** The endpoint hangs up long before it has taken all; the last one is a whole head, and then nothing but empty lines. */
    private void headsWithoutEnd(Endpoint scraper) throws Exception {
        for (String piece : List.of("X-More: " + "a".repeat(1000) + "\r\n", "a".repeat(8000), "\r\n".repeat(1000))) {
            byte[] more = bytes(piece);
            long taken = 0;
            try (Socket client = new Socket("127.0.0.1", port)) {
                write(client, bytes("GET /metrics HTTP/1.1" + HOST));
                while (taken < ENDLESS_BYTES) {
                    write(client, more);
                    taken += more.length;
                }
            } catch (SocketException closedByTheEndpoint) {
                // As it should be.
            }
            assertThat(taken)
                    .as("bytes taken of a head without end, of %s", piece.substring(0, 2))
                    .isLessThan(ENDLESS_BYTES);
            assertAllIsWell(scraper);
        }
        System.out.println("fuzz heads without end: 3 inputs");
    }

    /** Writes all; fails if the endpoint neither reads nor closes for a long time. */
    private void write(Socket client, byte[] sent) throws IOException {
        AtomicBoolean late = new AtomicBoolean();
        ScheduledFuture<?> end = watchdog.schedule(
                () -> {
                    late.set(true);
                    close(client);
                },
                LONGEST_MILLIS,
                TimeUnit.MILLISECONDS);
        try {
            client.getOutputStream().write(sent);
        } catch (SocketException closed) {
            if (late.get()) {
                throw new AssertionError("the endpoint neither read nor closed for " + LONGEST_MILLIS + " ms", closed);
            }
            throw closed;
        } finally {
            end.cancel(false);
        }
    }

    private static void close(Socket client) {
        try {
            client.close();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private void assertRefused(String trick) throws IOException {
        String answer = exchange(bytes(trick));
        assertThat(answer).as(trick).matches("(?s)HTTP/1.1 (4\\d\\d|505) .*").doesNotContain("root:", "s3cr3t");
        assertThat(answer.split("\r\nContent-Type: ", -1))
                .as("one answer to %s", trick)
                .hasSize(2);
    }

    private static byte[] request(Mangler mangler) {
        String valid = mangler.oneOf(
                SCRAPE,
                "GET / HTTP/1.1" + HOST + "Connection: close\r\n\r\n",
                "HEAD /api/v1/live HTTP/1.0\r\n\r\n",
                "GET /api/v1/report?x=1 HTTP/1.1" + HOST
                        + "Authorization: Basic dXNlcjpwYXNz\r\nIf-None-Match: \"a\"\r\n\r\n",
                "GET /-/healthy HTTP/1.1" + HOST + "Accept: application/openmetrics-text\r\n\r\n" + SCRAPE);
        String damaged = mangler.text(valid);
        return mangler.onceIn(3) ? mangler.bytes(bytes(damaged)) : bytes(damaged);
    }

    private void assertAnsweredOrClosed(byte[] sent) throws IOException {
        String answer = exchange(sent);
        assertThat(answer).matches("(?s)|HTTP/1.1 (200|304|4\\d\\d|505) .*");
    }

    /** Returns all that comes until the endpoint closes; empty if it closes without a word. */
    private String exchange(byte[] sent) throws IOException {
        try (Socket client = new Socket("127.0.0.1", port)) {
            client.setSoTimeout(LONGEST_MILLIS);
            write(client, sent);
            client.shutdownOutput();
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException reset) {
            return "";
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void closeAll() throws IOException {
        for (Socket client : open) {
            client.close();
        }
        open.clear();
    }

    private long count(String folder) {
        try (Stream<Path> all = Files.list(Path.of("/proc/" + run.pid() + "/" + folder))) {
            return all.count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The kernel keeps the first 15 letters of a name. */
    private long ownThreads() {
        try (Stream<Path> all = Files.list(Path.of("/proc/" + run.pid() + "/task"))) {
            return all.filter(task -> comm(task).startsWith("inferwatt")).count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String comm(Path task) {
        try {
            return Files.readString(task.resolve("comm"));
        } catch (IOException ended) {
            return "";
        }
    }

    @FunctionalInterface
    private interface Condition {

        boolean holds();
    }

    private static void await(String what, Condition condition) {
        long begin = System.nanoTime();
        while (!condition.holds()) {
            assertThat(System.nanoTime() - begin).as(what).isLessThan(TimeUnit.SECONDS.toNanos(60));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }
}
