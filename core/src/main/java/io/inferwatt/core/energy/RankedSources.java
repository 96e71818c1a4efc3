package io.inferwatt.core.energy;

import io.inferwatt.core.energy.EnergySource.Discovery;
import io.inferwatt.core.energy.Finding.Kind;
import io.inferwatt.core.energy.SourceReport.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The sources in order of preference, with what each said when it was last asked. Sampler thread only. */
final class RankedSources {

    private final List<EnergySource> sources;
    private final SourceContext context;
    private final List<String> wanted;
    private final Consumer<String> warnings;
    private final List<Discovered> discovered = new ArrayList<>();

    /**
     * @param wanted ids of the sources that the user named
     * @param warnings hears, when told to, what a source cannot give though it is here or was named
     */
    RankedSources(List<EnergySource> sources, SourceContext context, List<String> wanted, Consumer<String> warnings) {
        this.sources = sources;
        this.context = context;
        this.wanted = wanted;
        this.warnings = warnings;
        for (int i = 0; i < sources.size(); i++) {
            discovered.add(new Discovered(false, List.of()));
        }
    }

    int size() {
        return sources.size();
    }

    EnergySource get(int preference) {
        return sources.get(preference);
    }

    /** Asks one source; one that throws against its contract has found nothing. */
    List<EnergyCounter> discover(int preference) {
        EnergySource source = sources.get(preference);
        Discovery discovery;
        try {
            discovery = source.discover(context);
        } catch (RuntimeException | LinkageError e) {
            discovery = Discovery.nothing(Finding.lost(source.id(), "left out, looking for it failed: " + e, ""));
        }
        discovered.set(preference, new Discovered(!discovery.counters().isEmpty(), discovery.findings()));
        return discovery.counters();
    }

    /** Warns of what a source that was asked could not give. */
    void tellLosses(int preference) {
        Discovered latest = discovered.get(preference);
        boolean disappoints =
                !latest.usable() && wanted.contains(sources.get(preference).id());
        for (Finding finding : latest.findings()) {
            if (disappoints || finding.kind() == Kind.LOST) {
                warnings.accept(finding.line());
            }
        }
    }

    /** Returns what all sources say but those that work and are not needed; theirs would only mislead. */
    List<Finding> findings(List<DomainMeter> meters) {
        List<Finding> findings = new ArrayList<>();
        for (int preference = 0; preference < sources.size(); preference++) {
            Discovered latest = discovered.get(preference);
            if (!latest.usable() || supplies(sources.get(preference), meters)) {
                findings.addAll(latest.findings());
            }
        }
        return findings;
    }

    /** Returns what became of each source. */
    List<SourceReport> reports(List<DomainMeter> meters) {
        List<SourceReport> reports = new ArrayList<>();
        for (int preference = 0; preference < sources.size(); preference++) {
            Discovered latest = discovered.get(preference);
            Standing working = latest.usable() ? Standing.STAND_BY : Standing.NOT_USABLE;
            EnergySource source = sources.get(preference);
            reports.add(new SourceReport(
                    source.id(), supplies(source, meters) ? Standing.IN_USE : working, latest.findings()));
        }
        return reports;
    }

    private static boolean supplies(EnergySource source, List<DomainMeter> meters) {
        for (DomainMeter meter : meters) {
            if (meter.origin() == source) {
                return true;
            }
        }
        return false;
    }

    private record Discovered(boolean usable, List<Finding> findings) {}
}
