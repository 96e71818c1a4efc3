package io.inferwatt.it.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import io.inferwatt.core.facade.MeteredCall;
import io.inferwatt.it.app.BatchJob;
import io.inferwatt.it.app.SwitchedLoad;
import io.inferwatt.it.demo.MetricsText;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import io.inferwatt.it.live.FakeZone;
import io.inferwatt.it.servers.Prometheus;
import io.inferwatt.it.servers.PrometheusConfig;
import io.inferwatt.it.servers.Pushgateway;
import io.inferwatt.it.servers.RealServer;
import io.inferwatt.it.servers.Series;
import io.inferwatt.it.servers.Servers;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packaged agent pushes to real servers, and what they have is what the agent knows. */
class PushIT {

    private static final int CALLS = 40;
    private static final String ONE_SECOND = "1";
    private static final String OTLP_REGISTRY = "io.micrometer.registry.otlp.";
    private static final String PROTOBUF = "com.google.protobuf.";

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    private Path counters() throws IOException {
        return Files.createDirectories(folder.resolve("powercap"));
    }

    private Launch application(Path java, String... settings) throws IOException {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("energy.powercap.root=" + counters());
        return Launch.of(java).classPath(Launch.whereIs(MeteredCall.class)).agent(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("javas")
    void batchJobOfASecond_leavesItsTotalsInAPushgateway(Path java) throws Exception {
        Servers.assumeInstalled(RealServer.PUSHGATEWAY, RealServer.PROMETHEUS);
        FakeZone zone = FakeZone.in(counters());
        try (FakeZone.Load load = zone.load();
                Pushgateway gateway = Pushgateway.start(folder.resolve("gateway"))) {
            for (int night = 1; night <= 2; night++) {
                try (AgentRun run = application(
                                java,
                                "http.enabled=false",
                                "service.name=night/ly",
                                "export.pushgateway.url=" + gateway.address(),
                                "export.pushgateway.interval=24h",
                                "export.pushgateway.grouping=instance=night-" + night)
                        .main(BatchJob.class, "scorer", String.valueOf(CALLS), ONE_SECOND)) {
                    assertThat(run.exitCode()).isZero();
                    assertThat(run.out()).containsExactly("done");
                    assertThat(run.err()).allMatch(line -> line.contains("is metering"));
                }
            }
            MetricsPage page = new MetricsPage(gateway.metrics());
            assertThat(page.sum("inferwatt_requests_total", "model=\"scorer\"", "instance=\"night-2\""))
                    .isEqualTo(CALLS);
            assertThat(page.sum("inferwatt_requests_total", "model=\"scorer\"", "job=\"night/ly\""))
                    .isEqualTo(2 * CALLS);
            assertThat(page.sum("inferwatt_request_duration_seconds_count", "model=\"scorer\"", "instance=\"night-2\""))
                    .as("calls of the first moments as well")
                    .isEqualTo(CALLS);
            assertThat(page.sum("push_time_seconds", "job=\"night/ly\"")).isPositive();
            assertThat(page.booked("cpu")).isPositive().isCloseTo(page.read("cpu"), within(1e-6));
            assertThat(page.read("cpu")).isLessThanOrEqualTo(2 * load.joules());
            try (Prometheus prometheus = Prometheus.start(
                    folder.resolve("prometheus"),
                    PrometheusConfig.every("1s").scrape("gateway", "honor_labels: true", gateway.address()))) {
                prometheus.await(
                        "both nights",
                        "sum(max_over_time(inferwatt_requests_total{job=\"night/ly\"}[1h]))",
                        sum -> sum.size() == 1 && sum.get(0).value() == 2 * CALLS);
                assertThat(prometheus.sum("sum(max_over_time(inferwatt_energy_joules_total[1h]))"))
                        .isCloseTo(page.sum("inferwatt_energy_joules_total"), within(1e-9));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void deleteOnExit_leavesNothing(Path java) throws Exception {
        Servers.assumeInstalled(RealServer.PUSHGATEWAY);
        try (Pushgateway gateway = Pushgateway.start(folder.resolve("gateway"));
                AgentRun run = application(
                                java,
                                "http.port=0",
                                "export.pushgateway.url=" + gateway.address(),
                                "export.pushgateway.delete_on_exit=true")
                        .main(SwitchedLoad.class, "small")) {
            Endpoint.of(run)
                    .await(
                            "a push",
                            page -> page.sum("inferwatt_agent_exports_total", "exporter=\"pushgateway\"") >= 1);
            assertThat(gateway.groups()).hasSize(1);
            assertThat(run.exitCode()).isZero();
            assertThat(gateway.groups()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void remoteWrite_isInPrometheusWhatThePageShows(Path java) throws Exception {
        Servers.assumeInstalled(RealServer.PROMETHEUS);
        FakeZone zone = FakeZone.in(counters());
        try (FakeZone.Load load = zone.load();
                Prometheus prometheus = Prometheus.start(folder.resolve("prometheus"), PrometheusConfig.every("1s"));
                AgentRun run = application(
                                java,
                                "http.port=0",
                                "service.name=shop",
                                "export.remote_write.url="
                                        + prometheus.address().resolve("/api/v1/write"),
                                "export.remote_write.interval=1s",
                                "export.remote_write.labels=cluster=test")
                        .main(SwitchedLoad.class, "small", "large")) {
            Endpoint endpoint = Endpoint.of(run);
            run.say("on");
            prometheus.await(
                    "calls of both models",
                    "sum by (model) (increase(inferwatt_requests_total{job=\"shop\",cluster=\"test\"}[10s])) > 20",
                    models -> models.size() == 2);
            run.say("off");
            run.awaitOut("off");
            load.end();
            Map<String, Double> page = new TreeMap<>();
            prometheus.await("the figures of the page", "{__name__=~\"inferwatt_.+\",job=\"shop\"}", series -> {
                page.clear();
                for (MetricsText.Sample sample : MetricsText.parse(
                                endpoint.await("a page", any -> true).text())
                        .samples()) {
                    keep(page, sample.name(), sample.labels(), sample.value());
                }
                Map<String, Double> stored = new TreeMap<>();
                for (Series one : series) {
                    keep(stored, one.label("__name__"), one.labels(), one.value());
                }
                return stored.equals(page);
            });
            assertThat(page).hasSizeGreaterThan(60);
            assertThat(page.keySet()).anyMatch(name -> name.startsWith("inferwatt_request_energy_joules_bucket"));
            assertThat(endpoint.read().sum("inferwatt_agent_export_failures_total"))
                    .isZero();
            double requests = prometheus.sum("inferwatt_requests_total");
            assertThat(run.exitCode()).isZero();
            assertThat(prometheus.query("inferwatt_requests_total"))
                    .as("the series have ended")
                    .isEmpty();
            assertThat(prometheus.sum("last_over_time(inferwatt_requests_total[1h])"))
                    .as("calls that settled since are in the last samples")
                    .isGreaterThanOrEqualTo(requests);
            assertThat(prometheus.own("prometheus_tsdb_out_of_order_samples_total"))
                    .isZero();
            assertThat(run.err()).containsExactly(run.awaitErr("is metering"));
        }
    }

    /** Counters of the meter itself never stand still. */
    private static void keep(Map<String, Double> counters, String name, Map<String, String> labels, double value) {
        boolean counter =
                name.endsWith("_total") || name.endsWith("_sum") || name.endsWith("_count") || name.endsWith("_bucket");
        boolean still = List.of("inferwatt_agent_", "inferwatt_sampler_", "inferwatt_meter_").stream()
                .noneMatch(name::startsWith);
        if (counter && still) {
            Map<String, String> own = new TreeMap<>(labels);
            own.keySet().removeAll(Set.of("__name__", "job", "instance", "cluster"));
            counters.put(name + own, value);
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void otlp_isDecodedByTheOfficialSchema(Path java) throws Exception {
        List<byte[]> bodies = new CopyOnWriteArrayList<>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/v1/metrics", exchange -> {
            bodies.add(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
        FakeZone zone = FakeZone.in(counters());
        try (FakeZone.Load load = zone.load();
                AgentRun run = application(
                                java,
                                "http.enabled=false",
                                "service.name=night",
                                "export.otlp.url=http://127.0.0.1:"
                                        + receiver.getAddress().getPort())
                        .option("-verbose:class")
                        .main(BatchJob.class, "scorer", String.valueOf(CALLS), ONE_SECOND)) {
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).anyMatch(line -> line.contains(OTLP_REGISTRY));
            assertThat(run.err()).allMatch(line -> line.contains("is metering"));
        } finally {
            receiver.stop(0);
        }
        ExportMetricsServiceRequest last = ExportMetricsServiceRequest.parseFrom(bodies.get(bodies.size() - 1));
        Map<String, Metric> metrics = new TreeMap<>();
        last.getResourceMetrics(0)
                .getScopeMetrics(0)
                .getMetricsList()
                .forEach(metric -> metrics.put(metric.getName(), metric));
        assertThat(metrics.get("inferwatt.energy").getUnit()).isEqualTo("J");
        assertThat(metrics.get("inferwatt.requests").getSum().getDataPointsList().stream()
                        .mapToDouble(NumberDataPoint::getAsDouble)
                        .sum())
                .isEqualTo(CALLS);
        assertThat(metrics.get("inferwatt.requests").getSum().getDataPointsList())
                .allSatisfy(point -> assertThat(point.getAttributesList())
                        .anyMatch(each -> each.getKey().equals("gen_ai.request.model")
                                && each.getValue().getStringValue().equals("scorer")));
    }

    @ParameterizedTest
    @MethodSource("javas")
    void nothingSet_nothingOfOtlpIsLoaded(Path java) throws Exception {
        try (AgentRun run =
                application(java, "http.port=0").option("-verbose:class").main(SwitchedLoad.class, "small")) {
            Endpoint.of(run).await("a page", page -> true);
            assertThat(run.exitCode()).isZero();
            assertThat(run.out())
                    .anyMatch(line -> line.contains("io.micrometer.prometheusmetrics."))
                    .noneMatch(line -> line.contains(OTLP_REGISTRY) || line.contains(PROTOBUF));
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void serverThatHangs_keepsNobodyFromEnding(Path java) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                AgentRun run = application(
                                java,
                                "http.enabled=false",
                                "export.pushgateway.url=http://127.0.0.1:" + silent.getLocalPort())
                        .main(BatchJob.class, "scorer", "2", ONE_SECOND)) {
            assertThat(run.exitCode()).isZero();
            assertThat(run.err())
                    .anyMatch(line -> line.contains("WARN export.pushgateway: the last figures did not reach 127.0.0.1:"
                            + silent.getLocalPort()));
        }
    }
}
