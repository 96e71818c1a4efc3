package io.inferwatt.exporters.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.config.ConfigLoader;
import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.report.CallListener;
import io.inferwatt.exporters.AgentFigures;
import io.inferwatt.exporters.Exposition;
import io.inferwatt.exporters.PrivateRegistry;
import io.inferwatt.exporters.Snapshots;
import io.inferwatt.exporters.push.Receiver.Request;
import io.inferwatt.exporters.push.WriteRequests.Series;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way from settings to what a server gets. */
@Timeout(60)
class PushExportersTest {

    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final List<CallListener> listeners = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final Snapshots ledger = Snapshots.ofHost(7).call("minilm", "embeddings", Outcome.OK);
    private final Receiver server;
    private PushExporters exporters;

    PushExportersTest() throws IOException {
        server = new Receiver();
    }

    @AfterEach
    void stop() {
        if (exporters != null) {
            exporters.close();
        }
        server.close();
    }

    @Test
    void nothingSet_nothingIsMadeAndNobodyIsHeard() {
        start(Map.of());
        assertThat(exporters.isActive()).isFalse();
        assertThat(listeners).isEmpty();
        assertThat(threads).isEmpty();
        exporters.close();
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void pushgateway_getsTheMetricsAndTheLastOnes() {
        start(Map.of("export.pushgateway.url", server.uri("").toString(), "service.name", "nightly"));
        Receiver.await(() -> server.taken().size() == 1);
        listeners.forEach(listener -> listener.settled(Snapshots.settled("minilm", 0.02)));
        exporters.close();

        Request last = server.taken().get(1);
        assertThat(last.method()).isEqualTo("PUT");
        assertThat(last.uri().getPath())
                .isEqualTo("/metrics/job/nightly/instance/machine-1:"
                        + ProcessHandle.current().pid());
        assertThat(last.header("Content-Type")).startsWith("text/plain; version=0.0.4");
        Exposition metrics = new Exposition(new String(last.body(), StandardCharsets.UTF_8));
        assertThat(metrics.sum("inferwatt_request_energy_joules_sum")).isCloseTo(0.02, within(1e-12));
        assertThat(metrics.sum("inferwatt_agent_exports_total", "exporter", "pushgateway"))
                .isEqualTo(1);
        assertThat(threads).noneMatch(Thread::isAlive);
        assertThat(warnings).isEmpty();
    }

    @Test
    void remoteWrite_getsWhatAScrapeWouldGive() {
        start(Map.of(
                "export.remote_write.url",
                server.uri("/api/v1/write").toString(),
                "export.remote_write.labels",
                "cluster=eu;model=x;job=mine"));
        listeners.forEach(listener -> listener.settled(Snapshots.settled("minilm", 0.02)));
        exporters.close();

        List<Request> taken = server.taken();
        List<Series> series = WriteRequests.read(taken.get(taken.size() - 2).body());
        Map<String, Double> sums = series.stream().collect(Collectors.toMap(Series::name, Series::value, Double::sum));
        assertThat(sums.get("inferwatt_request_energy_joules_sum")).isCloseTo(0.02, within(1e-12));
        assertThat(sums)
                .containsKeys(
                        "inferwatt_request_energy_joules_bucket",
                        "inferwatt_request_energy_joules_count",
                        "inferwatt_requests_total");
        assertThat(series).allSatisfy(each -> {
            assertThat(each.labels()).isSorted();
            assertThat(each.label("cluster")).isEqualTo("eu");
            assertThat(each.label("job")).isEqualTo("mine");
            assertThat(each.label("instance")).startsWith("machine-1:");
            assertThat(each.label("model")).isNotEqualTo("x");
        });
        assertThat(WriteRequests.read(taken.get(taken.size() - 1).body()))
                .hasSameSizeAs(series)
                .extracting(Series::bits)
                .containsOnly(RemoteWriteRoute.STALE_BITS);
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("export.remote_write.labels: the metrics have a label model of their own");
    }

    @Test
    void otlp_hasUnitsAndNamesOfOpenTelemetry() throws IOException {
        start(Map.of(
                "export.otlp.url",
                server.uri("").toString(),
                "service.name",
                "assistant",
                "export.otlp.attributes",
                "deployment.environment.name=test"));
        listeners.forEach(listener -> listener.settled(Snapshots.settled("minilm", 2)));
        exporters.close();

        Request last = server.taken().get(server.taken().size() - 1);
        assertThat(last.uri().getPath()).isEqualTo("/v1/metrics");
        assertThat(last.header("Content-Type")).isEqualTo("application/x-protobuf");
        ExportMetricsServiceRequest message = ExportMetricsServiceRequest.parseFrom(last.body());
        assertThat(attributes(message.getResourceMetrics(0).getResource().getAttributesList()))
                .containsEntry("service.name", "assistant")
                .containsEntry("host.name", "machine-1")
                .containsEntry("deployment.environment.name", "test")
                .containsKey("service.instance.id");
        Map<String, Metric> metrics = metrics(message);
        Metric energy = metrics.get("inferwatt.energy");
        assertThat(energy.getUnit()).isEqualTo("J");
        assertThat(energy.getSum().getIsMonotonic()).isTrue();
        assertThat(energy.getSum().getAggregationTemporality())
                .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        assertThat(energy.getSum().getDataPointsList().stream()
                        .mapToDouble(NumberDataPoint::getAsDouble)
                        .sum())
                .isCloseTo(ledger.now().models().get(0).joules(), within(1e-6));
        assertThat(attributes(energy.getSum().getDataPoints(0).getAttributesList()))
                .containsEntry("gen_ai.request.model", "minilm")
                .containsEntry("gen_ai.operation.name", "embeddings")
                .containsKeys("component", "quality");
        assertThat(metrics.get("inferwatt.co2e").getUnit()).isEqualTo("g");
        assertThat(metrics.get("inferwatt.power").getUnit()).isEqualTo("W");
        assertThat(metrics.get("inferwatt.request.duration").getUnit()).isEqualTo("s");
        assertThat(points(metrics)).extracting(HistogramDataPoint::getSum).containsExactlyInAnyOrder(2.0, 0.0);
        assertThat(threads).noneMatch(Thread::isAlive);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cumulative", "delta"})
    void otlp_hasBucketsBelowOneJoule(String temporality) throws IOException {
        start(Map.of(
                "export.otlp.url",
                server.uri("").toString(),
                "export.otlp.interval",
                "1h",
                "export.otlp.temporality",
                temporality));
        for (double joules : new double[] {0.0004, 0.001, 0.0011, 0.07, 0.1, 0.4, 2, 200_000}) {
            listeners.forEach(listener -> listener.settled(Snapshots.settled("minilm", joules)));
        }
        exporters.close();

        Request last = server.taken().get(server.taken().size() - 1);
        Metric energy =
                metrics(ExportMetricsServiceRequest.parseFrom(last.body())).get("inferwatt.request.energy");
        assertThat(energy.getUnit()).isEqualTo("J");
        HistogramDataPoint point = energy.getHistogram().getDataPointsList().stream()
                .filter(each -> each.getCount() > 0)
                .findFirst()
                .orElseThrow();
        assertThat(point.getExplicitBoundsList())
                .containsExactly(
                        .001, .01, .1, .5, 1.0, 5.0, 10.0, 50.0, 100.0, 500.0, 1000.0, 5000.0, 10_000.0, 50_000.0,
                        100_000.0);
        assertThat(point.getBucketCountsList())
                .containsExactly(2L, 1L, 2L, 1L, 0L, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L);
        assertThat(point.getSum()).isCloseTo(200_002.5725, within(1e-6));
    }

    /** In steps of some seconds: Micrometer's meters lose what they have where nobody asks them for longer than a step. */
    @Test
    void otlpDelta_tellsEachJouleOnce() throws IOException {
        start(Map.of(
                "export.otlp.url",
                server.uri("/v1/metrics").toString(),
                "export.otlp.interval",
                "3s",
                "export.otlp.temporality",
                "delta"));
        listeners.forEach(listener -> listener.settled(Snapshots.settled("minilm", 2)));
        server.next(503);
        Receiver.await(() -> server.taken().size() >= 2);
        listeners.forEach(listener -> listener.settled(Snapshots.settled("minilm", 3)));
        exporters.close();

        double joules = 0;
        long calls = 0;
        for (Request request : server.taken()) {
            Map<String, Metric> metrics = metrics(ExportMetricsServiceRequest.parseFrom(request.body()));
            assertThat(metrics.get("inferwatt.request.energy").getHistogram().getAggregationTemporality())
                    .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA);
            for (HistogramDataPoint point : points(metrics)) {
                joules += point.getSum();
                calls += point.getCount();
            }
        }
        assertThat(joules).isCloseTo(5, within(1e-9));
        assertThat(calls).isEqualTo(2);
    }

    @Test
    void wrongAddress_isOneLineAndTheOthersRun() {
        start(Map.of(
                "export.otlp.url",
                "nonsense",
                "export.pushgateway.url",
                server.uri("").toString()));
        Receiver.await(() -> server.taken().size() == 1);
        assertThat(warnings).singleElement().asString().startsWith("export.otlp.url: ");
        assertThat(exporters.isActive()).isTrue();
    }

    private static List<HistogramDataPoint> points(Map<String, Metric> metrics) {
        return metrics.get("inferwatt.request.energy").getHistogram().getDataPointsList();
    }

    private static Map<String, Metric> metrics(ExportMetricsServiceRequest message) {
        Map<String, Metric> metrics = new HashMap<>();
        message.getResourceMetrics(0)
                .getScopeMetrics(0)
                .getMetricsList()
                .forEach(metric -> metrics.put(metric.getName(), metric));
        return metrics;
    }

    private static Map<String, String> attributes(List<KeyValue> attributes) {
        return attributes.stream()
                .collect(Collectors.toMap(
                        KeyValue::getKey, each -> each.getValue().getStringValue()));
    }

    private void start(Map<String, String> settings) {
        Map<String, String> properties = new HashMap<>();
        settings.forEach((key, value) -> properties.put("inferwatt." + key, value));
        InferwattConfig config = ConfigLoader.load(null, properties, Map.of()).config();
        AgentFigures agent =
                new AgentFigures("1.2.3", "machine-1", () -> 0, Map.of()).with(PushExporters.counts(config.exports()));
        PrivateRegistry registry = new PrivateRegistry(ledger::now, listeners::add, 16, agent);
        PushExporters.Ways ways =
                new PushExporters.Ways(threads::add, Duration.ofMillis(10), warnings::add, line -> {});
        exporters = PushExporters.start(ledger::now, listeners::add, registry, config, agent, ways);
    }
}
