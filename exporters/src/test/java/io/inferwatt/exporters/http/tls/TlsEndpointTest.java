package io.inferwatt.exporters.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.exporters.http.HttpEndpoint;
import io.inferwatt.exporters.http.Opening;
import io.inferwatt.exporters.http.Page;
import io.inferwatt.exporters.http.secrets.BadSecretException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TlsEndpointTest {

    private static final byte[] LARGE = "0123456789abcdef".repeat(20_000).getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private Path certificate;
    private Path key;
    private HttpEndpoint endpoint;

    @BeforeEach
    void open() throws Exception {
        certificate = folder.resolve("tls.crt");
        key = folder.resolve("tls.key");
        use("ec");
        endpoint = HttpEndpoint.start(
                new Opening(InetAddress.getByName("127.0.0.1"), 0, List.of(), identity(), Optional.empty()),
                Map.of(
                        "/page",
                        wish -> Page.Answer.text(200, "hello"),
                        "/large",
                        wish -> new Page.Answer(200, "text/plain", LARGE, false)),
                thread -> {},
                warnings::add);
    }

    @AfterEach
    void close() {
        endpoint.close();
    }

    private void use(String kind) throws IOException {
        TestIdentity.replace(certificate, kind + "-certificate.pem");
        TestIdentity.replace(key, kind + "-key.pem");
    }

    private Optional<TlsIdentity> identity() throws BadSecretException {
        return TlsIdentity.of(Optional.of(certificate), Optional.of(key), warnings::add, nanos::get);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void pages_areServedWithBothVersions(String protocol) throws Exception {
        try (SSLSocket socket = TestIdentity.socket(endpoint, protocol)) {
            assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
            assertThat(socket.getSession().getCipherSuite()).matches("TLS_(AES|CHACHA20|ECDHE)_.*");
            assertThat(TestIdentity.ask(socket, "/large")).endsWith(new String(LARGE, StandardCharsets.US_ASCII));
        }
        assertThat(endpoint.address().getScheme()).isEqualTo("https");
    }

    @Test
    void olderVersions_areRefused() {
        assertThatThrownBy(() -> TestIdentity.socket(endpoint, "TLSv1.1").close())
                .isInstanceOf(IOException.class);
    }

    @Test
    void requestsOnOneConnection_areAnsweredInTurn() throws Exception {
        try (SSLSocket socket = TestIdentity.socket(endpoint)) {
            String twice = "GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(2);
            socket.getOutputStream().write(twice.getBytes(StandardCharsets.US_ASCII));
            assertThat(TestIdentity.ask(socket, "/page").split("HTTP/1.1 200", -1))
                    .hasSize(4);
        }
    }

    /** The JDK's client asks for HTTP/2 first and keeps its connections. */
    @Test
    void clientOfTheJdk_readsManyPages() throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(TestIdentity.trusting("ec-certificate.pem"))
                .build();
        URI page = URI.create("https://localhost:" + endpoint.address().getPort() + "/large");
        for (int i = 0; i < 20; i++) {
            HttpResponse<byte[]> answer =
                    client.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.body()).isEqualTo(LARGE);
        }
    }

    @Test
    void session_isEndedByTheEndpoint_soThatNobodyCanCutAnAnswerUnnoticed() throws Exception {
        try (SSLSocket socket = TestIdentity.socket(endpoint)) {
            assertThat(TestIdentity.ask(socket, "/page")).endsWith("hello"); // a missing end would be an exception
        }
    }

    @Test
    void refusal_reachesAClientThatHasSentABody() throws Exception {
        try (SSLSocket socket = TestIdentity.socket(endpoint)) {
            String post =
                    "POST /page HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n" + "x".repeat(60_000);
            socket.getOutputStream().write(post.getBytes(StandardCharsets.US_ASCII));
            byte[] begin = socket.getInputStream().readNBytes(12);
            assertThat(new String(begin, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void plainText_getsNoPage() throws Exception {
        try (Socket plain = new Socket("127.0.0.1", endpoint.address().getPort())) {
            plain.setSoTimeout(30_000);
            assertThat(TestIdentity.ask(plain, "/page")).doesNotContain("hello", "HTTP/");
        } catch (java.net.SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    @Test
    void filesThatChange_areTakenOver_brokenOnesAreNot() throws Exception {
        assertThat(served()).isEqualTo("EC");
        use("rsa");
        assertThat(served()).as("no look at the files before it is time").isEqualTo("EC");
        awaitServed("RSA");
        TestIdentity.replace(key, "ec-key.pem");
        later();
        awaitWarning("is not that of the certificate in");
        assertThat(served()).isEqualTo("RSA");
        later();
        assertThat(served()).isEqualTo("RSA");
        TestIdentity.replace(certificate, "ec-certificate.pem");
        awaitServed("EC");
        assertThat(warnings.stream().filter(line -> line.contains("stays in force")))
                .hasSize(1);
    }

    private void later() {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(6));
    }

    private String served() throws Exception {
        try (SSLSocket socket = TestIdentity.socket(endpoint)) {
            X509Certificate own = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return own.getPublicKey().getAlgorithm();
        }
    }

    /** The look at the files is made beside the connection that finds it due. */
    private void awaitServed(String kind) throws Exception {
        long begin = System.nanoTime();
        String now = "";
        while (!now.equals(kind)) {
            assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(30));
            later();
            now = served();
        }
    }

    private void awaitWarning(String text) throws Exception {
        long begin = System.nanoTime();
        while (warnings.stream().noneMatch(line -> line.contains(text))) {
            assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(30));
            served();
        }
    }

    @Test
    void oneFileWithoutTheOther_isRefused() {
        assertThatThrownBy(() -> TlsIdentity.of(Optional.of(certificate), Optional.empty(), warnings::add))
                .isInstanceOf(BadSecretException.class)
                .hasMessage(
                        "http.tls: http.tls.key is not set; allowed: both http.tls.certificate and http.tls.key, or neither");
        assertThatThrownBy(() -> TlsIdentity.of(Optional.empty(), Optional.of(key), warnings::add))
                .hasMessageContaining("http.tls.certificate is not set");
    }

    @Test
    void certificateOutOfDate_isUsedAndTold() throws Exception {
        use("old");
        assertThat(identity()).isPresent();
        assertThat(warnings)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("http.tls.certificate: the certificate in " + certificate
                                + " is not valid now (NotAfter: ")
                        .endsWith("; it is used, and clients will refuse it"));
    }

    @Test
    void keyThatEveryUserCanRead_isTold() throws Exception {
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        identity();
        assertThat(warnings).isEmpty();
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        identity();
        assertThat(warnings)
                .containsExactly("http.tls.key: " + key
                        + " can be read by every user of this machine; it is used as it is; chmod o-r ends that");
    }

    @Test
    void strangers_cannotReadWithoutTheCertificatesTrust() {
        assertThatThrownBy(() -> TestIdentity.socket(TestIdentity.trusting("rsa-certificate.pem"), endpoint)
                        .close())
                .isInstanceOf(SSLException.class);
    }
}
