package io.inferwatt.exporters;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.report.CallListener;
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
}
