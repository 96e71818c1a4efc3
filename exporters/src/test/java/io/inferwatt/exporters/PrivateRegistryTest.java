package io.inferwatt.exporters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.report.CallListener;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrivateRegistryTest {

    /** Prometheus 2.42 refuses a page with one elsewhere: the metric name ends in {@code _count} and "does not support exemplars". */
    @Test
    void exemplarsOfTracedCalls_areAtBucketsAlone() throws IOException {
        List<CallListener> listeners = new ArrayList<>();
        PrivateRegistry registry = new PrivateRegistry(
                () -> Snapshots.ofHost(1).now(),
                listeners::add,
                16,
                new AgentFigures("1", "machine-1", () -> 0, Map.of()));
        registry.open();
        listeners.forEach(listener -> listener.settled(Snapshots.traced(Snapshots.settled("a", 0.05), 1, 2, 3)));

        ByteArrayOutputStream page = new ByteArrayOutputStream();
        registry.writeTo(page, ExpositionFormat.OPEN_METRICS);
        assertThat(page.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains(" # {")))
                .singleElement()
                .asString()
                .startsWith("inferwatt_request_energy_joules_bucket{");
    }

    /** As Micrometer leaves one behind that met an OutOfMemoryError between its own map and that of Prometheus' client. */
    @Test
    void registryThatRefusesEveryPage_isReplaced_andCountersGoOn() throws IOException {
        List<CallListener> listeners = new ArrayList<>();
        List<PrometheusMeterRegistry> made = new ArrayList<>();
        Snapshots host = Snapshots.ofHost(1);
        host.call("a", "inference", Outcome.OK);
        PrivateRegistry registry = new PrivateRegistry(
                host::now, listeners::add, 16, new AgentFigures("1", "machine-1", () -> 0, Map.of()), () -> {
                    made.add(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
                    return made.get(made.size() - 1);
                });
        Exposition before = new Exposition(new String(registry.text(), StandardCharsets.UTF_8));
        made.get(0)
                .getPrometheusRegistry()
                .register(() -> new MetricSnapshots(GaugeSnapshot.builder()
                        .name("inferwatt_requests_active")
                        .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                                .value(7)
                                .build())
                        .build()));

        assertThatThrownBy(registry::text).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(registry::text).isInstanceOf(RuntimeException.class);
        listeners.forEach(listener -> listener.settled(Snapshots.settled("a", 0.05)));
        Exposition after = new Exposition(new String(registry.text(), StandardCharsets.UTF_8));
        assertThat(made).hasSize(2);
        assertThat(listeners).hasSize(1);
        assertThat(after.sum("inferwatt_requests_total"))
                .isEqualTo(before.sum("inferwatt_requests_total"))
                .isPositive();
        assertThat(after.sum("inferwatt_request_energy_joules_count")).isEqualTo(1);
        assertThat(made.get(0).get("inferwatt.request.duration").timer().count())
                .isZero();
    }
}
