package io.inferwatt.it.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.it.app.Echo;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Answers;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import io.inferwatt.it.jvm.SelfSigned;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The endpoint of the packaged agent, open to other machines and to clients that mean ill. */
@Timeout(180)
class EndpointIT {

    private static final String TOKEN = "8d3a6f0b4c1e95720f6a";
    private static final int BAD_CLIENTS = 1000;

    @TempDir
    Path folder;

    private Path certificate;
    private Path key;
    private Path tokens;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    @BeforeEach
    void makeSecrets() throws Exception {
        SelfSigned made = SelfSigned.in(folder);
        certificate = made.certificate();
        key = made.key();
        tokens = SelfSigned.secret(folder, "tokens", TOKEN + "\n");
    }

    private HttpClient client() throws Exception {
        Certificate own = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(certificate)));
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("endpoint", own);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private AgentRun exposed(Path java, String host) throws IOException {
        return Launch.of(java)
                .agent(
                        "http.port=0",
                        "http.host=" + host,
                        "http.tls.certificate=" + certificate,
                        "http.tls.key=" + key,
                        "http.auth.token_file=" + tokens)
                .main(Echo.class);
    }

    private static URI at(String start, String path) {
        int colon = start.lastIndexOf(':');
        return URI.create("https://localhost" + start.substring(colon, start.lastIndexOf('/')) + path);
    }

    private static HttpResponse<String> get(HttpClient client, URI page, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(page);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @MethodSource("javas")
    void exposedWithTlsAndToken_isReadByThoseWhoHaveBoth_withoutAWordInTheLog(Path java) throws Exception {
        try (AgentRun run = exposed(java, "0.0.0.0")) {
            String start = run.awaitErr("metrics at https://0.0.0.0:");
            HttpClient client = client();
            HttpResponse<String> unknown = get(client, at(start, "/metrics"));
            assertThat(unknown.statusCode()).isEqualTo(401);
            assertThat(unknown.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"metrics\"");
            assertThat(unknown.body()).doesNotContain("inferwatt");
            assertThat(get(client, at(start, "/metrics"), "Authorization", "Bearer " + TOKEN.substring(1))
                            .statusCode())
                    .isEqualTo(401);
            assertThat(get(client, at(start, "/-/healthy")).statusCode()).isEqualTo(200);
            HttpResponse<String> known = get(client, at(start, "/metrics"), "Authorization", "Bearer " + TOKEN);
            assertThat(known.statusCode()).isEqualTo(200);
            assertThat(new MetricsPage(known.body()).lines("inferwatt_agent_info"))
                    .hasSize(1);
            assertThatThrownBy(() -> get(HttpClient.newHttpClient(), at(start, "/-/healthy")))
                    .as("a client that does not trust the certificate")
                    .isInstanceOf(SSLException.class);
            Answers.assertUnchanged(run, start);
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void badClients_stopNoScraper_andTheApplicationEndsAsEver(Path java) throws Exception {
        List<Socket> bad = new ArrayList<>();
        try (AgentRun run = exposed(java, "127.0.0.1")) {
            String start = run.awaitErr("metrics at https://127.0.0.1:");
            HttpClient client = client();
            for (int i = 0; i < BAD_CLIENTS; i++) {
                Socket socket = new Socket("127.0.0.1", at(start, "/").getPort());
                bad.add(socket);
                socket.getOutputStream().write(i % 2 == 0 ? new byte[] {22, 3, 1, 1, 0} : new byte[] {'G', 'E', 'T'});
                if (i % 200 == 199) {
                    assertThat(get(client, at(start, "/metrics"), "Authorization", "Bearer " + TOKEN)
                                    .statusCode())
                            .isEqualTo(200);
                }
            }
            Answers.assertUnchanged(run, start);
        } finally {
            for (Socket socket : bad) {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void secretsThatCannotBeUsed_openNothing(Path java) throws Exception {
        Files.writeString(key, "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n");
        int port = freePort();
        try (AgentRun run = Launch.of(java)
                .agent(
                        "http.port=" + port,
                        "http.host=0.0.0.0",
                        "http.tls.certificate=" + certificate,
                        "http.tls.key=" + key)
                .main(Echo.class)) {
            String start = run.awaitErr("is metering");
            assertThat(start).endsWith(", no endpoint");
            assertThatThrownBy(() -> new Socket("127.0.0.1", port).close()).isInstanceOf(IOException.class);
            Answers.assertUnchanged(
                    run,
                    "inferwatt: WARN http.tls.key: " + key
                            + " holds an encrypted key, and there is nobody to ask for its password; allowed: a"
                            + " private key of kind RSA or EC in PEM, not encrypted; no endpoint is opened, so no"
                            + " metrics are served",
                    start);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void exposedWithoutBoth_isToldInOneLine(Path java) throws Exception {
        try (AgentRun run =
                Launch.of(java).agent("http.port=0", "http.host=0.0.0.0").main(Echo.class)) {
            String start = run.awaitErr("metrics at http://0.0.0.0:");
            Answers.assertUnchanged(
                    run,
                    "inferwatt: WARN http.host: 0.0.0.0: whoever can connect from other machines can read the energy of"
                            + " this machine, the names and request rates of models, budgets and tenants, and so can"
                            + " whoever sees the traffic; a network policy, or http.auth.token_file with"
                            + " http.tls.certificate, limits that",
                    start);
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void passwordCommand_printsOneLineForItsFile(Path java) throws Exception {
        try (AgentRun run = AgentRun.java(java, "-jar", AgentRun.JAR.toString(), "password", "prometheus")) {
            run.say("a good password");
            run.awaitEnd();
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).singleElement().asString().startsWith("prometheus:$pbkdf2-sha256$600000$");
            assertThat(run.err()).isEmpty();
        }
    }
}
