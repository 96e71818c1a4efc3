package io.inferwatt.core.report.disclosure;

import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.ErrorBand;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.footprint.CarbonIntensity;
import io.inferwatt.core.footprint.remote.RemotePlace;
import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.core.report.MeterSnapshot.DomainTotals;
import io.inferwatt.core.report.MeterSnapshot.ModelEnergy;
import io.inferwatt.core.report.MeterSnapshot.ModelTotals;
import io.inferwatt.core.report.ModelFootprint;
import io.inferwatt.core.report.RemoteTotals;
import io.inferwatt.core.report.TenantTotals;
import io.inferwatt.core.report.disclosure.Disclosure.About;
import io.inferwatt.core.report.disclosure.Disclosure.Factors;
import io.inferwatt.core.report.disclosure.Disclosure.Grid;
import io.inferwatt.core.report.disclosure.Disclosure.HostPart;
import io.inferwatt.core.report.disclosure.Disclosure.Meter;
import io.inferwatt.core.report.disclosure.Disclosure.NotKnown;
import io.inferwatt.core.report.disclosure.Disclosure.Period;
import io.inferwatt.core.report.disclosure.Disclosure.Place;
import io.inferwatt.core.report.disclosure.Disclosure.Reason;
import io.inferwatt.core.report.disclosure.ModelLine.Counts;
import io.inferwatt.core.report.disclosure.ModelLine.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The disclosure of a running meter: all that it has booked since its start. */
public final class SnapshotDisclosure {

    private final MeterSnapshot snapshot;
    private final Map<Component, ErrorBand> bands;

    private SnapshotDisclosure(MeterSnapshot snapshot) {
        this.snapshot = snapshot;
        this.bands = SourceBands.of(snapshot.domains());
    }

    /**
     * Returns the disclosure of a snapshot.
     *
     * @param marketGramsPerKwh intensity of the electricity as bought, NaN if nobody said
     * @param findings lines of the meter about what it uses and lacks
     */
    public static Disclosure of(
            MeterSnapshot snapshot, About about, Period period, double marketGramsPerKwh, List<String> findings) {
        return new SnapshotDisclosure(snapshot)
                .draft(about, period, marketGramsPerKwh, findings)
                .finish();
    }

    private DisclosureDraft draft(About about, Period period, double marketGramsPerKwh, List<String> findings) {
        return new DisclosureDraft(
                about,
                period,
                factors(snapshot, marketGramsPerKwh, findings),
                snapshot.domains().stream().map(SnapshotDisclosure::meter).toList(),
                host(),
                snapshot.models().stream().map(this::model).toList(),
                tenants(),
                notKnown(),
                true);
    }

    /**
     * Returns the factors in force.
     *
     * @param marketGramsPerKwh intensity of the electricity as bought, NaN if nobody said
     * @param findings lines of the meter about what it uses and lacks
     */
    public static Factors factors(MeterSnapshot snapshot, double marketGramsPerKwh, List<String> findings) {
        return new Factors(
                grid(snapshot.intensity()),
                snapshot.facility().pue(),
                snapshot.facility().source(),
                snapshot.facility().wueLitersPerKwh(),
                snapshot.facility().ewifLitersPerKwh(),
                snapshot.facility().waterSource(),
                marketGramsPerKwh,
                snapshot.remotePlaces().stream().map(SnapshotDisclosure::place).toList(),
                findings);
    }

    private static Grid grid(CarbonIntensity intensity) {
        return new Grid(
                intensity.gramsPerKwh(),
                intensity.zone(),
                intensity.source(),
                intensity.year().isPresent() ? intensity.year().getAsInt() : null,
                intensity.citation());
    }

    private static Place place(RemotePlace place) {
        return new Place(
                place.provider(),
                place.region(),
                grid(place.grid()),
                place.pue().central(),
                place.wueLitersPerKwh().central(),
                place.ewifLitersPerKwh(),
                place.facilitySource(),
                place.providerMean());
    }

