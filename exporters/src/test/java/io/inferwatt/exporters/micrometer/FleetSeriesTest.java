package io.inferwatt.exporters.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.report.BudgetKind;
import io.inferwatt.core.report.MeterSnapshot.Confidence;
import io.inferwatt.core.report.TenantTotals;
import io.inferwatt.exporters.AgentFigures;
import io.inferwatt.exporters.Exposition;
import io.inferwatt.exporters.Snapshots;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code docs/fleet.md} says of the number of series holds for the catalogue as it is. */
class FleetSeriesTest {

    private static final Path DOCUMENT = Path.of("../docs/fleet.md");
    private static final int LIMIT = 16;

    /** What the simulated machine has and a machine without model servers, battery or GPU has not. */
    private static final List<String> NOT_HERE = List.of("_local_server_", "_uncounted_");

    private static final List<String> OF_SLOW_COUNTERS =
            List.of("inferwatt_meter_update_seconds", "inferwatt_meter_lag_seconds", "inferwatt_meter_sampled_ratio");

    private static Snapshots modelled() {
        return new Snapshots(1)
                .source(Domain.CPU, "model-threads", Quality.MODELLED)
                .source(Domain.DRAM, "model-threads", Quality.MODELLED);
    }

    private static Snapshots measured() {
        return new Snapshots(1)
                .source(Domain.CPU, "rapl-powercap", Quality.MEASURED)
                .source(Domain.DRAM, "rapl-powercap", Quality.MEASURED);
    }

    private static Snapshots withGpus(Snapshots ledger, int gpus) {
        IntStream.range(0, gpus)
                .forEach(gpu ->
                        ledger.source(new Domain(Component.GPU, "gpu:GPU-" + gpu), "nvml-energy", Quality.MEASURED));
        return ledger;
    }

    private static Snapshots calls(Snapshots ledger, int models, int operations, boolean learned) {
        for (int model = 0; model < models; model++) {
            for (int operation = 0; operation < operations; operation++) {
                ledger.call("model-" + model, "operation-" + operation, Outcome.OK);
                if (learned) {
                    ledger.confidence("model-" + model, "operation-" + operation, new Confidence(0.1, List.of(), 0));
                }
            }
        }
        return ledger;
    }

    private static long series(Snapshots ledger) throws IOException {
        InferenceEnergyMetrics metrics =
                new InferenceEnergyMetrics(ledger::now, LIMIT, AgentFigures.ofLibrary("1.2.3", "machine-1"));
        ledger.now().models().forEach(model -> metrics.settled(Snapshots.settled(model.key(), 1, 0, Double.NaN)));
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        metrics.bindTo(registry);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        registry.scrape(out, "text/plain; version=0.0.4; charset=utf-8");
        return new Exposition(out.toString(StandardCharsets.UTF_8))
                .samples().stream()
                        .filter(sample -> NOT_HERE.stream().noneMatch(sample.name()::contains))
                        .filter(sample -> !OF_SLOW_COUNTERS.contains(sample.name())
                                || sample.labels().get("domain").startsWith("gpu"))
                        .count();
    }

    /** Returns the second cell of the row that begins so. */
    private static long told(String firstCell) throws IOException {
        String row = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("| " + firstCell + " |"))
                .findAny()
                .orElseThrow(() -> new AssertionError("no row '" + firstCell + "' in " + DOCUMENT));
        return Long.parseLong(row.split("\\|")[2].strip().replace(",", "").replace("+", ""));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, false, 0", "4, 1, true, 0", "8, 2, true, 0", "15, 4, true, 2"})
    void seriesOfAJvm_areAsMany(int models, int operations, boolean measured, int gpus) throws IOException {
        Snapshots ledger = calls(withGpus(measured ? measured() : modelled(), gpus), models, operations, measured);
        String row = models + (models == 1 ? " model × " : " models × ") + operations + ", "
                + (measured ? "measured" : "modelled") + (gpus > 0 ? ", " + gpus + " GPUs" : "");
        assertThat(series(ledger)).as(row).isEqualTo(told(row));
    }

    @Test
    void oneMore_addsAsMany() throws IOException {
        Snapshots two = calls(measured(), 2, 1, true);
        assertMore("model with one operation", two, calls(measured(), 3, 1, true));
        assertMore("operation of a model", two, calls(measured(), 2, 1, true).call("model-0", "chat", Outcome.OK));
        assertMore(
                "GPU, after the first",
                calls(withGpus(measured(), 1), 2, 1, true),
                calls(withGpus(measured(), 2), 2, 1, true));
        assertMore(
                "tenant with a name",
                calls(measured(), 2, 1, true).tenant(tenant("a")),
                calls(measured(), 2, 1, true).tenant(tenant("a")).tenant(tenant("b")));
        assertMore(
                "budget of joules",
                two,
                calls(measured(), 2, 1, true).budget(BudgetFiguresTest.totals("team", BudgetKind.ENERGY, 4)));
        assertMore(
                "model on another machine, after the first",
                calls(measured(), 2, 1, true).remoteCall("gpt-a", "chat", Outcome.OK),
                calls(measured(), 2, 1, true)
                        .remoteCall("gpt-a", "chat", Outcome.OK)
                        .remoteCall("gpt-b", "chat", Outcome.OK));
    }

    private static TenantTotals tenant(String name) {
        return new TenantTotals(name, 1, 5, 0.1, 0, 0);
    }

    private static void assertMore(String row, Snapshots before, Snapshots after) throws IOException {
        assertThat(series(after) - series(before)).as(row).isEqualTo(told(row));
    }

    @Test
    void modelsBeyondTheLimit_addNone() throws IOException {
        assertThat(series(calls(measured(), 40, 1, false))).isEqualTo(series(calls(measured(), 16, 1, false)));
    }
}
