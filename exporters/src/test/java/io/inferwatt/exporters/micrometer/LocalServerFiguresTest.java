package io.inferwatt.exporters.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.report.MeterSnapshot.LocalServerTotals;
import io.inferwatt.core.report.MeterSnapshot.ServerState;
import io.inferwatt.exporters.Exposition;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalServerFiguresTest {

    private static final String CALLS = "inferwatt_local_server_requests_total";
    private static final String CPU = "inferwatt_local_server_cpu_seconds_total";

    private final SeriesTable table = new SeriesTable(() -> {});
    private final LocalServerFigures figures = new LocalServerFigures(table);
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    LocalServerFiguresTest() {
        table.bind(registry);
    }

    private Exposition show(List<LocalServerTotals> servers) {
        table.begin();
        figures.apply(servers);
        table.commit();
        return new Exposition(registry.scrape());
    }

    private static LocalServerTotals server(String host, long calls, long unmetered) {
        return new LocalServerTotals(host, ServerState.METERED, 7, "ollama", 1.5, calls, unmetered);
    }

    @Test
    void server_tellsItsRequestsByWhetherTheyAreMetered() {
        Exposition scrape = show(List.of(server("localhost:11434", 5, 2)));
        assertThat(scrape.samples(CALLS))
                .containsExactlyInAnyOrder(
                        new Exposition.Sample(CALLS, Map.of("server", "localhost:11434", "state", "metered"), 3),
                        new Exposition.Sample(CALLS, Map.of("server", "localhost:11434", "state", "unmetered"), 2));
        assertThat(scrape.samples(CPU))
                .containsExactly(new Exposition.Sample(CPU, Map.of("server", "localhost:11434"), 1.5));
    }

    @Test
    void serversBeyondTheLimit_areAddedUp() {
        Exposition scrape = show(IntStream.range(0, 20)
                .mapToObj(port -> server("localhost:" + port, 2, 1))
                .toList());
        assertThat(scrape.sum(CALLS)).isEqualTo(40);
        assertThat(scrape.samples(CPU)).hasSize(8);
        assertThat(scrape.sum(CPU)).isEqualTo(30);
    }
}