    private static Meter meter(DomainTotals domain) {
        boolean known = !domain.band().equals(ErrorBand.NONE);
        return new Meter(
                domain.domain().id(),
                domain.domain().component().label(),
                domain.source(),
                domain.quality().label(),
                domain.method(),
                domain.joules(),
                known ? domain.band().lowRatio() : Double.NaN,
                known ? domain.band().highRatio() : Double.NaN,
                domain.gapSeconds(),
                domain.speaking(),
                domain.flags().stream().map(flag -> flag.label()).sorted().toList());
    }

    private List<HostPart> host() {
        Map<Component, List<DomainTotals>> domains = new TreeMap<>();
        for (DomainTotals domain : snapshot.domains()) {
            domains.computeIfAbsent(domain.domain().component(), ignored -> new ArrayList<>())
                    .add(domain);
        }
        List<HostPart> host = new ArrayList<>();
        domains.forEach((component, parts) -> host.add(new HostPart(
                component.label(),
                Known.sum(parts, DomainTotals::joules),
                Known.sum(parts, DomainTotals::modelJoules),
                Known.sum(parts, DomainTotals::idleJoules),
                idleOfModels(component),
                Known.sum(parts, DomainTotals::runtimeJoules),
                Known.sum(parts, DomainTotals::otherJoules),
                Known.sum(parts, DomainTotals::gapJoules))));
        return host;
    }

    private double idleOfModels(Component component) {
        return snapshot.models().stream()
                .flatMap(model -> model.energy().stream())
                .filter(part -> part.component() == component)
                .mapToDouble(ModelEnergy::idleShareJoules)
                .sum();
    }

    private ModelLine model(ModelTotals totals) {
        RemotePart remote = remote(totals.remote());
        double requests = totals.requests().values().stream()
                .mapToDouble(Long::doubleValue)
                .sum();
        Counts counts = new Counts(
                requests,
                ended(totals, Outcome.OK),
                ended(totals, Outcome.ERROR),
                ended(totals, Outcome.CANCELLED),
                ended(totals, Outcome.ABANDONED),
                0,
                remote == null ? 0 : totals.remote().requests().withoutEstimate(),
                totals.items(),
                totals.durationSeconds());
        String place = totals.key().remote() ? "@remote" : "";
        return ModelLine.of(
                totals.key().model() + "/" + totals.key().operation() + place,
                totals.key().model(),
                totals.key().operation(),
                orEmpty(totals.facts().runtime()),
                orEmpty(totals.facts().device()),
                counts,
                tokens(totals),
                local(totals),
                remote,
                totals.footprint().trainingGrams(),
                flags(totals, remote != null && totals.remote().requests().isEstimated()));
    }

    private static double ended(ModelTotals totals, Outcome outcome) {
        return totals.requests().getOrDefault(outcome, 0L);
    }

    private static Tokens tokens(ModelTotals totals) {
        long unestimated = totals.remote().unestimated().values().stream()
                .mapToLong(count -> count.inputTokens() + count.outputTokens())
                .sum();
        return new Tokens(
                totals.tokens().input(),
                totals.tokens().cachedInput(),
                totals.tokens().output(),
                totals.tokens().reasoning(),
                Math.max(0, totals.tokens().input() + totals.tokens().output() - unestimated));
    }

    private @Nullable LocalPart local(ModelTotals totals) {
        if (totals.energy().isEmpty()) {
            return null;
        }
        double dynamic = totals.joules();
        double joules = totals.joulesWithIdle();
        double measured = 0;
        double modelled = 0;
        for (ModelEnergy part : totals.energy()) {
            double of = part.joules() + part.idleShareJoules();
            measured += part.quality() == Quality.MEASURED ? of : 0;
            modelled += part.quality() == Quality.MEASURED ? 0 : of;
        }
        LocalBand sources = LocalBand.ofSources(totals.energy(), bands);
        ModelFootprint footprint = totals.footprint();
        return LocalPart.of(
                dynamic,
                joules - dynamic,
                joules,
                sources.lowRatio(),
                sources.highRatio(),
                totals.confidence().relativeStandardError(),
                measured,
                modelled,
                footprint.operationalGrams(),
                footprint.embodiedGrams(),
                footprint.marketGrams(),
                footprint.dynamicLiters() + footprint.idleLiters(),
                footprint.facility());
    }

