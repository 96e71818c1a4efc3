package io.inferwatt.exporters.micrometer;

import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.report.MeterSnapshot.DomainTotals;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Turns the per-domain part of a snapshot into series. Domains of one component, or of one source, are put together. */
final class DomainFigures {

    private final SeriesTable table;
    private final String hostName;

    DomainFigures(SeriesTable table, String hostName) {
        this.table = table;
        this.hostName = hostName;
    }

    void apply(List<DomainTotals> domains) {
        Map<Component, List<DomainTotals>> speaking = new EnumMap<>(Component.class);
        Map<String, List<DomainTotals>> inForce = new LinkedHashMap<>();
        Set<Domain> heard = new HashSet<>();
        for (DomainTotals domain : domains) {
            count(domain);
            if (domain.speaking()) {
                heard.add(domain.domain());
                speaking.computeIfAbsent(domain.domain().component(), ignored -> new ArrayList<>())
                        .add(domain);
            }
        }
        for (DomainTotals domain : domains) {
            // A source that fell silent without a successor stays, so that its last reading is seen to grow old.
            if (domain.speaking() || !heard.contains(domain.domain())) {
                inForce.computeIfAbsent(domain.source(), ignored -> new ArrayList<>())
                        .add(domain);
            }
        }
        speaking.forEach(this::gaugeComponent);
        inForce.forEach(this::gaugeSource);
    }

    private void count(DomainTotals domain) {
        String component = domain.domain().component().label();
        String source = domain.source();
        table.add(
                Catalogue.SOURCE_ENERGY,
                domain.joules(),
                component,
                domain.quality().label());
        table.add(Catalogue.UNATTRIBUTED_ENERGY, domain.idleJoules(), component, "idle");
        table.add(Catalogue.UNATTRIBUTED_ENERGY, domain.runtimeJoules(), component, "runtime");
        table.add(Catalogue.UNATTRIBUTED_ENERGY, domain.otherJoules(), component, "other");
        table.add(Catalogue.UNATTRIBUTED_ENERGY, domain.gapJoules(), component, "gap");
        table.count(Catalogue.SAMPLES, domain.samples(), source);
        domain.errors()
                .forEach((reason, errors) -> table.count(
                        Catalogue.SAMPLER_ERRORS, errors, source, reason.name().toLowerCase(Locale.ROOT)));
        table.count(Catalogue.SAMPLER_WRAPS, domain.health().wraps(), source);
        table.count(Catalogue.SAMPLER_RESETS, domain.health().resets(), source);
        table.count(Catalogue.SAMPLER_IMPLAUSIBLE, domain.health().implausible(), source);
        table.add(Catalogue.SAMPLER_GAP, domain.gapSeconds(), source);
    }

    private void gaugeComponent(Component component, List<DomainTotals> domains) {
        double watts = 0;
        double uncertainWatts = 0;
        double plainUncertainty = 0;
        double coverage = Double.NaN;
        Set<List<String>> sources = new HashSet<>();
        for (DomainTotals domain : domains) {
            watts += domain.watts();
            uncertainWatts += domain.watts() * domain.uncertainty();
            plainUncertainty += domain.uncertainty() / domains.size();
            coverage = worse(coverage, domain.coverage());
            sources.add(List.of(domain.source(), domain.quality().label(), domain.method()));
        }
        String label = component.label();
        table.add(Catalogue.POWER, watts, label);
        table.add(Catalogue.COVERAGE, coverage, label);
        table.add(Catalogue.UNCERTAINTY, watts > 0 ? uncertainWatts / watts : plainUncertainty, label);
        sources.forEach(
                each -> table.add(Catalogue.MEASUREMENT, 1, label, each.get(0), each.get(1), each.get(2), hostName));
    }

    // Math.min lets NaN win, which here only says that a domain drew too little to tell.
    private static double worse(double one, double another) {
        return Double.isNaN(one) || another < one ? another : one;
    }

    private void gaugeSource(String source, List<DomainTotals> domains) {
        double oldest = Double.POSITIVE_INFINITY;
        double longest = 0;
        for (DomainTotals domain : domains) {
            oldest = Math.min(oldest, domain.lastSuccessEpochSeconds());
            longest = Math.max(longest, domain.intervalSeconds());
        }
        table.add(Catalogue.SAMPLER_LAST_SUCCESS, oldest, source);
        table.add(Catalogue.SAMPLER_INTERVAL, longest, source);
    }
}
