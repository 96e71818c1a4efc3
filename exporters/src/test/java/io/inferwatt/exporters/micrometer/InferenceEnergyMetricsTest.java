package io.inferwatt.exporters.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.report.FacilityUse;
import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.core.report.MeterSnapshot.ModelTotals;
import io.inferwatt.core.report.ModelFootprint;
import io.inferwatt.core.report.RemoteTotals;
import io.inferwatt.exporters.AgentFigures;
import io.inferwatt.exporters.Exposition;
import io.inferwatt.exporters.Snapshots;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class InferenceEnergyMetricsTest {

    private static final AgentFigures AGENT = AgentFigures.ofLibrary("1.2.3", "machine-1");
    private static final Offset<Double> ROUNDING = within(1e-6);

    private PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private MeterSnapshot snapshot;
    private long now;

    private InferenceEnergyMetrics bound(Snapshots ledger, int maxModels) {
        InferenceEnergyMetrics metrics = new InferenceEnergyMetrics(
                () -> snapshot == null ? ledger.now() : snapshot, maxModels, AGENT, () -> now);
        metrics.bindTo(registry);
        return metrics;
    }

    private Exposition scrape() {
        return new Exposition(registry.scrape());
    }

    /** Lets one registration fail, as any may for want of memory. */
    private static MeterFilter starving(AtomicBoolean starved, String name) {
        return new MeterFilter() {
            @Override
            public MeterFilterReply accept(Meter.Id id) {
                if (starved.get() && id.getName().equals(name)) {
                    throw new OutOfMemoryError("none left");
                }
                return MeterFilterReply.NEUTRAL;
            }
        };
    }

    @Test
    void histogramThatFailedHalfWay_isMadeOnce_andThePageIsServedAgain() {
        AtomicBoolean starved = new AtomicBoolean(true);
        registry.config().meterFilter(starving(starved, Catalogue.REQUEST_DURATION.name()));
        Snapshots ledger = Snapshots.ofHost(1);
        InferenceEnergyMetrics metrics = bound(ledger, 4);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> metrics.settled(Snapshots.settled("a", 0.05)))
                    .isInstanceOf(OutOfMemoryError.class);
        }
        starved.set(false);
        metrics.settled(Snapshots.settled("a", 0.05));
        metrics.refresh();

        assertThat(scrape().sum("inferwatt_request_energy_joules_count")).isEqualTo(1);
        assertThat(scrape().sum("inferwatt_request_energy_joules_max")).isEqualTo(0.05);
        assertThat(scrape().sum("inferwatt_request_duration_seconds_count")).isEqualTo(1);
    }

    @Test
    void counterThatFailedHalfWay_isNotFrozen() {
        AtomicBoolean starved = new AtomicBoolean();
        Snapshots ledger = Snapshots.ofHost(1);
        InferenceEnergyMetrics metrics = bound(ledger, 4);
        PrometheusMeterRegistry second = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        second.config().meterFilter(starving(starved, Catalogue.REQUESTS.name()));
        metrics.bindTo(second);
        ledger.call("a", "inference", Outcome.OK);
        starved.set(true);
        assertThatThrownBy(metrics::refresh).isInstanceOf(OutOfMemoryError.class);
        starved.set(false);
        metrics.refresh();

        assertThat(scrape().sum("inferwatt_requests_total")).isEqualTo(1);
        assertThat(new Exposition(second.scrape()).sum("inferwatt_requests_total"))
                .isEqualTo(1);
    }

    @Test
    void registryThatIsUnbound_isFedNoMore() {
        Snapshots ledger = Snapshots.ofHost(1);
        InferenceEnergyMetrics metrics = bound(ledger, 4);
        metrics.settled(Snapshots.settled("a", 0.05));
        metrics.refresh();
        metrics.unbind(registry);
        metrics.settled(Snapshots.settled("a", 0.05));
        metrics.settled(Snapshots.settled("b", 0.05));
        metrics.refresh();

        assertThat(scrape().sum("inferwatt_request_energy_joules_count")).isEqualTo(1);
        PrometheusMeterRegistry next = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        metrics.bindTo(next);
        metrics.settled(Snapshots.settled("a", 0.05));
        assertThat(new Exposition(next.scrape()).sum("inferwatt_request_energy_joules_count"))
                .isEqualTo(1);
    }

    @Test
    void sourceEnergy_equalsAttributedPlusUnattributed_perComponent() {
        Random random = new Random(42);
        Snapshots ledger = Snapshots.ofHost(42);
        InferenceEnergyMetrics metrics = bound(ledger, 4);
        for (int round = 0; round < 30; round++) {
            for (int i = 0; i < 20; i++) {
                ledger.call("model-" + random.nextInt(12), random.nextBoolean() ? "inference" : "chat", Outcome.OK);
                ledger.remoteCall("model-" + random.nextInt(12), "chat", Outcome.OK);
            }
            if (round == 15) {
                ledger.source(Domain.CPU, "model-tdp", Quality.MODELLED);
            }
            metrics.refresh();
            Exposition scrape = scrape();
            for (Component component : List.of(Component.CPU, Component.DRAM, Component.GPU)) {
                String label = component.label();
                assertThat(scrape.sum("inferwatt_energy_joules_total", "component", label)
                                + scrape.sum("inferwatt_unattributed_energy_joules_total", "component", label))
                        .isCloseTo(scrape.sum("inferwatt_source_energy_joules_total", "component", label), ROUNDING)
                        .isPositive();
            }
            // What other machines draw is in no meter of this one: the whole balances without it, and only without it.
            double elsewhere = scrape.sum("inferwatt_energy_joules_total", "component", "remote");
            assertThat(elsewhere).isPositive();
            assertThat(scrape.sum("inferwatt_energy_joules_total")
                            - elsewhere
                            + scrape.sum("inferwatt_unattributed_energy_joules_total"))
                    .isCloseTo(scrape.sum("inferwatt_source_energy_joules_total"), ROUNDING);
            assertThat(labelValues(scrape, "inferwatt_source_energy_joules_total", "component"))
                    .doesNotContain("remote");
            assertThat(labelValues(scrape, "inferwatt_unattributed_energy_joules_total", "component"))
                    .doesNotContain("remote");
        }
    }

    @Test
    void folding_keepsEverySumAndTheFirstNamesForEver() {
        for (int seed = 0; seed < 40; seed++) {
            registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            Random random = new Random(seed);
            int maxModels = 1 + random.nextInt(6);
            Snapshots ledger = Snapshots.ofHost(seed);
            InferenceEnergyMetrics metrics = bound(ledger, maxModels);
            Set<String> exported = Set.of();
            for (int round = 0; round < 5; round++) {
                for (int i = 0; i < 6; i++) {
                    ledger.call("model-" + random.nextInt(9), "op-" + random.nextInt(8), Outcome.ERROR);
                    ledger.remoteCall("model-" + random.nextInt(9), "op-" + random.nextInt(8), Outcome.OK);
                }
                metrics.refresh();
                Exposition scrape = scrape();
                Set<String> models = labelValues(scrape, "model");
                assertThat(models).containsAll(exported).hasSizeLessThanOrEqualTo(maxModels);
                assertThat(labelValues(scrape, "operation")).hasSizeLessThanOrEqualTo(6);
                assertSums(ledger.now(), scrape);
                exported = models;
            }
        }
    }

    private static void assertSums(MeterSnapshot ledger, Exposition scrape) {
        assertThat(scrape.sum("inferwatt_energy_joules_total"))
                .isCloseTo(sum(ledger, model -> model.joules() + model.remote().dynamicJoules()), ROUNDING);
        assertThat(scrape.sum("inferwatt_energy_joules_total") + scrape.sum("inferwatt_idle_share_joules_total"))
                .isCloseTo(
                        sum(
                                ledger,
                                model -> model.joulesWithIdle()
                                        + model.remote().joules().central()),
                        ROUNDING);
        assertThat(scrape.sum("inferwatt_items_total"))
                .isEqualTo(
                        ledger.models().stream().mapToLong(ModelTotals::items).sum());
        assertThat(scrape.sum("inferwatt_co2e_grams_total", "scope", "operational"))
                .isCloseTo(
                        sum(
                                ledger,
                                model -> model.footprint().dynamicGrams()
                                        + model.remote().dynamicOperationalGrams()),
                        ROUNDING);
        assertThat(scrape.sum("inferwatt_requests_total"))
                .isEqualTo(ledger.models().stream()
                        .flatMap(model -> model.requests().values().stream())
                        .mapToLong(Long::longValue)
                        .sum());
        assertRemoteSums(ledger, scrape);
    }

    private static void assertRemoteSums(MeterSnapshot ledger, Exposition scrape) {
        Map<String, Double> expected = Map.of(
                "energy_joules_total component remote",
                        sum(ledger, model -> model.remote().dynamicJoules()),
                "remote_bound_joules_total bound low",
                        sum(ledger, model -> model.remote().joules().low()),
                "remote_bound_joules_total bound high",
                        sum(ledger, model -> model.remote().joules().high()),
                "co2e_grams_total scope embodied",
                        sum(
                                ledger,
                                model -> model.remote().embodiedGrams().central()
                                        + model.footprint().embodiedGrams()),
                "idle_share_co2e_grams_total",
                        sum(
                                ledger,
                                model -> model.remote().operationalGrams().central()
                                        - model.remote().dynamicOperationalGrams()
                                        + model.footprint().idleGrams()),
                "water_liters_total component remote",
                        sum(ledger, model -> model.remote().dynamicLiters()),
                "unestimated_tokens_total type input", sumUnestimated(ledger, RemoteTotals.Count::inputTokens),
                "unestimated_tokens_total type output", sumUnestimated(ledger, RemoteTotals.Count::outputTokens));
        expected.forEach((series, value) -> {
            String[] parts = series.split(" ");
            String[] label = Arrays.copyOfRange(parts, 1, parts.length);
            assertThat(scrape.sum("inferwatt_" + parts[0], label)).as(series).isCloseTo(value, ROUNDING);
        });
        double unestimated = sumUnestimated(ledger, RemoteTotals.Count::calls);
        assertThat(scrape.sum("inferwatt_unestimated_requests_total")).isEqualTo(unestimated);
        assertThat(scrape.sum("inferwatt_remote_requests_total"))
                .isEqualTo(unestimated + sum(ledger, model -> model.remote().estimated()));
        assertThat(scrape.sum("inferwatt_water_unknown_requests_total"))
                .isEqualTo(sum(ledger, model -> model.remote().withoutWater()));
        assertThat(scrape.sum("inferwatt_tokens_cached_total"))
                .isEqualTo(sum(ledger, model -> model.tokens().cachedInput()));
        assertThat(scrape.sum("inferwatt_tokens_reasoning_total"))
                .isEqualTo(sum(ledger, model -> model.tokens().reasoning()));
        assertThat(scrape.sum("inferwatt_tokens_total"))
                .isEqualTo(sum(
                        ledger, model -> model.tokens().input() + model.tokens().output()));
    }

    private static double sum(MeterSnapshot ledger, ToDoubleFunction<ModelTotals> part) {
        return ledger.models().stream().mapToDouble(part).sum();
    }

    private static double sumUnestimated(MeterSnapshot ledger, ToLongFunction<RemoteTotals.Count> part) {
        return ledger.models().stream()
                .flatMap(model -> model.remote().unestimated().values().stream())
                .mapToLong(part)
                .sum();
    }

    @Test
    void counters_neverFall_howeverOddTheSnapshots() {
        Random random = new Random(3);
        InferenceEnergyMetrics metrics = bound(Snapshots.ofHost(3), 3);
        Map<String, Double> highest = new HashMap<>();
        for (int round = 0; round < 60; round++) {
            // Each round another ledger: shorter, longer, with other models and other sources than the one before.
            Snapshots odd = new Snapshots(random.nextInt(1000));
            odd.source(Domain.CPU, random.nextBoolean() ? "rapl-powercap" : "model-tdp", Quality.MEASURED);
            for (int i = random.nextInt(30); i > 0; i--) {
                odd.call("model-" + random.nextInt(5), "inference", Outcome.values()[random.nextInt(4)]);
                odd.remoteCall("model-" + random.nextInt(5), "chat", Outcome.OK);
            }
            snapshot = odd.now();
            metrics.refresh();
            for (Exposition.Sample sample : scrape().samples()) {
                if (sample.name().endsWith("_total")) {
                    String series = sample.name() + sample.labels();
                    assertThat(sample.value()).as(series).isGreaterThanOrEqualTo(highest.getOrDefault(series, 0.0));
                    highest.put(series, sample.value());
                }
            }
        }
        assertThat(highest).hasSizeGreaterThan(50);
    }

    @Test
    void counters_ofSnapshotsThatAreNoNumbers_stayWhereTheyWere() {
        Snapshots ledger = Snapshots.ofHost(5).call("minilm", "inference", Outcome.OK);
        InferenceEnergyMetrics metrics = bound(ledger, 16);
        double before = scrape().sum("inferwatt_co2e_grams_total");
        MeterSnapshot good = ledger.now();
        ModelTotals model = good.models().get(0);
        for (double odd : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1}) {
            snapshot = with(
                    good,
                    new ModelTotals(
                            model.key(),
                            model.facts(),
                            model.requests(),
                            model.items(),
                            odd,
                            model.tokens(),
                            model.energy(),
                            new ModelFootprint(odd, odd, odd, odd, odd, odd, FacilityUse.UNKNOWN, odd),
                            odd,
                            model.confidence(),
                            model.remote()));
            metrics.refresh();
            assertThat(scrape().sum("inferwatt_co2e_grams_total"))
                    .isEqualTo(before)
                    .isPositive();
        }
    }

    private static MeterSnapshot with(MeterSnapshot snapshot, ModelTotals model) {
        return new MeterSnapshot(
                List.of(model),
                snapshot.domains(),
                snapshot.uncounted(),
                snapshot.requestsActive(),
                snapshot.droppedCalls(),
                snapshot.foldedKeys(),
                snapshot.intensity(),
                snapshot.facility(),
                snapshot.remotePlaces(),
                snapshot.own(),
                snapshot.localServers(),
                snapshot.tenants(),
                snapshot.tenantSpread(),
                snapshot.budgets());
    }

    @Test
    void newModel_hasAllItsLabelSetsBeforeTheirFirstIncrement() {
        Snapshots ledger = Snapshots.ofHost(8).call("minilm", "inference", Outcome.OK);
        bound(ledger, 16);
        Exposition scrape = scrape();
        assertThat(scrape.samples("inferwatt_requests_total"))
                .extracting(sample -> sample.labels().get("outcome") + "=" + sample.value())
                .containsExactlyInAnyOrder("ok=1.0", "error=0.0", "cancelled=0.0", "abandoned=0.0");
        assertThat(scrape.sum("inferwatt_request_energy_joules_count")).isZero();
        assertThat(scrape.samples("inferwatt_request_energy_joules_bucket")).hasSize(16);
        assertThat(scrape.samples("inferwatt_unattributed_energy_joules_total")).hasSize(12);
        assertThat(scrape.samples("inferwatt_sampler_errors_total")).hasSize(9);
    }

    @Test
    void fullTable_hasOtherBeforeTheFirstModelIsFolded() {
        Snapshots ledger = Snapshots.ofHost(8).call("a", "inference", Outcome.OK);
        InferenceEnergyMetrics metrics = bound(ledger, 2);
        assertThat(scrape().samples("inferwatt_requests_total"))
                .filteredOn(sample -> sample.labels().get("model").equals("other"))
                .hasSize(4)
                .allMatch(sample -> sample.value() == 0);
        assertThat(scrape().sum("inferwatt_agent_dropped_series_total")).isZero();

        ledger.call("b", "inference", Outcome.OK).call("c", "inference", Outcome.OK);
        metrics.refresh();
        assertThat(scrape().sum("inferwatt_requests_total", "model", "other")).isEqualTo(2);
        assertThat(scrape().sum("inferwatt_agent_dropped_series_total")).isEqualTo(2);
    }

    @Test
    void settledCalls_fillTheHistogramWithDynamicJoules_foldedLikeTheCounters() {
        InferenceEnergyMetrics metrics = bound(Snapshots.ofHost(1), 2);
        metrics.settled(Snapshots.settled("a", 0.05));
        metrics.settled(Snapshots.settled("a", 7));
        metrics.settled(Snapshots.settled("b", 60_000));
        metrics.settled(Snapshots.settled("c", 200_000));
        Exposition scrape = scrape();
        assertThat(scrape.sum("inferwatt_request_energy_joules_sum", "model", "a"))
                .isCloseTo(7.05, ROUNDING);
        assertThat(scrape.sum("inferwatt_request_energy_joules_bucket", "model", "a", "le", "0.1"))
                .isEqualTo(1);
        assertThat(scrape.sum("inferwatt_request_energy_joules_bucket", "model", "a", "le", "10.0"))
                .isEqualTo(2);
        assertThat(scrape.sum("inferwatt_request_energy_joules_count", "model", "other"))
                .isEqualTo(2);
        assertThat(scrape.sum("inferwatt_request_energy_joules_bucket", "model", "other", "le", "100000.0"))
                .isEqualTo(1);
        assertThat(scrape.sum("inferwatt_request_energy_joules_max", "model", "other"))
                .isEqualTo(200_000);
        assertThat(scrape.type("inferwatt_request_energy_joules")).isEqualTo("histogram");
    }

    @Test
    void callWithinATrace_leavesAnExemplarInOpenMetricsAlone() throws IOException {
        InferenceEnergyMetrics metrics = bound(Snapshots.ofHost(1), 16);
        metrics.settled(
                Snapshots.traced(Snapshots.settled("a", 0.05), 0x0af7651916cd43ddL, 0x8448eb211c80319cL, 0xb7L));
        metrics.settled(Snapshots.settled("b", 0.05));

        assertThat(bucketOf("a", "0.1", "application/openmetrics-text"))
                .contains(" # {span_id=\"00000000000000b7\",trace_id=\"0af7651916cd43dd8448eb211c80319c\"} 0.05");
        assertThat(bucketOf("b", "0.1", "application/openmetrics-text")).doesNotContain("#");
        assertThat(bucketOf("a", "0.1", "text/plain")).doesNotContain("#");
    }

    private String bucketOf(String model, String bound, String contentType) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        registry.scrape(out, contentType);
        return out.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("inferwatt_request_energy_joules_bucket{model=\"" + model + "\"")
                        && line.contains("le=\"" + bound + "\""))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void settledCallWithoutFigure_isCountedAndNotRecorded() {
        InferenceEnergyMetrics metrics = bound(Snapshots.ofHost(1), 16);
        metrics.settled(Snapshots.settled("a", Double.NaN));
        metrics.settled(Snapshots.settled("a", -1));
        metrics.refresh();
        Exposition scrape = scrape();
        assertThat(scrape.sum("inferwatt_request_energy_joules_count")).isZero();
        assertThat(scrape.sum("inferwatt_request_duration_seconds_count")).isEqualTo(2);
        assertThat(scrape.sum("inferwatt_dropped_calls_total", "reason", "no_figure"))
                .isEqualTo(2);
    }

    @Test
    void successorOfASource_opensNewSeriesAndTheFormerOnesStand() {
        Snapshots ledger = Snapshots.ofHost(9).call("minilm", "inference", Outcome.OK);
        InferenceEnergyMetrics metrics = bound(ledger, 16);
        double measured = scrape().sum("inferwatt_source_energy_joules_total", "component", "cpu");
        ledger.source(Domain.CPU, "model-tdp", Quality.MODELLED).call("minilm", "inference", Outcome.OK);
        metrics.refresh();
        Exposition scrape = scrape();
        assertThat(scrape.sum("inferwatt_source_energy_joules_total", "component", "cpu", "quality", "measured"))
                .isEqualTo(measured);
        assertThat(scrape.sum("inferwatt_source_energy_joules_total", "component", "cpu", "quality", "modelled"))
                .isPositive();
        assertThat(scrape.samples("inferwatt_measurement_info"))
                .filteredOn(sample -> sample.labels().get("component").equals("cpu"))
                .singleElement()
                .satisfies(sample -> assertThat(sample.labels()).containsEntry("source", "model-tdp"));
        assertThat(scrape.sum("inferwatt_power_watts", "component", "cpu")).isEqualTo(50);
    }

    @Test
    void sourceThatFellSilentWithoutSuccessor_showsItsAgeAndNoPower() {
        Snapshots ledger = new Snapshots(9).source(Domain.CPU, "rapl-powercap", Quality.MEASURED);
        InferenceEnergyMetrics metrics = bound(ledger, 16);
        assertThat(scrape().samples("inferwatt_power_watts")).hasSize(1);
        ledger.silence(Domain.CPU);
        metrics.refresh();
        assertThat(scrape().samples("inferwatt_power_watts")).isEmpty();
        assertThat(scrape().sum("inferwatt_sampler_last_success_timestamp_seconds"))
                .isEqualTo(1.79e9);
    }

    @Test
    void coverageBelowOneJoule_isNaN() {
        bound(new Snapshots(9).source(Domain.CPU, "rapl-powercap", Quality.MEASURED), 16);
        assertThat(scrape().sum("inferwatt_attribution_coverage_ratio")).isNaN();
    }

    @Test
    void reads_shareASnapshotUntilAPause() {
        int[] asked = {0};
        Snapshots ledger = Snapshots.ofHost(2);
        new InferenceEnergyMetrics(
                        () -> {
                            asked[0]++;
                            return ledger.now();
                        },
                        16,
                        AGENT,
                        () -> now)
                .bindTo(registry);
        scrape();
        assertThat(asked[0]).isEqualTo(1);
        ledger.call("minilm", "inference", Outcome.OK);
        now += 300_000_000L;
        scrape();
        assertThat(asked[0]).isEqualTo(2);
        assertThat(scrape().sum("inferwatt_requests_total")).isEqualTo(1);
    }

    @Test
    void failingSupplier_keepsTheFormerFiguresAndIsCounted() {
        Snapshots ledger = Snapshots.ofHost(2).call("minilm", "inference", Outcome.OK);
        boolean[] broken = {false};
        new InferenceEnergyMetrics(
                        () -> {
                            if (broken[0]) {
                                throw new IllegalStateException("closed");
                            }
                            return ledger.now();
                        },
                        16,
                        AGENT,
                        () -> now)
                .bindTo(registry);
        double before = scrape().sum("inferwatt_energy_joules_total");
        broken[0] = true;
        now += 300_000_000L;
        assertThat(scrape().sum("inferwatt_energy_joules_total")).isEqualTo(before);
        broken[0] = false;
        now += 300_000_000L;
        scrape();
        assertThat(scrape().sum("inferwatt_agent_export_failures_total", "exporter", "scrape"))
                .isEqualTo(1);
        assertThat(scrape().sum("inferwatt_energy_joules_total")).isEqualTo(before);
    }

    @Test
    void plainLibrary_bindsSeveralRegistriesAtAnyTime() {
        Snapshots ledger = Snapshots.ofHost(4).call("minilm", "inference", Outcome.OK);
        InferenceEnergyMetrics metrics = bound(ledger, 16);
        metrics.settled(Snapshots.settled("minilm", 3));
        SimpleMeterRegistry simple = new SimpleMeterRegistry();
        metrics.bindTo(simple);
        metrics.bindTo(simple);
        metrics.settled(Snapshots.settled("minilm", 4));

        assertThat(simple.get("inferwatt.request.energy").summary().totalAmount())
                .isEqualTo(4);
        assertThat(scrape().sum("inferwatt_request_energy_joules_sum")).isEqualTo(7);
        double joules = simple.get("inferwatt.energy").functionCounters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
        assertThat(joules).isCloseTo(ledger.now().models().get(0).joules(), ROUNDING);

        ledger.call("later", "inference", Outcome.OK);
        metrics.refresh();
        assertThat(simple.get("inferwatt.requests")
                        .tag("model", "later")
                        .tag("outcome", "ok")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void otherRegistries_getOnlyBucketsThatMicrometerFillsRightly() {
        SimpleMeterRegistry simple = new SimpleMeterRegistry();
        InferenceEnergyMetrics metrics = bound(Snapshots.ofHost(4), 16);
        metrics.bindTo(simple);
        metrics.settled(Snapshots.settled("minilm", 0.05));
        metrics.settled(Snapshots.settled("minilm", 1.5));
        assertThat(simple.get("inferwatt.request.energy")
                        .summary()
                        .takeSnapshot()
                        .histogramCounts())
                .filteredOn(bucket -> bucket.bucket() <= 5)
                .extracting(bucket -> bucket.bucket() + "=" + bucket.count())
                .containsExactly("1.0=1.0", "5.0=2.0");
    }

    @Test
    void otherRegistries_getCountersByAllBounds() {
        SimpleMeterRegistry simple = new SimpleMeterRegistry();
        InferenceEnergyMetrics metrics = bound(Snapshots.ofHost(4), 16);
        metrics.bindTo(simple);
        for (double joules : new double[] {0.001, 0.05, 1.5, 1e6}) {
            metrics.settled(Snapshots.settled("minilm", joules));
        }
        assertThat(simple.get("inferwatt.requests.within")
                        .tag("model", "minilm")
                        .tag("operation", "inference")
                        .functionCounters())
                .hasSize(16)
                .extracting(counter -> counter.getId().getTag("le") + "=" + counter.count())
                .contains(
                        "0.001=1.0",
                        "0.01=1.0",
                        "0.1=2.0",
                        "0.5=2.0",
                        "1.0=2.0",
                        "5.0=3.0",
                        "100000.0=3.0",
                        "+Inf=4.0");
        assertThat(scrape().samples("inferwatt_requests_within_total")).isEmpty();
    }

    @Test
    void commonTags_ofTheRegistry_areOnTheHistogramToo() {
        registry.config().commonTags("app", "shop");
        bound(Snapshots.ofHost(4), 16).settled(Snapshots.settled("minilm", 0.05));
        assertThat(scrape().samples())
                .filteredOn(sample -> sample.name().startsWith("inferwatt_"))
                .allMatch(sample -> "shop".equals(sample.labels().get("app")));
    }

    private static Set<String> labelValues(Exposition scrape, String name, String label) {
        return scrape.samples(name).stream()
                .map(sample -> sample.labels().get(label))
                .collect(Collectors.toSet());
    }

    private static Set<String> labelValues(Exposition scrape, String label) {
        return scrape.samples().stream()
                .filter(sample -> sample.labels().containsKey(label))
                .map(sample -> sample.labels().get(label))
                .collect(Collectors.toSet());
    }
}
