package io.inferwatt.exporters.micrometer;

import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.ReadingFlag;
import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.core.report.MeterSnapshot.DomainTotals;
import io.inferwatt.core.report.MeterSnapshot.UncountedTotals;

/** Turns what is known of each single meter, and what its device drew, into series. */
final class MeterFigures {

    private static final String GPU_PREFIX = Domain.gpu("").id();
    private static final ReadingFlag[] FLAGS = ReadingFlag.values();

    private final SeriesTable table;

    MeterFigures(SeriesTable table) {
        this.table = table;
    }

    void apply(MeterSnapshot snapshot) {
        for (DomainTotals totals : snapshot.domains()) {
            String id = totals.domain().id();
            if (totals.domain().component() == Component.GPU) {
                String device = id.startsWith(GPU_PREFIX) ? id.substring(GPU_PREFIX.length()) : id;
                table.add(Catalogue.DEVICE_ENERGY, totals.joules(), device);
            }
            if (totals.speaking()) {
                describe(totals, id, totals.source());
            }
        }
        for (UncountedTotals totals : snapshot.uncounted()) {
            table.add(
                    Catalogue.UNCOUNTED_ENERGY, totals.joules(), totals.domain().id(), totals.source());
        }
    }

    private void describe(DomainTotals totals, String id, String source) {
        for (ReadingFlag flag : FLAGS) {
            table.add(Catalogue.MEASUREMENT_FLAGS, totals.flags().contains(flag) ? 1 : 0, id, source, flag.label());
        }
        addKnown(Catalogue.METER_UPDATE, totals.timing().updateSeconds(), id, source);
        addKnown(Catalogue.METER_LAG, totals.timing().lagSeconds(), id, source);
        addKnown(Catalogue.METER_SAMPLED, totals.timing().sampledPart(), id, source);
    }

    private void addKnown(Family family, double value, String id, String source) {
        if (!Double.isNaN(value)) {
            table.add(family, value, id, source);
        }
    }
}
