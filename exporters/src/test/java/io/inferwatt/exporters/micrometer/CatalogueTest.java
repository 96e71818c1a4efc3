package io.inferwatt.exporters.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.footprint.CarbonIntensity;
import io.inferwatt.core.footprint.Facility;
import io.inferwatt.core.footprint.remote.Range;
import io.inferwatt.core.footprint.remote.RemotePlace;
import io.inferwatt.core.report.BudgetKind;
import io.inferwatt.core.report.MeterSnapshot.Confidence;
import io.inferwatt.core.report.TenantTotals;
import io.inferwatt.exporters.AgentFigures;
import io.inferwatt.exporters.Exposition;
import io.inferwatt.exporters.PushCounts;
import io.inferwatt.exporters.Snapshots;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {

    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    /** The names that dashboards and rules rely on, spelled out. */
    static final List<String> PROMISED = List.of(
            "inferwatt_request_energy_joules_bucket",
            "inferwatt_request_energy_joules_sum",
            "inferwatt_request_energy_joules_count",
            "inferwatt_request_energy_joules_max",
            "inferwatt_request_duration_seconds_sum",
            "inferwatt_request_duration_seconds_count",
            "inferwatt_request_duration_seconds_max",
            "inferwatt_requests_total",
            "inferwatt_requests_active",
            "inferwatt_energy_joules_total",
            "inferwatt_idle_share_joules_total",
            "inferwatt_tail_energy_joules_total",
            "inferwatt_items_total",
            "inferwatt_tokens_total",
            "inferwatt_co2e_grams_total",
            "inferwatt_idle_share_co2e_grams_total",
            "inferwatt_co2e_market_grams_total",
            "inferwatt_training_co2e_grams_total",
            "inferwatt_tenant_energy_joules_total",
            "inferwatt_tenant_co2e_grams_total",
            "inferwatt_source_energy_joules_total",
            "inferwatt_unattributed_energy_joules_total",
            "inferwatt_power_watts",
            "inferwatt_attribution_coverage_ratio",
            "inferwatt_measurement_uncertainty_ratio",
            "inferwatt_measurement_info",
            "inferwatt_measurement_flags",
            "inferwatt_measurement_bound_ratio",
            "inferwatt_device_energy_joules_total",
            "inferwatt_uncounted_energy_joules_total",
            "inferwatt_meter_update_seconds",
            "inferwatt_meter_lag_seconds",
            "inferwatt_meter_sampled_ratio",
            "inferwatt_model_uncertainty_ratio",
            "inferwatt_model_flags",
            "inferwatt_model_group_uncertainty_ratio",
            "inferwatt_sampler_samples_total",
            "inferwatt_sampler_errors_total",
            "inferwatt_sampler_wraps_total",
            "inferwatt_sampler_resets_total",
            "inferwatt_sampler_implausible_total",
            "inferwatt_sampler_gap_seconds_total",
            "inferwatt_sampler_last_success_timestamp_seconds",
            "inferwatt_sampler_interval_seconds",
            "inferwatt_grid_carbon_intensity_grams_per_kwh",
            "inferwatt_grid_intensity_age_seconds",
            "inferwatt_grid_intensity_failures_total",
            "inferwatt_pue_ratio",
            "inferwatt_wue_liters_per_kwh",
            "inferwatt_agent_energy_joules_total",
            "inferwatt_agent_cpu_seconds_total",
            "inferwatt_agent_allocated_bytes_total",
            "inferwatt_agent_cpu_share_ratio",
            "inferwatt_agent_cpu_max_ratio",
            "inferwatt_agent_ticks_total",
            "inferwatt_agent_tick_lag_seconds_total",
            "inferwatt_agent_tick_lag_max_seconds",
            "inferwatt_agent_tick_interval_seconds",
            "inferwatt_agent_tick_lengthened_total",
            "inferwatt_agent_export_failures_total",
            "inferwatt_agent_exports_total",
            "inferwatt_agent_dropped_exports_total",
            "inferwatt_agent_dropped_series_total",
            "inferwatt_agent_instrumentation_errors_total",
            "inferwatt_agent_info",
            "inferwatt_dropped_calls_total",
            "inferwatt_time_to_first_token_seconds_sum",
            "inferwatt_time_to_first_token_seconds_count",
            "inferwatt_time_to_first_token_seconds_max",
            "inferwatt_tokens_cached_total",
            "inferwatt_tokens_reasoning_total",
            "inferwatt_remote_requests_total",
            "inferwatt_unestimated_requests_total",
            "inferwatt_unestimated_tokens_total",
            "inferwatt_remote_bound_joules_total",
            "inferwatt_water_liters_total",
            "inferwatt_water_unknown_requests_total",
            "inferwatt_remote_place_info",
            "inferwatt_remote_grid_carbon_intensity_grams_per_kwh",
            "inferwatt_local_server_requests_total",
            "inferwatt_local_server_cpu_seconds_total",
            "inferwatt_budget_energy_limit_joules",
            "inferwatt_budget_energy_consumed_joules",
            "inferwatt_budget_energy_remaining_joules",
            "inferwatt_budget_co2e_limit_grams",
            "inferwatt_budget_co2e_consumed_grams",
            "inferwatt_budget_co2e_remaining_grams",
            "inferwatt_budget_water_limit_liters",
            "inferwatt_budget_water_consumed_liters",
            "inferwatt_budget_water_remaining_liters",
            "inferwatt_budget_efficiency_limit_joules",
            "inferwatt_budget_efficiency_mean_joules",
            "inferwatt_budget_consumed_ratio",
            "inferwatt_budget_burn_ratio",
            "inferwatt_budget_forecast_ratio",
            "inferwatt_budget_period_seconds",
            "inferwatt_budget_period_start_timestamp_seconds",
            "inferwatt_budget_charged_joules_total",
            "inferwatt_budget_charged_grams_total",
            "inferwatt_budget_charged_liters_total",
            "inferwatt_budget_unknown_requests_total",
            "inferwatt_budget_rejected_requests_total");

    @ParameterizedTest
    @ValueSource(strings = {TEXT, OPEN_METRICS})
    void afterOneCallOfEachModel_everyPromisedNameAndNoOtherIsExposed(String contentType) throws IOException {
        assertThat(new Exposition(scrape(contentType)).names()).containsExactlyInAnyOrderElementsOf(PROMISED);
    }

    @Test
    void openMetrics_endsWithItsEndMark() throws IOException {
        assertThat(scrape(OPEN_METRICS)).endsWith("# EOF\n");
    }

    @Test
    void labelKeysOfAName_areTheSameInAllItsSeries() throws IOException {
        Map<String, Set<String>> keys = new HashMap<>();
        for (Exposition.Sample sample : new Exposition(scrape(TEXT)).samples()) {
            assertThat(sample.labels().keySet())
                    .as(sample.name())
                    .isEqualTo(keys.computeIfAbsent(
                            sample.name(), ignored -> sample.labels().keySet()));
        }
    }

    @Test
    void measurementInfo_namesComponentSourceQualityMethodAndHost() throws IOException {
        assertThat(new Exposition(scrape(TEXT)).samples("inferwatt_measurement_info"))
                .contains(new Exposition.Sample(
                        "inferwatt_measurement_info",
                        Map.of(
                                "component", "cpu",
                                "source", "rapl-powercap",
                                "quality", "measured",
                                "method", "learned",
                                "host", "machine-1"),
                        1));
    }

    @Test
    void promtool_findsNothingToComplainAbout() throws Exception {
        assertThat(Promtool.run(scrape(TEXT), "check", "metrics")).isEmpty();
    }

    static String prometheusName(Family family) {
        String name = family.name().replace('.', '_') + (family.unit() == null ? "" : "_" + family.unit());
        return switch (family.kind()) {
            case COUNTER -> name + "_total";
            case TIMER -> name + "_seconds";
            case GAUGE, HISTOGRAM -> name;
        };
    }

    private static String scrape(String contentType) throws IOException {
        List<ModelKey> group = List.of(ModelKey.of("minilm"), ModelKey.of("bge"));
        Snapshots ledger = Snapshots.ofHost(1)
                .intensity(new CarbonIntensity(302, "DE", "electricity-maps", "a publisher", OptionalInt.empty())
                        .with(new CarbonIntensity.Feed("electricity-maps", "DE", "electricity-maps", 12, 3)))
                .facility(new Facility(1.2, "region", 0.5, 3, "region"))
                .market(50)
                .training(0.1)
                .tenant(new TenantTotals("sales", 1, 5, 0.1, 0, 0))
                .call("minilm", "inference", Outcome.OK)
                .call("bge", "inference", Outcome.OK)
                .confidence("minilm", "inference", new Confidence(0.4, group, 0.02))
                .confidence("bge", "inference", new Confidence(0.3, group, 0.02))
                .place(new RemotePlace(
                        "openai",
                        "us-east-1",
                        new CarbonIntensity(327, "US", "table", "a publisher", OptionalInt.of(2025)),
                        Range.exactly(1.2),
                        Range.UNKNOWN,
                        Double.NaN,
                        "",
                        "",
                        false));
        ledger.books(ModelKey.remote("gpt-4o", "chat"))
                .estimated("tokens-mlenergy-v3", new Range(100, 500, 2500), 0.91, 1e-4, 0.01, Range.exactly(0.002));
        for (BudgetKind kind : BudgetKind.values()) {
            ledger.budget(BudgetFiguresTest.totals("team-" + kind.label(), kind, 4));
        }
        AgentFigures agent = AgentFigures.ofLibrary("1.2.3", "machine-1").with(List.of(new PushCounts("pushgateway")));
        InferenceEnergyMetrics metrics = new InferenceEnergyMetrics(ledger::now, 16, agent);
        metrics.settled(Snapshots.settled("minilm", 0.02));
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        metrics.bindTo(registry);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        registry.scrape(out, contentType);
        return out.toString(StandardCharsets.UTF_8);
    }
}
