package io.inferwatt.exporters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.report.CallListener;
import io.inferwatt.core.report.disclosure.Disclosure;
import io.inferwatt.exporters.report.RunningJvm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MetricsExporterTest {

    @TempDir
    Path folder;

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final List<Thread> ownThreads = new CopyOnWriteArrayList<>();
    private final List<String> news = new CopyOnWriteArrayList<>();
    private final List<CallListener> listeners = new ArrayList<>();
    private final Snapshots ledger = Snapshots.ofHost(7).call("minilm", "inference", Outcome.OK);

    @Test
    void metrics_overHttp_showSnapshotAndSettledCalls() throws Exception {
        try (MetricsExporter exporter = start("127.0.0.1", 0)) {
            listeners.forEach(listener -> listener.settled(Snapshots.settled("minilm", 0.02)));
            HttpResponse<byte[]> response = get(exporter, "metrics", Map.of());
            Exposition metrics = new Exposition(new String(response.body(), StandardCharsets.UTF_8));

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type"))
                    .hasValue("text/plain; version=0.0.4; charset=utf-8");
            assertThat(metrics.sum("inferwatt_request_energy_joules_sum", "model", "minilm"))
                    .isCloseTo(0.02, within(1e-12));
            assertThat(metrics.sum("inferwatt_request_duration_seconds_sum")).isCloseTo(0.25, within(1e-12));
            assertThat(metrics.sum("inferwatt_requests_total", "outcome", "ok")).isEqualTo(1);
            assertThat(metrics.sum("inferwatt_agent_info", "version", "1.2.3")).isEqualTo(1);
            assertThat(metrics.sum("inferwatt_agent_instrumentation_errors_total"))
                    .isEqualTo(11);
            assertThat(metrics.samples("inferwatt_agent_export_failures_total")).hasSize(1);
        }
        assertThat(warnings).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.7,application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.4"
                        + " | application/openmetrics-text",
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited |"
                        + " text/plain",
                "application/openmetrics-text;version=1.0.0;q=0.3,text/plain;version=0.0.4;q=0.5,*/*;q=0.1 |"
                        + " text/plain",
                "application/openmetrics-text;q=0 | text/plain",
                "text/html,*/*;q=0.8 | text/plain"
            })
    void accept_choosesTheFormat(String accept, String type) throws Exception {
        try (MetricsExporter exporter = start("localhost", 0)) {
            HttpResponse<byte[]> response = get(exporter, "metrics", Map.of("Accept", accept));
            String body = new String(response.body(), StandardCharsets.UTF_8);
            assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith(type);
            assertThat(body.endsWith("# EOF\n")).isEqualTo(type.contains("openmetrics"));
            assertThat(new Exposition(body).sum("inferwatt_requests_total")).isEqualTo(1);
        }
    }

    @Test
    void gzip_whereAccepted_isTheSameBody() throws Exception {
        try (MetricsExporter exporter = start("127.0.0.1", 0)) {
            byte[] plain = get(exporter, "metrics", Map.of()).body();
            HttpResponse<byte[]> response = get(exporter, "metrics", Map.of("Accept-Encoding", "deflate, gzip;q=0.5"));
            assertThat(response.headers().firstValue("Content-Encoding")).hasValue("gzip");
            assertThat(new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes())
                    .isEqualTo(plain);
        }
    }

    @Test
    void otherPaths_healthAndIndex() throws Exception {
        try (MetricsExporter exporter = start("127.0.0.1", 0)) {
            assertThat(get(exporter, "-/healthy", Map.of()).statusCode()).isEqualTo(200);
            assertThat(new String(get(exporter, "", Map.of()).body(), StandardCharsets.UTF_8))
                    .contains("href=\"metrics\"", "href=\"report\"", "href=\"api/v1/report\"", "href=\"report.csv\"");
            assertThat(get(exporter, "api", Map.of()).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void disclosure_isServedForPeopleSpreadsheetsAndPrograms() throws Exception {
        try (MetricsExporter exporter = start("127.0.0.1", 0)) {
            HttpResponse<byte[]> html = get(exporter, "report", Map.of());
            assertThat(html.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
            assertThat(new String(html.body(), StandardCharsets.UTF_8))
                    .startsWith("<!doctype html>")
                    .contains("minilm", "machine-1");
            HttpResponse<byte[]> csv = get(exporter, "report.csv", Map.of());
            assertThat(csv.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8");
            assertThat(new String(csv.body(), StandardCharsets.UTF_8)).contains("energy,minilm/inference,joules,");
            Disclosure disclosure = RunningJvm.read(exporter.address().orElseThrow());
            assertThat(disclosure.about().takenFrom()).isEqualTo("running JVM");
            assertThat(disclosure.models())
                    .singleElement()
                    .satisfies(line -> assertThat(line.joules())
                            .isEqualTo(ledger.now().models().get(0).joulesWithIdle()));
            assertThat(disclosure.factors().findings()).containsExactly("a finding");
            assertThat(disclosure.period().seconds()).isNotNegative();
        }
    }

    @Test
    void takenPort_isOneWarningAndNoEndpoint() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                MetricsExporter exporter = start("127.0.0.1", taken.getLocalPort())) {
            assertThat(exporter.address()).isEmpty();
            assertThat(warnings).singleElement().asString().contains("http.port", "" + taken.getLocalPort(), "in use");
        }
    }

    @Test
    void takenPort_isOpenedWhenItIsFree() throws Exception {
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        try (MetricsExporter exporter = start("127.0.0.1", taken.getLocalPort())) {
            assertThat(listeners).as("nothing is counted for nobody").isEmpty();
            taken.close();
            await(() -> !news.isEmpty());

            assertThat(get(exporter, "metrics", Map.of()).statusCode()).isEqualTo(200);
            assertThat(exporter.address().orElseThrow().getPort()).isEqualTo(taken.getLocalPort());
            assertThat(warnings).singleElement().asString().endsWith("; it is tried again until that works");
            assertThat(news)
                    .containsExactly("http.port: port " + taken.getLocalPort()
                            + " is free now, metrics at http://127.0.0.1:" + taken.getLocalPort() + "/metrics");
            await(() -> ownThreads.stream()
                    .filter(thread -> thread.getName().equals("inferwatt-http-wait"))
                    .noneMatch(Thread::isAlive));
        }
    }

    @Test
    void takenPort_isLeftAloneOnceTheExporterIsClosed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            start("127.0.0.1", taken.getLocalPort()).close();
            assertThat(ownThreads).hasSize(1);
            await(() -> ownThreads.stream().noneMatch(Thread::isAlive));
        }
        assertThat(news).isEmpty();
    }

    private static void await(BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - begin).as("waited").isLessThan(TimeUnit.SECONDS.toNanos(60));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "300.1.1.1", "0", "127.1", ""})
    void hostThatIsNoAddress_isToldInOneLineAndLoopbackTaken(String host) {
        try (MetricsExporter exporter = start(host, 0)) {
            assertThat(exporter.address().orElseThrow().getHost()).isEqualTo("127.0.0.1");
            assertThat(warnings).singleElement().asString().startsWith("http.host: '" + host + "' is not an address");
        }
    }

    @Test
    void addressOfAnotherMachine_isOneWarningAndNoEndpoint() {
        try (MetricsExporter exporter = start("192.0.2.1", 0)) {
            assertThat(exporter.address()).isEmpty();
            assertThat(warnings).last().asString().startsWith("http.port: cannot listen on 192.0.2.1 port 0 (");
        }
    }

    @Test
    void exposure_isToldInOneLineThatSaysWhatIsReadByWhom() throws Exception {
        try (MetricsExporter exporter = start("0.0.0.0", 0)) {
            assertThat(exporter.address().orElseThrow().getHost()).isEqualTo("0.0.0.0");
            assertThat(get(exporter, "metrics", Map.of()).statusCode()).isEqualTo(200);
        }
        assertThat(warnings)
                .containsExactly(
                        "http.host: 0.0.0.0: whoever can connect from other machines can read the energy of this"
                                + " machine, the names and request rates of models, budgets and tenants, and so can"
                                + " whoever sees the traffic; a network policy, or http.auth.token_file with"
                                + " http.tls.certificate, limits that");
    }

    @Test
    void exposure_withTokensAlone_tellsThatTheyTravelInPlain() throws Exception {
        Path tokens = secret("0123456789abcdef");
        InferwattConfig.Http http = http("0.0.0.0", Optional.empty(), Optional.of(tokens));
        try (MetricsExporter exporter = start(config(http))) {
            assertThat(get(exporter, "metrics", Map.of()).statusCode()).isEqualTo(401);
            assertThat(get(exporter, "-/healthy", Map.of()).statusCode()).isEqualTo(200);
            assertThat(get(exporter, "metrics", Map.of("Authorization", "Bearer 0123456789abcdef"))
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("http.host: 0.0.0.0: passwords and tokens travel without TLS");
    }

    @Test
    void secretsThatCannotBeUsed_areOneLineAndNoEndpoint_notEvenOnLoopback() throws IOException {
        Path none = folder.resolve("none");
        try (MetricsExporter exporter = start(config(http("127.0.0.1", Optional.empty(), Optional.of(none))))) {
            assertThat(exporter.address()).isEmpty();
        }
        try (MetricsExporter exporter = start(config(http("0.0.0.0", Optional.of(none), Optional.empty())))) {
            assertThat(exporter.address()).isEmpty();
        }
        assertThat(warnings)
                .containsExactly(
                        "http.auth.token_file: " + none
                                + " does not exist; no endpoint is opened, so no metrics are served",
                        "http.tls: http.tls.key is not set; allowed: both http.tls.certificate and http.tls.key, or"
                                + " neither; no endpoint is opened, so no metrics are served");
    }

    private Path secret(String line) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), line);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private static InferwattConfig.Http http(String host, Optional<Path> certificate, Optional<Path> tokens) {
        return new InferwattConfig.Http(
                true, host, 0, List.of(), certificate, Optional.empty(), Optional.empty(), tokens);
    }

    @Test
    void startThatFailsAfterThePortIsOpen_leavesNothingOpen() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
        }
        List<Thread> threads = new CopyOnWriteArrayList<>();
        try (MetricsExporter exporter = MetricsExporter.start(
                ledger::now,
                List::of,
                listener -> {
                    throw new IllegalStateException("no more listeners");
                },
                registry(),
                threads::add,
                config(true, "127.0.0.1", port),
                figures(),
                warnings::add,
                news::add)) {
            assertThat(exporter.address()).isEmpty();
            new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1")).close();
            assertThat(threads).noneMatch(Thread::isAlive);
        }
        assertThat(warnings)
                .containsExactly("http.enabled: the endpoint failed to start (java.lang.IllegalStateException: no more"
                        + " listeners); no metrics are served");
    }

    @Test
    void disclosure_isCompressedWhereAccepted() throws Exception {
        try (MetricsExporter exporter = start("127.0.0.1", 0)) {
            for (String path : List.of("report", "report.csv", "api/v1/report")) {
                HttpResponse<byte[]> response = get(exporter, path, Map.of("Accept-Encoding", "gzip"));
                assertThat(response.headers().firstValue("Content-Encoding")).hasValue("gzip");
                assertThat(new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes())
                        .asString(StandardCharsets.UTF_8)
                        .contains("minilm");
            }
        }
    }

    @Test
    void disabled_opensNothingAndListensToNothing() {
        InferwattConfig config = config(false, "127.0.0.1", 0);
        try (MetricsExporter exporter = MetricsExporter.start(
                ledger::now,
                List::of,
                listeners::add,
                registry(),
                ownThreads::add,
                config,
                figures(),
                warnings::add,
                news::add)) {
            assertThat(exporter.address()).isEmpty();
            assertThat(listeners).isEmpty();
            assertThat(warnings).isEmpty();
        }
    }

    @Test
    void portOutOfRange_isOneWarning() {
        try (MetricsExporter exporter = start("127.0.0.1", 70_000)) {
            assertThat(exporter.address()).isEmpty();
            assertThat(warnings).hasSize(1);
        }
    }

    private MetricsExporter start(String host, int port) {
        return start(config(true, host, port));
    }

    private MetricsExporter start(InferwattConfig config) {
        return MetricsExporter.start(
                ledger::now,
                () -> List.of("a finding"),
                listeners::add,
                registry(),
                ownThreads::add,
                config,
                figures(),
                warnings::add,
                news::add);
    }

    private PrivateRegistry registry() {
        return new PrivateRegistry(ledger::now, listeners::add, 16, figures());
    }

    private static AgentFigures figures() {
        return new AgentFigures("1.2.3", "machine-1", () -> 11, Map.of());
    }

    private static InferwattConfig config(boolean enabled, String host, int port) {
        return config(new InferwattConfig.Http(enabled, host, port));
    }

    private static InferwattConfig config(InferwattConfig.Http http) {
        InferwattConfig defaults = InferwattConfig.DEFAULTS;
        return new InferwattConfig(
                true,
                "",
                defaults.log(),
                http,
                defaults.energy(),
                defaults.sampling(),
                defaults.attribution(),
                defaults.carbon(),
                defaults.facility(),
                defaults.embodied(),
                defaults.training(),
                defaults.tenants(),
                defaults.budgets(),
                defaults.records(),
                defaults.exports(),
                defaults.maxCallDuration(),
                defaults.maxModels(),
                defaults.remote(),
                defaults.methods(),
                Map.of());
    }

    private static HttpResponse<byte[]> get(MetricsExporter exporter, String path, Map<String, String> headers)
            throws IOException, InterruptedException {
        URI address = exporter.address().orElseThrow().resolve("/" + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        headers.forEach(request::header);
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
