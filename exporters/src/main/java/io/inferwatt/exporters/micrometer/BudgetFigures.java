package io.inferwatt.exporters.micrometer;

import io.inferwatt.core.report.BudgetKind;
import io.inferwatt.core.report.BudgetTotals;
import java.util.List;

/** Turns budgets into series. Their names come from the settings, so there are as many as somebody wrote down. */
final class BudgetFigures {

    private final SeriesTable table;

    BudgetFigures(SeriesTable table) {
        this.table = table;
    }

    void apply(List<BudgetTotals> budgets) {
        for (BudgetTotals budget : budgets) {
            String name = budget.name();
            switch (budget.kind()) {
                case ENERGY ->
                    amounts(
                            budget,
                            BudgetCatalogue.ENERGY_LIMIT,
                            BudgetCatalogue.ENERGY_CONSUMED,
                            BudgetCatalogue.ENERGY_REMAINING,
                            BudgetCatalogue.CHARGED_JOULES);
                case CO2E ->
                    amounts(
                            budget,
                            BudgetCatalogue.CO2E_LIMIT,
                            BudgetCatalogue.CO2E_CONSUMED,
                            BudgetCatalogue.CO2E_REMAINING,
                            BudgetCatalogue.CHARGED_GRAMS);
                case WATER ->
                    amounts(
                            budget,
                            BudgetCatalogue.WATER_LIMIT,
                            BudgetCatalogue.WATER_CONSUMED,
                            BudgetCatalogue.WATER_REMAINING,
                            BudgetCatalogue.CHARGED_LITERS);
                case EFFICIENCY -> {
                    table.add(BudgetCatalogue.EFFICIENCY_LIMIT, budget.limit(), name);
                    table.add(BudgetCatalogue.EFFICIENCY_MEAN, budget.consumed(), name);
                }
            }
            String kind = budget.kind().label();
            table.add(BudgetCatalogue.CONSUMED, budget.consumedRatio(), name, kind);
            if (budget.kind() != BudgetKind.EFFICIENCY) { // a mean burns nothing
                table.add(BudgetCatalogue.BURN, budget.burnRatio5m(), name, kind, "5m");
                table.add(BudgetCatalogue.BURN, budget.burnRatio1h(), name, kind, "1h");
                table.add(BudgetCatalogue.FORECAST, budget.forecastRatio(), name, kind);
            }
            table.add(BudgetCatalogue.PERIOD, budget.windowSeconds(), name);
            table.add(BudgetCatalogue.PERIOD_START, budget.windowStartEpochSeconds(), name);
            table.count(BudgetCatalogue.UNKNOWN_REQUESTS, budget.unknownRequests(), name);
            table.count(BudgetCatalogue.REJECTED_REQUESTS, budget.rejectedRequests(), name);
        }
    }

    private void amounts(BudgetTotals budget, Family limit, Family consumed, Family remaining, Family charged) {
        table.add(limit, budget.limit(), budget.name());
        table.add(consumed, budget.consumed(), budget.name());
        table.add(remaining, budget.remaining(), budget.name());
        table.add(charged, budget.charged(), budget.name());
    }
}
