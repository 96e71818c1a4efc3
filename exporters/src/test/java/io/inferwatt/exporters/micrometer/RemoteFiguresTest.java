package io.inferwatt.exporters.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.footprint.remote.Range;
import io.inferwatt.core.footprint.remote.Unestimated;
import io.inferwatt.exporters.AgentFigures;
import io.inferwatt.exporters.Exposition;
import io.inferwatt.exporters.Snapshots;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RemoteFiguresTest {

    private static final Offset<Double> ROUNDING = within(1e-9);
    private static final ModelKey GPT = ModelKey.remote("gpt-4o", "chat");
    private static final Range BAND = new Range(100, 500, 2500);

    private final Snapshots ledger = Snapshots.ofHost(1);
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private int maxModels = 16;

    private Exposition scrape() {
        new InferenceEnergyMetrics(ledger::now, maxModels, AgentFigures.ofLibrary("1.2.3", "machine-1"))
                .bindTo(registry);
        return new Exposition(registry.scrape());
    }

    private void estimated(String method) {
        ledger.books(GPT).estimated(method, BAND, 0.9, 1e-4, 0, Range.UNKNOWN);
    }

    @Test
    void estimate_isDynamicJoulesIdleShareAndBoundsWithIdle() {
        estimated("tokens-mlenergy-v3");
        Exposition scrape = scrape();
        String[] remote = {"model", "gpt-4o", "operation", "chat", "component", "remote", "quality", "estimated"};
        assertThat(scrape.sum("inferwatt_energy_joules_total", remote)).isCloseTo(450, ROUNDING);
        assertThat(scrape.sum("inferwatt_idle_share_joules_total", remote)).isCloseTo(50, ROUNDING);
        assertThat(scrape.sum("inferwatt_remote_bound_joules_total", "model", "gpt-4o", "bound", "low"))
                .isEqualTo(100);
        assertThat(scrape.sum("inferwatt_remote_bound_joules_total", "model", "gpt-4o", "bound", "high"))
                .isEqualTo(2500);
        assertThat(scrape.sum("inferwatt_remote_requests_total")).isEqualTo(1);
        assertThat(scrape.sum("inferwatt_unestimated_requests_total")).isZero();
    }

    @Test
    void operationalGrams_areThoseOfTheDynamicJoules() {
        estimated("tokens-mlenergy-v3");
        assertThat(scrape().sum("inferwatt_co2e_grams_total", "model", "gpt-4o", "scope", "operational"))
                .isCloseTo(450 * 1e-4, ROUNDING);
    }

    @Test
    void processorOfTheCaller_staysUnderItsOwnComponentAndQuality() {
        ledger.remoteCall("gpt-4o", "chat", Outcome.OK);
        assertThat(scrape().samples("inferwatt_energy_joules_total"))
                .extracting(sample ->
                        sample.labels().get("component") + " " + sample.labels().get("quality"))
                .containsExactlyInAnyOrder("cpu measured", "dram measured", "gpu measured", "remote estimated");
    }

    @Test
    void modelsThatAskNoOtherMachine_haveNoRemoteSeries() {
        ledger.call("minilm", "inference", Outcome.OK);
        ledger.remoteCall("gpt-4o", "chat", Outcome.OK);
        Exposition scrape = scrape();
        assertThat(scrape.samples("inferwatt_energy_joules_total"))
                .filteredOn(sample -> sample.labels().get("component").equals("remote"))
                .extracting(sample -> sample.labels().get("model"))
                .containsExactly("gpt-4o");
        for (Family family : RemoteCatalogue.ALL) {
            assertThat(scrape.sum(CatalogueTest.prometheusName(family), "model", "minilm"))
                    .as(family.name())
                    .isZero();
            assertThat(scrape.samples(CatalogueTest.prometheusName(family)))
                    .as(family.name())
                    .noneMatch(sample -> "minilm".equals(sample.labels().get("model")));
        }
        assertThat(scrape.samples("inferwatt_tokens_cached_total")).hasSize(1);
        assertThat(scrape.samples("inferwatt_time_to_first_token_seconds_count"))
                .hasSize(1);
    }

    @Test
    void remoteModelSeenBeforeItsFirstFigure_hasAllThatMayComeAt0AndNothingUnknownAs0() {
        ledger.books(GPT);
        Exposition scrape = scrape();
        assertThat(scrape.samples("inferwatt_unestimated_requests_total"))
                .extracting(sample -> sample.labels().get("reason") + "=" + sample.value())
                .containsExactlyInAnyOrder("unknown_model=0.0", "no_usage=0.0", "failed=0.0", "no_figure=0.0");
        assertThat(scrape.samples("inferwatt_unestimated_tokens_total")).hasSize(2);
        assertThat(scrape.samples("inferwatt_remote_bound_joules_total")).hasSize(2);
        assertThat(scrape.samples("inferwatt_remote_requests_total")).hasSize(1);
        assertThat(scrape.samples("inferwatt_tokens_reasoning_total")).hasSize(1);
        assertThat(scrape.samples("inferwatt_energy_joules_total"))
                .filteredOn(sample -> sample.labels().get("component").equals("remote"))
                .singleElement()
                .satisfies(sample -> assertThat(sample.value()).isZero());

        assertThat(scrape.samples("inferwatt_water_liters_total")).isEmpty();
        assertThat(scrape.samples("inferwatt_co2e_grams_total"))
                .extracting(sample -> sample.labels().get("scope"))
                .containsExactlyInAnyOrder("operational", "embodied");
        assertThat(scrape.samples("inferwatt_measurement_uncertainty_ratio"))
                .noneMatch(sample -> sample.labels().get("component").equals("remote"));
        assertThat(scrape.samples("inferwatt_measurement_info"))
                .noneMatch(sample -> sample.labels().get("component").equals("remote"));
    }

    @Test
    void fullTable_hasRemoteSeriesOfOtherBeforeTheFirstRemoteModelIsFolded() {
        maxModels = 2;
        ledger.books(GPT);
        Exposition scrape = scrape();
        assertThat(scrape.samples("inferwatt_energy_joules_total"))
                .filteredOn(sample -> sample.labels().get("component").equals("remote"))
                .extracting(sample -> sample.labels().get("model"))
                .containsExactlyInAnyOrder("gpt-4o", "other");
        assertThat(scrape.samples("inferwatt_unestimated_requests_total")).hasSize(8);
    }

    @Test
    void callWithoutEstimate_isCountedByReasonWithItsTokensAndNoJoules() {
        ledger.books(GPT)
                .unestimated(Unestimated.Reason.UNKNOWN_MODEL, 70, 30)
                .unestimated(Unestimated.Reason.UNKNOWN_MODEL, 7, 3)
                .unestimated(Unestimated.Reason.NO_USAGE, 0, 0);
        Exposition scrape = scrape();
        assertThat(scrape.sum("inferwatt_unestimated_requests_total", "model", "gpt-4o", "reason", "unknown_model"))
                .isEqualTo(2);
        assertThat(scrape.sum("inferwatt_unestimated_requests_total", "reason", "no_usage"))
                .isEqualTo(1);
        assertThat(scrape.sum("inferwatt_unestimated_tokens_total", "type", "input"))
                .isEqualTo(77);
        assertThat(scrape.sum("inferwatt_unestimated_tokens_total", "type", "output"))
                .isEqualTo(33);
        assertThat(scrape.sum("inferwatt_remote_requests_total")).isEqualTo(3);
        assertThat(scrape.sum("inferwatt_energy_joules_total", "component", "remote"))
                .isZero();
    }

    @Test
    void localModelWhoseCallsAskAnother_showsBoth() {
        ledger.call("rag", "inference", Outcome.OK);
        ledger.books(ModelKey.of("rag")).estimated("tokens-mlenergy-v3", BAND, 0.9, 1e-4, 0, Range.UNKNOWN);
        Exposition scrape = scrape();
        assertThat(scrape.sum("inferwatt_energy_joules_total", "model", "rag", "component", "remote"))
                .isCloseTo(450, ROUNDING);
        assertThat(scrape.sum("inferwatt_energy_joules_total", "model", "rag", "component", "cpu"))
                .isPositive();
    }

    @Test
    void uncertainty_isTheWidthOfTheSummedBandsOnTheScaleOfRatios() {
        estimated("tokens-mlenergy-v3");
        ledger.books(ModelKey.remote("claude", "chat"))
                .estimated("tokens-mlenergy-v3", new Range(300, 400, 500), 0.9, 1e-4, 0, Range.UNKNOWN);
        assertThat(scrape().sum("inferwatt_measurement_uncertainty_ratio", "component", "remote"))
                .isCloseTo(Math.log(3000.0 / 400) / 3.92, ROUNDING);
    }

    @Test
    void uncertainty_withoutALowerEnd_isAbsent() {
        ledger.books(GPT).estimated("tokens-mlenergy-v3", new Range(0, 400, 500), 0.9, 1e-4, 0, Range.UNKNOWN);
        assertThat(scrape().samples("inferwatt_measurement_uncertainty_ratio"))
                .noneMatch(sample -> sample.labels().get("component").equals("remote"));
    }

    @Test
    void measurementInfo_namesEachMethodOnce() {
        estimated("tokens-mlenergy-v3");
        estimated("images-mlenergy-v3");
        ledger.books(ModelKey.remote("claude", "chat"))
                .estimated("tokens-mlenergy-v3", BAND, 0.9, 1e-4, 0, Range.UNKNOWN);
        assertThat(scrape().samples("inferwatt_measurement_info"))
                .filteredOn(sample -> sample.labels().get("component").equals("remote"))
                .containsExactlyInAnyOrder(info("tokens-mlenergy-v3"), info("images-mlenergy-v3"));
    }

    private static Exposition.Sample info(String source) {
        return new Exposition.Sample(
                "inferwatt_measurement_info",
                Map.of(
                        "component", "remote",
                        "source", source,
                        "quality", "estimated",
                        "method", "per_call",
                        "host", "machine-1"),
                1);
    }

    @Test
    void water_isOfTheCallsForWhichItIsKnownAndTheOthersAreCounted() {
        estimated("tokens-mlenergy-v3");
        ledger.books(GPT).estimated("tokens-mlenergy-v3", BAND, 0.9, 1e-4, 0, Range.exactly(0.002));
        Exposition scrape = scrape();
        assertThat(scrape.sum("inferwatt_water_liters_total", "model", "gpt-4o", "component", "remote"))
                .isCloseTo(0.0018, ROUNDING);
        assertThat(scrape.sum("inferwatt_water_unknown_requests_total", "model", "gpt-4o"))
                .isEqualTo(1);
    }

    @Test
    void embodiedGrams_areShownWhereAMethodKnowsThem() {
        estimated("tokens-mlenergy-v3");
        ledger.books(GPT).estimated("tokens-ecologits-0.9", BAND, 1, 1e-4, 0.25, Range.UNKNOWN);
        assertThat(scrape().sum("inferwatt_co2e_grams_total", "model", "gpt-4o", "scope", "embodied"))
                .isEqualTo(0.25);
    }

    @Test
    void embodiedGrams_ofAMethodWithoutThem_areThoseOfThisMachineAlone() {
        estimated("tokens-mlenergy-v3");
        assertThat(scrape().sum("inferwatt_co2e_grams_total", "scope", "embodied"))
                .isEqualTo(ledger.now().models().stream()
                        .mapToDouble(model -> model.footprint().embodiedGrams())
                        .sum());
    }

    @Test
    void booksThatAreNoNumbers_leaveCountersWhereTheyWereAndTheUncertaintyAbsent() {
        ledger.call("gpt-4o", "chat", Outcome.OK);
        ledger.books(GPT)
                .estimated(
                        "tokens-mlenergy-v3",
                        new Range(Double.NaN, Double.NaN, Double.POSITIVE_INFINITY),
                        0.9,
                        1e-4,
                        Double.NaN,
                        Range.UNKNOWN);
        Exposition scrape = scrape();
        assertThat(scrape.sum("inferwatt_energy_joules_total", "component", "remote"))
                .isZero();
        assertThat(scrape.sum("inferwatt_remote_bound_joules_total")).isZero();
        assertThat(scrape.sum("inferwatt_co2e_grams_total", "scope", "operational"))
                .isPositive();
        assertThat(scrape.samples("inferwatt_measurement_uncertainty_ratio"))
                .noneMatch(sample -> sample.labels().get("component").equals("remote"));
    }
}
