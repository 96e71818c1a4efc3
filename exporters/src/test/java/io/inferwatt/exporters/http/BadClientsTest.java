package io.inferwatt.exporters.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.exporters.http.tls.TestIdentity;
import io.inferwatt.exporters.http.tls.TlsIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that mean ill, or are broken. Others must be answered meanwhile, and nothing may stay when they are gone. */
@Timeout(120)
class BadClientsTest {

    private static final int HUGE = 16 << 20;
    private static final byte[] HUGE_BODY = new byte[HUGE];
    private static final int MANY = 1000;
    private static final int GARBAGE = 5000;
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(300);

    /** As in use, but too patient for a client to be dropped by the clock while a test looks on. */
    private static final Limits PATIENT = limits(LONG, LONG, LONG);

    private static Limits limits(Duration head, Duration idle, Duration answer) {
        return new Limits(128, 128, LONG, head, idle, answer, Duration.ofSeconds(1), 4096, 16_384, 100);
    }

    private final List<Thread> ownThreads = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private HttpEndpoint endpoint;
    private RawClients clients;

    @BeforeEach
    void open() throws IOException {
        open(PATIENT, Optional.empty());
    }

    private void open(Limits limits, Optional<TlsIdentity> tls) throws IOException {
        close();
        endpoint = HttpEndpoint.start(
                new Opening(InetAddress.getByName("127.0.0.1"), 0, List.of(), tls, Optional.empty()),
                limits,
                Map.of(
                        "/page",
                        wish -> Page.Answer.text(200, "hello"),
                        "/huge",
                        wish -> new Page.Answer(200, "application/octet-stream", HUGE_BODY, false)),
                ownThreads::add,
                warnings::add);
        clients = new RawClients(endpoint);
    }

    @AfterEach
    void close() throws IOException {
        if (endpoint != null) {
            clients.close();
            endpoint.close();
        }
    }

    private void assertServes() throws IOException {
        assertThat(clients.get("/page")).endsWith("hello");
    }

