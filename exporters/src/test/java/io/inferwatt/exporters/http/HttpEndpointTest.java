package io.inferwatt.exporters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpEndpointTest {

    private final List<Thread> ownThreads = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private HttpEndpoint endpoint;
    private RawClients clients;

    @BeforeEach
    void open() throws IOException {
        endpoint = start(Opening.plain(InetAddress.getByName("127.0.0.1"), 0));
        clients = new RawClients(endpoint);
    }

    private HttpEndpoint start(Opening opening) throws IOException {
        return HttpEndpoint.start(
                opening,
                Map.of(
                        "/page",
                        wish -> Page.Answer.text(200, "hello"),
                        "/wish",
                        wish -> new Page.Answer(
                                200, "text/html", wish.toString().getBytes(StandardCharsets.UTF_8), wish.gzip()),
                        "/-/healthy",
                        wish -> Page.Answer.text(200, "ok"),
                        "/torn",
                        wish -> new Page.Answer(200, null, new byte[0], false),
                        "/broken",
                        wish -> {
                            throw new IllegalStateException("no luck");
                        }),
                ownThreads::add,
                warnings::add);
    }

    /** It fails where the answer is put into bytes, on the one thread for all connections. */
    @Test
    void answerThatCannotBePutIntoBytes_costsItsClientAlone() throws IOException {
        assertThat(clients.get("/torn")).isEmpty();
        assertThat(clients.get("/page")).endsWith("hello");
        assertThat(clients.get("/torn")).isEmpty();
        assertThat(clients.get("/page")).endsWith("hello");
    }

    @Test
    void threadsThatServe_areMadeKnown() throws IOException {
        clients.ask("GET /page HTTP/1.1", "Host: localhost");
        assertThat(ownThreads)
                .isNotEmpty()
                .allSatisfy(thread -> assertThat(thread.isDaemon()).isTrue());
    }

    @AfterEach
    void close() throws IOException {
        clients.close();
        endpoint.close();
    }

    @Test
    void get_ofAPage_isAnswered() throws IOException {
        assertThat(clients.ask("GET /page HTTP/1.1", "Host: 127.0.0.1:9465"))
                .startsWith("HTTP/1.1 200")
                .contains("Cache-Control: no-store")
                .endsWith("hello");
    }

    @Test
    void head_ofAPage_hasItsLengthAndNoBody() throws IOException {
        assertThat(clients.ask("HEAD /page HTTP/1.1", "Host: localhost"))
                .startsWith("HTTP/1.1 200")
                .contains("Content-Length: 5")
                .endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
    void otherMethods_areRefused(String method) throws IOException {
        assertThat(clients.ask(method + " /page HTTP/1.1", "Host: localhost", "Content-Length: 0"))
                .startsWith("HTTP/1.1 405")
                .contains("Allow: GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/page/", "/page/..", "//page", "/%70age/x"})
    void unknownPath_isNotFound(String path) throws IOException {
        assertThat(clients.ask("GET " + path + " HTTP/1.1", "Host: localhost")).startsWith("HTTP/1.1 404");
    }

    @Test
    void failingPage_isAnErrorAndNotTheEnd() throws IOException {
        assertThat(clients.ask("GET /broken HTTP/1.1", "Host: localhost"))
                .startsWith("HTTP/1.1 500")
                .contains("no luck");
        assertThat(clients.ask("GET /page HTTP/1.1", "Host: localhost")).endsWith("hello");
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
        assertThat(clients.ask("GET /page HTTP/1.1", "Host: " + host)).startsWith("HTTP/1.1 " + status);
    }

    @Test
    void hostHeader_missingOrTwice_isRefusedExceptFromHttp10() throws IOException {
        assertThat(clients.ask("GET /page HTTP/1.1")).startsWith("HTTP/1.1 400");
        assertThat(clients.ask("GET /page HTTP/1.1", "Host: localhost", "Host: localhost"))
                .startsWith("HTTP/1.1 400");
        assertThat(clients.ask("GET /page HTTP/1.0")).startsWith("HTTP/1.1 200");
    }

    @Test
    void absoluteRequestTarget_isRefused() throws IOException {
        assertThat(clients.ask("GET http://evil.example/page HTTP/1.1", "Host: localhost"))
                .startsWith("HTTP/1.1 421");
    }

    @Test
    void allThreads_areDaemons_andFew() throws IOException {
        for (int i = 0; i < 20; i++) {
            clients.get("/page");
        }
        assertThat(ownThreads).hasSizeBetween(2, 3).allSatisfy(thread -> {
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getContextClassLoader()).isSameAs(HttpEndpoint.class.getClassLoader());
        });
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("inferwatt-http"))
                .allMatch(Thread::isDaemon);
    }

    @Test
    void close_freesThePort() throws IOException {
        int port = endpoint.address().getPort();
        clients.send("GET /pa");
        endpoint.close();
        try (ServerSocket again = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(again.getLocalPort()).isEqualTo(port);
        }
        endpoint.close();
    }

    @Test
    void start_onATakenPort_throws() {
        int port = endpoint.address().getPort();
        assertThatThrownBy(() -> start(Opening.plain(InetAddress.getByName("127.0.0.1"), port)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in use");
    }

    @Test
    void start_onAnAddressOfAnotherMachine_throws() {
        assertThatThrownBy(() -> start(Opening.plain(InetAddress.getByName("192.0.2.1"), 0)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void failingPage_tellsTheLogOnce_andBeyondLoopbackTellsClientsNothing() throws IOException {
        try (HttpEndpoint exposed = start(Opening.plain(InetAddress.getByName("0.0.0.0"), 0));
                RawClients strangers = new RawClients(exposed)) {
            assertThat(strangers.get("/broken")).startsWith("HTTP/1.1 500").endsWith("this page failed\n");
            assertThat(strangers.get("/broken")).startsWith("HTTP/1.1 500");
        }
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("/broken failed (java.lang.IllegalStateException: no luck)");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:9465, 200",
        "10.1.2.3:9465, 200",
        "[2001:db8::7]:9465, 200",
        "metrics.shop.example, 200",
        "METRICS.shop.example:9465, 200",
        "shop.example, 421",
        "evil.example, 421",
        "10.1.2.3.evil.example, 421",
        "2001:db8::7, 421",
        "[evil.example], 421",
        "10.1.2.256, 421",
        "10.1.2.3:, 421",
        "10.1.2.3:123456, 421"
    })
    void hostHeader_beyondLoopback_isAnAddressOrANameThatIsSet(String host, int status) throws IOException {
        Opening opening = new Opening(
                InetAddress.getByName("0.0.0.0"),
                0,
                List.of("metrics.Shop.example"),
                Optional.empty(),
                Optional.empty());
        try (HttpEndpoint exposed = start(opening);
                RawClients strangers = new RawClients(exposed)) {
            assertThat(strangers.ask("GET /page HTTP/1.1", "Host: " + host)).startsWith("HTTP/1.1 " + status);
        }
    }

    @Test
    void answers_carryWhatKeepsBrowsersFromMisuse() throws IOException {
        assertThat(clients.get("/page"))
                .contains(
                        "\r\nX-Content-Type-Options: nosniff\r\n",
                        "\r\nReferrer-Policy: no-referrer\r\n",
                        "\r\nCross-Origin-Resource-Policy: same-origin\r\n",
                        " GMT\r\n")
                .doesNotContain("Content-Security-Policy", "Server:");
        assertThat(clients.get("/wish"))
                .contains("\r\n"
                        + "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'"
                        + " 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none';"
                        + " form-action 'none'; frame-ancestors 'none'\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "gzip, true",
        "'deflate, gzip;q=0.5', true",
        "GZIP, true",
        "gzip;q=0, false",
        "gzip;q=0.000, false",
        "identity, false",
        "xgzip, false"
    })
    void wish_isReadFromTheHeaders(String encoding, boolean gzip) throws IOException {
        String answer = clients.ask(
                "GET /wish HTTP/1.1", "Host: localhost", "Accept: a/b", "accept: c/d", "Accept-Encoding: " + encoding);
        assertThat(answer).endsWith("Wish[accept=a/b,c/d, gzip=" + gzip + "]");
        assertThat(answer.contains("Content-Encoding: gzip")).isEqualTo(gzip);
    }

    @Test
    void requestsOnOneConnection_areAnsweredInTurn() throws IOException {
        String answers = clients.exchange("GET /page HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(50)
                + "HEAD /page HTTP/1.1\r\nHost: localhost\r\n\r\n"
                + "GET /page?now HTTP/1.1\r\nHost: localhost\r\nConnection: x, Close\r\n\r\n"
                + "GET /broken HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(53);
        assertThat(answers).endsWith("hello").doesNotContain("500");
        assertThat(answers.split("hello", -1)).hasSize(52);
    }

    @Test
    void oldHttp_isAnsweredAndTheConnectionClosed() throws IOException {
        assertThat(clients.exchange("GET /page HTTP/1.0\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .contains("Connection: close")
                .endsWith("hello");
    }

    @Test
    void refusal_reachesAClientThatHasSentABody() throws IOException {
        assertThat(clients.exchange(
                        "POST /page HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50000\r\n\r\n" + "x".repeat(50_000)))
                .startsWith("HTTP/1.1 413")
                .endsWith("no request body is taken\n");
    }

    @Test
    void javaWithoutFurtherModules_servesPages() throws Exception {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--limit-modules",
                        "java.base",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Alone.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(java.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(output).startsWith("HTTP/1.1 200").endsWith("hello");
    }

    /** Run by the test above in a Java with the smallest of modules alone. */
    static final class Alone {

        public static void main(String[] arguments) throws IOException {
            try (HttpEndpoint endpoint = HttpEndpoint.start(
                            Opening.plain(InetAddress.getByName("127.0.0.1"), 0),
                            Map.of("/page", wish -> Page.Answer.text(200, "hello")),
                            thread -> {},
                            System.out::println);
                    RawClients clients = new RawClients(endpoint)) {
                System.out.print(clients.get("/page"));
            }
        }
    }
}
