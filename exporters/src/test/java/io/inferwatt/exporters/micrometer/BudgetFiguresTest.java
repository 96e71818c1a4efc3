package io.inferwatt.exporters.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.report.BudgetKind;
import io.inferwatt.core.report.BudgetTotals;
import io.inferwatt.exporters.Exposition;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BudgetFiguresTest {

    private final SeriesTable table = new SeriesTable(() -> {});
    private final BudgetFigures figures = new BudgetFigures(table);
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    BudgetFiguresTest() {
        table.bind(registry);
    }

    static BudgetTotals totals(String name, BudgetKind kind, double consumed) {
        return new BudgetTotals(
                name,
                kind,
                10,
                consumed,
                10 - consumed,
                consumed / 2,
                1.79e9,
                90_000,
                3,
                2,
                1.5,
                7,
                5,
                "Europe/Berlin",
                List.of(50.0, 80.0, 100.0));
    }

    private Exposition show(BudgetTotals... budgets) {
        table.begin();
        figures.apply(List.of(budgets));
        table.commit();
        return new Exposition(registry.scrape());
    }

    private static void assertOne(Exposition scrape, String name, Map<String, String> labels, double value) {
        assertThat(scrape.samples(name)).as(name).contains(new Exposition.Sample(name, labels, value));
    }

    @Test
    void budget_isToldInTheUnitOfItsKind() {
        Exposition scrape = show(
                totals("a", BudgetKind.ENERGY, 4), totals("b", BudgetKind.CO2E, 6), totals("c", BudgetKind.WATER, 8));

        assertOne(scrape, "inferwatt_budget_energy_limit_joules", Map.of("budget", "a"), 10);
        assertOne(scrape, "inferwatt_budget_energy_consumed_joules", Map.of("budget", "a"), 4);
        assertOne(scrape, "inferwatt_budget_energy_remaining_joules", Map.of("budget", "a"), 6);
        assertOne(scrape, "inferwatt_budget_co2e_consumed_grams", Map.of("budget", "b"), 6);
        assertOne(scrape, "inferwatt_budget_water_remaining_liters", Map.of("budget", "c"), 2);
        assertOne(scrape, "inferwatt_budget_charged_joules_total", Map.of("budget", "a"), 2);
        assertOne(scrape, "inferwatt_budget_charged_grams_total", Map.of("budget", "b"), 3);
        assertOne(scrape, "inferwatt_budget_charged_liters_total", Map.of("budget", "c"), 4);
        assertOne(scrape, "inferwatt_budget_consumed_ratio", Map.of("budget", "b", "kind", "co2e"), 0.6);
        assertOne(scrape, "inferwatt_budget_forecast_ratio", Map.of("budget", "c", "kind", "water"), 1.5);
        assertOne(scrape, "inferwatt_budget_burn_ratio", Map.of("budget", "a", "kind", "energy", "window", "5m"), 3);
        assertOne(scrape, "inferwatt_budget_burn_ratio", Map.of("budget", "a", "kind", "energy", "window", "1h"), 2);
        assertOne(scrape, "inferwatt_budget_period_seconds", Map.of("budget", "a"), 90_000);
        assertOne(scrape, "inferwatt_budget_period_start_timestamp_seconds", Map.of("budget", "a"), 1.79e9);
        assertOne(scrape, "inferwatt_budget_unknown_requests_total", Map.of("budget", "a"), 7);
        assertOne(scrape, "inferwatt_budget_rejected_requests_total", Map.of("budget", "a"), 5);
        assertThat(scrape.samples("inferwatt_budget_charged_joules_total")).hasSize(1);
    }

    @Test
    void mean_burnsAndForecastsNothing() {
        Exposition scrape = show(totals("thrifty", BudgetKind.EFFICIENCY, 4));

        assertOne(scrape, "inferwatt_budget_efficiency_limit_joules", Map.of("budget", "thrifty"), 10);
        assertOne(scrape, "inferwatt_budget_efficiency_mean_joules", Map.of("budget", "thrifty"), 4);
        assertOne(scrape, "inferwatt_budget_consumed_ratio", Map.of("budget", "thrifty", "kind", "efficiency"), 0.4);
        assertThat(scrape.names())
                .doesNotContain(
                        "inferwatt_budget_burn_ratio",
                        "inferwatt_budget_forecast_ratio",
                        "inferwatt_budget_charged_joules_total",
                        "inferwatt_budget_energy_limit_joules");
    }

    @Test
    void charged_neverFalls_consumedDoesWithTheNextWindow() {
        show(totals("a", BudgetKind.ENERGY, 8));
        Exposition scrape = show(totals("a", BudgetKind.ENERGY, 1));

        assertOne(scrape, "inferwatt_budget_energy_consumed_joules", Map.of("budget", "a"), 1);
        assertOne(scrape, "inferwatt_budget_charged_joules_total", Map.of("budget", "a"), 4);
    }

    @Test
    void withoutBudgets_nothingIsTold() {
        assertThat(show().names()).isEmpty();
    }
}