    /** With limits so short this client may be the one that is dropped. */
    private void assertServesSoon() {
        await("an answer", () -> {
            try {
                return clients.get("/page").endsWith("hello");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "G",
                "GET /page HTTP/1.1\r\nHost: loc",
                "GET /page HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /huge HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "POST /page HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
            })
    void thousandClientsThatHang_stopNobody(String sent) throws IOException {
        for (int i = 0; i < MANY; i++) {
            clients.send(sent);
            if (i % 100 == 99) {
                assertServes();
            }
        }
        assertServes();
        assertThat(warnings).isEmpty();
    }

    @Test
    void clientsThatAskWithoutEnd_stopNobody() throws IOException {
        String without = "GET /page HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(500);
        for (int i = 0; i < 300; i++) {
            clients.send(without);
            if (i % 50 == 49) {
                assertServes();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE /page HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /page HTTP/1.1\r\nHost: evil.example\r\n\r\n",
                "GET page HTTP/1.1\r\nHost: localhost\r\n\r\n"
            })
    void requestThatIsRefused_isTheLastOfItsConnection(String refused) throws IOException {
        String answers = clients.exchange(refused.repeat(100));
        assertThat(answers.split("HTTP/1.1 4", -1)).hasSize(2);
        assertThat(answers).contains("\r\nConnection: close\r\n");
    }

    @Test
    void clientsThatAreRefusedWithoutEnd_stopNobody() throws Exception {
        byte[] refused =
                "DELETE / HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(500).getBytes(StandardCharsets.US_ASCII);
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> floods = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Thread flood = new Thread(() -> floodUntil(over, refused), "flood " + i);
            flood.setDaemon(true);
            flood.start();
            floods.add(flood);
        }
        try {
            for (int i = 0; i < 20; i++) {
                assertServesSoon();
            }
        } finally {
            over.set(true);
            for (Thread flood : floods) {
                flood.join(30_000);
            }
        }
    }

    /** Sends and reads at once, so that neither side's buffers stop it; connects again whenever it is closed. */
    private void floodUntil(AtomicBoolean over, byte[] sent) {
        byte[] read = new byte[1 << 16];
        while (!over.get()) {
            try (Socket client = new Socket("127.0.0.1", endpoint.address().getPort())) {
                client.setSoTimeout(1000);
                for (int got = 0;
                        got >= 0 && !over.get();
                        got = client.getInputStream().read(read)) {
                    client.getOutputStream().write(sent);
                }
            } catch (IOException closed) {
                // as it should be; again
            }
        }
    }

    @Test
    void drippingClients_stopNobody_andAreDroppedWhenTheirTimeIsOver() throws IOException {
        open(limits(SHORT, LONG, LONG), Optional.empty());
        Socket dripping = clients.send("GET /page HTTP/1.1\r\nX: ");
        assertServesSoon();
        assertThat(isDroppedWhile(dripping, () -> {
                    try {
                        dripping.getOutputStream().write('x');
                        return true;
                    } catch (IOException gone) {
                        return false;
                    }
                }))
                .isTrue();
        assertServesSoon();
    }

    /** Returns once the endpoint has closed the connection. */
    private static boolean isDroppedWhile(Socket client, BooleanSupplier send) {
        for (int i = 0; i < 3000; i++) {
            if (!send.getAsBoolean()) {
                return true;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        return client.isClosed();
    }

    @Test
    void readerThatStalls_isDroppedWhenItsTimeIsOver() throws IOException {
        open(limits(LONG, LONG, SHORT), Optional.empty());
        Socket stalled = clients.send("GET /huge HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertServesSoon();
        awaitNoConnection();
        assertThat(readAll(stalled)).isLessThan(HUGE);
    }

    @Test
    void silentAndIdleConnections_areClosedWhenTheirTimeIsOver() throws IOException {
        open(limits(SHORT, SHORT, LONG), Optional.empty());
        assertThat(readAll(clients.send(""))).isLessThanOrEqualTo(0);
        assertThat(readAll(clients.send("GET /page HTTP/1.1\r\nHost: localhost\r\n\r\n")))
                .isPositive();
    }

    /** Returns the bytes that come before the end, negative if it is no orderly one. */
    private static long readAll(Socket client) {
        long count = 0;
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = client.getInputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                count += read;
            }
            return count;
        } catch (SocketTimeoutException e) {
            throw new AssertionError("still open", e);
        } catch (IOException reset) {
            return count == 0 ? -1 : count;
        }
    }

    @Test
    void slowButHonestReader_getsAllOfALargeBody() throws IOException {
        Socket slow = clients.send("GET /huge HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        for (int i = 0; i < 20; i++) {
            assertServes();
        }
        assertThat(readAll(slow)).isGreaterThan(HUGE);
    }

    @Test
    void garbage_isAnsweredWithARefusalOrNothing_andStopsNobody() throws IOException {
        open(PATIENT, Optional.empty());
        Random random = new Random(8);
        int refused = 0;
        for (int i = 0; i < GARBAGE; i++) {
            byte[] bytes = new byte[1 + random.nextInt(300)];
            random.nextBytes(bytes);
            String head = i % 3 == 0 ? "GET /page HTTP/1.1\r\nHost: localhost\r\n" : "";
            String answer = exchangeAndEnd(head, bytes);
            assertThat(answer)
                    .satisfiesAnyOf(
                            text -> assertThat(text).isEmpty(),
                            text -> assertThat(text).matches("(?s)HTTP/1.1 (400|405|413|414|417|421|431|505) .*"));
            refused += answer.isEmpty() ? 0 : 1;
        }
        System.out.println("endpoint: " + GARBAGE + " garbage inputs, " + refused + " answered with a refusal");
        assertThat(refused).isPositive();
        assertServes();
        awaitNoConnection();
    }

    private String exchangeAndEnd(String head, byte[] bytes) throws IOException {
        try (Socket client = clients.send(head)) {
            OutputStream out = client.getOutputStream();
            out.write(bytes);
            client.shutdownOutput();
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException reset) {
            return "";
        }
    }

    @Test
    void thousandsOfConnectionsAtOnce_leaveNothingBehind() throws IOException {
        assertServes();
        long before = descriptors();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < MANY; i++) {
                clients.send(i % 2 == 0 ? "GET /pa" : "GET /huge HTTP/1.1\r\nHost: localhost\r\n\r\n");
            }
            assertServes();
            clients.close();
        }
        awaitNoConnection();
        if (before > 0) {
            await("file descriptors as before, " + before, () -> descriptors() <= before + 2);
        }
        assertThat(ownThreads.stream().filter(Thread::isAlive)).hasSizeBetween(1, 3);
        endpoint.close();
        await("no thread", () -> ownThreads.stream().noneMatch(Thread::isAlive));
        assertThat(warnings).isEmpty();
    }

    private static long descriptors() {
        try (Stream<Path> all = Files.isDirectory(DESCRIPTORS) ? Files.list(DESCRIPTORS) : Stream.empty()) {
            return all.count();
        } catch (IOException e) {
            return -1;
        }
    }

    private void awaitNoConnection() {
        await("no connection", () -> endpoint.connections() == 0);
    }

    private static void await(String what, BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - begin).as(what).isLessThan(TimeUnit.SECONDS.toNanos(60));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    @Test
    void clientWithTooManyConnections_losesItsOldest_andNobodyElseDoes() throws IOException {
        open(new Limits(4, 3, LONG, LONG, LONG, LONG, LONG, 4096, 16_384, 100), Optional.empty());
        Socket first = clients.send("GET /pa");
        clients.send("GET /pa");
        clients.send("GET /pa");
        assertServes();
        assertThat(readAll(first)).isNegative();
        assertThat(endpoint.connections()).isLessThanOrEqualTo(3);
    }

    @Test
    void tls_clientsThatStallInTheHandshakeOrSpeakPlainText_stopNobody() throws Exception {
        open(PATIENT, TestIdentity.ec(warnings::add));
        byte[] hello = TestIdentity.clientHello();
        for (int i = 0; i < MANY; i++) {
            switch (i % 4) {
                case 0 -> clients.send("");
                case 1 -> clients.send("GET /page HTTP/1.1\r\nHost: localhost\r\n\r\n");
                case 2 -> clients.send(new String(hello, 0, hello.length / 2, StandardCharsets.ISO_8859_1));
                default -> clients.send(new String(hello, StandardCharsets.ISO_8859_1));
            }
            if (i % 250 == 249) {
                assertThat(TestIdentity.get(endpoint, "/page")).isEqualTo("hello");
            }
        }
        assertThat(TestIdentity.get(endpoint, "/page")).isEqualTo("hello");
        assertThat(warnings).isEmpty();
    }

    @Test
    void tls_readersThatStall_stopNobody_andAreDropped() throws Exception {
        open(limits(LONG, LONG, SHORT), TestIdentity.ec(warnings::add));
        try (Socket stalled = TestIdentity.socket(endpoint)) {
            stalled.getOutputStream()
                    .write("GET /huge HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            awaitNoConnection();
        }
        open(PATIENT, TestIdentity.ec(warnings::add));
        assertThat(TestIdentity.get(endpoint, "/huge")).hasSize(HUGE);
        assertThat(TestIdentity.get(endpoint, "/page")).isEqualTo("hello");
    }

    @Test
    void tls_garbage_stopsNobody() throws Exception {
        open(PATIENT, TestIdentity.ec(warnings::add));
        byte[] hello = TestIdentity.clientHello();
        Random random = new Random(9);
        for (int i = 0; i < MANY; i++) {
            byte[] changed = hello.clone();
            for (int change = 0; change < 3; change++) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            exchangeAndEnd("", i % 2 == 0 ? changed : Arrays.copyOf(changed, random.nextInt(changed.length)));
        }
        assertThat(TestIdentity.get(endpoint, "/page")).isEqualTo("hello");
        awaitNoConnection();
    }
}
