package io.inferwatt.core.report.disclosure;

import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.ErrorBand;
import io.inferwatt.core.report.MeterSnapshot.DomainTotals;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The 95 % band of each component's joules: the mean of those of its domains and sources, weighted by joules, since the errors of
 * meters of one kind are alike and do not cancel. A component is missing if the band of a part of it is not known.
 */
final class SourceBands {

    private SourceBands() {}

    static Map<Component, ErrorBand> of(List<DomainTotals> domains) {
        Map<Component, ErrorBand> bands = new EnumMap<>(Component.class);
        for (Component component : Component.values()) {
            double joules = 0;
            double low = 0;
            double high = 0;
            for (DomainTotals domain : domains) {
                if (domain.domain().component() == component && domain.joules() > 0) {
                    boolean known = !domain.band().equals(ErrorBand.NONE);
                    joules += domain.joules();
                    low += domain.joules() * (known ? domain.band().lowRatio() : Double.NaN);
                    high += domain.joules() * (known ? domain.band().highRatio() : Double.NaN);
                }
            }
            if (joules > 0 && !Double.isNaN(low)) {
                bands.put(component, new ErrorBand(Math.min(1, low / joules), Math.max(1, high / joules)));
            }
        }
        return bands;
    }
}
