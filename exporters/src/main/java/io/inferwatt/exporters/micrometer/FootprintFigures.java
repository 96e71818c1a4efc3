package io.inferwatt.exporters.micrometer;

import io.inferwatt.core.report.ModelFootprint;
import io.inferwatt.core.report.RemoteTotals;
import io.inferwatt.core.report.TenantTotals;
import java.util.List;

/** Turns what models and tenants answer for into series, beyond what is attributed above idle. */
final class FootprintFigures {

    private final SeriesTable table;

    FootprintFigures(SeriesTable table) {
        this.table = table;
    }

    void open(String model) {
        table.open(FootprintCatalogue.IDLE_SHARE_CO2E, model);
    }

    void add(String model, ModelFootprint footprint, RemoteTotals remote) {
        table.add(
                FootprintCatalogue.IDLE_SHARE_CO2E,
                footprint.idleGrams() + remote.operationalGrams().central() - remote.dynamicOperationalGrams(),
                model);
        addKnown(FootprintCatalogue.MARKET_CO2E, footprint.marketGrams(), model);
        addKnown(FootprintCatalogue.TRAINING_CO2E, footprint.trainingGrams(), model);
    }

    void apply(List<TenantTotals> tenants) {
        for (TenantTotals tenant : tenants) {
            table.add(FootprintCatalogue.TENANT_ENERGY, tenant.joules(), tenant.name());
            table.add(FootprintCatalogue.TENANT_CO2E, tenant.grams(), tenant.name());
        }
    }

    /** A series that is born at zero would tell that a figure is known. */
    private void addKnown(Family family, double amount, String... labels) {
        if (!Double.isNaN(amount)) {
            table.add(family, amount, labels);
        }
    }
}