    private static @Nullable RemotePart remote(RemoteTotals totals) {
        if (!totals.any()) {
            return null;
        }
        boolean any = totals.estimated() > 0;
        return new RemotePart(
                any ? totals.joules().central() : Double.NaN,
                any ? totals.joules().low() : Double.NaN,
                any ? totals.joules().high() : Double.NaN,
                any ? totals.operationalGrams().central() : Double.NaN,
                any ? totals.operationalGrams().low() : Double.NaN,
                any ? totals.operationalGrams().high() : Double.NaN,
                totals.embodiedGrams().central() > 0 ? totals.embodiedGrams().central() : Double.NaN,
                totals.estimated() > totals.withoutWater() ? totals.liters().central() : Double.NaN,
                totals.estimated(),
                totals.unestimated().values().stream()
                        .mapToLong(RemoteTotals.Count::calls)
                        .sum(),
                totals.withoutWater(),
                totals.methods().stream().sorted().toList());
    }

    private static List<String> flags(ModelTotals totals, boolean countEstimated) {
        List<String> flags = new ArrayList<>();
        if (totals.confidence().weak()) {
            flags.add("weak");
        }
        if (totals.confidence().collinear()) {
            flags.add("collinear");
        }
        if (countEstimated) {
            flags.add("figure_count_estimated");
        }
        return flags;
    }

    private Tenants tenants() {
        if (snapshot.tenants().isEmpty()) {
            return Tenants.NONE;
        }
        double all = Known.sum(snapshot.tenants(), TenantTotals::joules);
        return new Tenants(
                snapshot.tenants().stream()
                        .map(line -> new Tenants.Line(
                                line.name(),
                                line.requests(),
                                line.unknownRequests(),
                                line.joules(),
                                line.grams(),
                                line.liters() > 0 ? line.liters() : Double.NaN,
                                Known.ratio(line.joules(), all)))
                        .toList(),
                snapshot.tenantSpread().tenants(),
                snapshot.tenantSpread().topPercentShare(),
                snapshot.tenantSpread().topTenthShare(),
                snapshot.tenantSpread().errorJoules(),
                snapshot.tenantSpread().heaviest().stream()
                        .map(heavy -> new Tenants.Heavy(heavy.id(), heavy.joules()))
                        .toList());
    }

    private NotKnown notKnown() {
        Map<String, Double> reasons = new TreeMap<>();
        for (ModelTotals totals : snapshot.models()) {
            totals.remote().unestimated().forEach((reason, count) -> {
                if (count.calls() > 0) {
                    reasons.merge(reason.name().toLowerCase(Locale.ROOT), (double) count.calls(), Double::sum);
                }
            });
        }
        return new NotKnown(
                Known.orZero(Known.sum(reasons.values(), Double::doubleValue)),
                reasons.entrySet().stream()
                        .map(reason -> new Reason(reason.getKey(), reason.getValue()))
                        .toList(),
                Known.orZero(Known.sum(snapshot.domains(), DomainTotals::gapSeconds)),
                snapshot.droppedCalls(),
                snapshot.foldedKeys(),
                0,
                notes());
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (snapshot.intensity().isWorldAverage()) {
            notes.add("The grid of this machine is not known: the mean of the world is used.");
        }
        if (snapshot.models().isEmpty()) {
            notes.add("No model has been called yet.");
        }
        if (snapshot.domains().isEmpty()) {
            notes.add("No energy source has spoken yet: nothing is known of what this machine drew.");
        }
        if (snapshot.requestsActive() > 0) {
            notes.add(snapshot.requestsActive()
                    + " requests are in flight: part of their energy is in the joules, they are not in"
                    + " the counts.");
        }
        return notes;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
