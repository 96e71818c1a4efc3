package io.inferwatt.exporters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpEndpointTest {

    private static final int HUGE = 64 << 20;

    private final List<Socket> clients = new ArrayList<>();
    private final List<Thread> ownThreads = new CopyOnWriteArrayList<>();
    private HttpEndpoint endpoint;

    @BeforeEach
    void open() throws IOException {
        endpoint = HttpEndpoint.start(
                InetAddress.getByName("127.0.0.1"),
                0,
                Map.of(
                        "/page",
                        wish -> Page.Answer.text(200, "hello"),
                        "/huge",
                        wish -> new Page.Answer(200, "application/octet-stream", new byte[HUGE], false),
                        "/broken",
                        wish -> {
                            throw new IllegalStateException("no luck");
                        }),
                new RequestWorkers(new RequestWorkers.Patience(60_000, 100, 500, 50), ownThreads::add));
    }

    @Test
    void threadsThatServe_areMadeKnown() throws IOException {
        ask("GET /page HTTP/1.1", "Host: localhost");
        assertThat(ownThreads)
                .isNotEmpty()
                .allSatisfy(thread -> assertThat(thread.isDaemon()).isTrue());
    }

    @AfterEach
    void close() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        endpoint.close();
    }

    @Test
    void get_ofAPage_isAnswered() throws IOException {
        assertThat(ask("GET /page HTTP/1.1", "Host: 127.0.0.1:9465"))
                .startsWith("HTTP/1.1 200")
                .contains("Cache-control: no-store")
                .endsWith("hello");
    }

    @Test
    void head_ofAPage_hasItsLengthAndNoBody() throws IOException {
        assertThat(ask("HEAD /page HTTP/1.1", "Host: localhost"))
                .startsWith("HTTP/1.1 200")
                .contains("Content-length: 5")
                .endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
    void otherMethods_areRefused(String method) throws IOException {
        assertThat(ask(method + " /page HTTP/1.1", "Host: localhost", "Content-Length: 0"))
                .startsWith("HTTP/1.1 405")
                .contains("Allow: GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/page/", "/page/..", "//page", "/%70age/x"})
    void unknownPath_isNotFound(String path) throws IOException {
        assertThat(ask("GET " + path + " HTTP/1.1", "Host: localhost")).startsWith("HTTP/1.1 404");
    }

    @Test
    void failingPage_isAnErrorAndNotTheEnd() throws IOException {
        assertThat(ask("GET /broken HTTP/1.1", "Host: localhost"))
                .startsWith("HTTP/1.1 500")
                .contains("no luck");
        assertThat(ask("GET /page HTTP/1.1", "Host: localhost")).endsWith("hello");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:9465, 200",
        "127.5.0.9, 200",
        "localhost, 200",
        "LOCALHOST:80, 200",
        "[::1]:9465, 200",
        "[::1], 200",
        "evil.example, 421",
        "127.0.0.1.evil.example:9465, 421",
        "localhost.evil.example, 421",
        "10.0.0.1:9465, 421",
        "127.0.0.999, 421",
        "evil.example:80@localhost, 421",
        "localhost:80@evil.example, 421"
    })
    void hostHeader_mustBeALoopbackName(String host, int status) throws IOException {
        assertThat(ask("GET /page HTTP/1.1", "Host: " + host)).startsWith("HTTP/1.1 " + status);
    }

    @Test
    void hostHeader_missingOrTwice_isRefusedExceptFromHttp10() throws IOException {
        assertThat(ask("GET /page HTTP/1.1")).startsWith("HTTP/1.1 400");
        assertThat(ask("GET /page HTTP/1.1", "Host: localhost", "Host: localhost"))
                .startsWith("HTTP/1.1 400");
        assertThat(ask("GET /page HTTP/1.0")).startsWith("HTTP/1.1 200");
    }

    @Test
    void absoluteRequestTarget_isRefused() throws IOException {
        assertThat(ask("GET http://evil.example/page HTTP/1.1", "Host: localhost"))
                .startsWith("HTTP/1.1 421");
    }

    @Test
    void moreHalfSentRequestsThanWorkers_doNotStopOthers() throws IOException {
        for (int i = 0; i < 12; i++) {
            send(i % 2 == 0 ? "GET /pa" : "GET /page HTTP/1.1\r\nHost: loc");
        }
        assertThat(ask("GET /page HTTP/1.1", "Host: localhost")).endsWith("hello");
    }

    @Test
    void moreHalfSentRequestsThanTheQueueHolds_onlyDelayOthers() throws IOException {
        for (int i = 0; i < 100; i++) {
            send("GET /pa");
        }
        String answer = "";
        while (answer.isEmpty()) {
            answer = ask("GET /page HTTP/1.1", "Host: localhost");
        }
        assertThat(answer).endsWith("hello");
    }

    @Test
    void clientsThatNeverReadTheirAnswer_doNotStopOthers() throws IOException {
        for (int i = 0; i < 4; i++) {
            send("GET /huge HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }
        assertThat(ask("GET /page HTTP/1.1", "Host: localhost")).endsWith("hello");
    }

    @Test
    void bodiesThatNeverCome_doNotStopOthers() throws IOException {
        for (int i = 0; i < 4; i++) {
            send("GET /page HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n");
        }
        assertThat(ask("GET /page HTTP/1.1", "Host: localhost")).endsWith("hello");
    }

    @Test
    void silentConnections_needNoWorker() throws IOException {
        for (int i = 0; i < 50; i++) {
            send("");
        }
        assertThat(ask("GET /page HTTP/1.1", "Host: localhost")).endsWith("hello");
    }

    @Test
    void allThreads_areDaemons() throws IOException {
        ask("GET /page HTTP/1.1", "Host: localhost");
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("HTTP-Dispatcher")
                        || thread.getName().startsWith("inferwatt-http"))
                .hasSizeGreaterThanOrEqualTo(2)
                .allMatch(Thread::isDaemon);
    }

    @Test
    void close_freesThePort() throws IOException {
        int port = endpoint.address().getPort();
        endpoint.close();
        try (ServerSocket again = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(again.getLocalPort()).isEqualTo(port);
        }
    }

    @Test
    void start_onATakenPort_throws() throws IOException {
        int port = endpoint.address().getPort();
        assertThatThrownBy(
                        () -> HttpEndpoint.start(InetAddress.getByName("127.0.0.1"), port, Map.of(), ownThreads::add))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in use");
    }

    @Test
    void start_beyondLoopback_throws() {
        assertThatThrownBy(() -> HttpEndpoint.start(InetAddress.getByName("0.0.0.0"), 0, Map.of(), ownThreads::add))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("loopback");
    }

    private Socket send(String bytes) throws IOException {
        Socket client = new Socket("127.0.0.1", endpoint.address().getPort());
        clients.add(client);
        client.setSoTimeout(20_000);
        client.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        return client;
    }

    private String ask(String... lines) throws IOException {
        try (Socket client = send(String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n")) {
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (java.net.SocketException reset) {
            return "";
        }
    }
}
