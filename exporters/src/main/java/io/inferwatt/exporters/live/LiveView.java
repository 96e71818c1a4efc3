package io.inferwatt.exporters.live;

import io.inferwatt.core.energy.ErrorBand;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.report.BudgetTotals;
import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.core.report.MeterSnapshot.DomainTotals;
import io.inferwatt.core.report.disclosure.Disclosure;
import io.inferwatt.core.report.disclosure.LocalPart;
import io.inferwatt.core.report.disclosure.ModelLine;
import io.inferwatt.exporters.live.Live.Budget;
import io.inferwatt.exporters.live.Live.Equivalent;
import io.inferwatt.exporters.live.Live.Grid;
import io.inferwatt.exporters.live.Live.History;
import io.inferwatt.exporters.live.Live.Model;
import io.inferwatt.exporters.live.Live.Own;
import io.inferwatt.exporters.live.Live.Power;
import io.inferwatt.exporters.live.Live.Source;
import io.inferwatt.exporters.live.Live.Total;
import io.inferwatt.exporters.live.PowerHistory.Mean;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Picks from a snapshot and its disclosure what the live page shows. */
final class LiveView {

    /** Where a budget tells nobody before it is used up. */
    private static final double WARN_PERCENT = 80;

    private static final double ALL_PERCENT = 100;

    private final MeterSnapshot snapshot;
    private final Disclosure disclosure;

    private LiveView(MeterSnapshot snapshot, Disclosure disclosure) {
        this.snapshot = snapshot;
        this.disclosure = disclosure;
    }

    /**
     * Returns the view.
     *
     * @param disclosure of the same snapshot
     * @param mostModels so many are told apart
     */
    static Live of(
            MeterSnapshot snapshot,
            Disclosure disclosure,
            Live.About about,
            long epochMillis,
            long startEpochMillis,
            int mostModels,
            PowerHistory history,
            @Nullable History shown) {
        LiveView view = new LiveView(snapshot, disclosure);
        List<ModelLine> lines = disclosure.models();
        return new Live(
                Live.SCHEMA,
                Live.SCHEMA_VERSION,
                about,
                epochMillis,
                startEpochMillis,
                view.power(history.modelWatts()),
                snapshot.domains().stream().map(LiveView::source).toList(),
                lines.stream().limit(mostModels).map(view::model).toList(),
                Math.max(0, lines.size() - mostModels),
                view.total(),
                disclosure.equivalences().stream()
                        .map(thing -> new Equivalent(
                                thing.key(),
                                thing.unit().equals("kWh") ? "energy" : "co2e",
                                thing.count(),
                                thing.words()))
                        .toList(),
                snapshot.budgets().stream().map(LiveView::budget).toList(),
                new Grid(
                        disclosure.factors().grid().gramsPerKwh(),
                        disclosure.factors().grid().zone(),
                        disclosure.factors().grid().source(),
                        disclosure.factors().pue()),
                view.own(history),
                disclosure.factors().findings(),
                disclosure.notKnown().notes(),
                shown);
    }

    private Power power(Mean models) {
        double watts = Double.NaN;
        List<String> without = new ArrayList<>();
        Quality worst = Quality.MEASURED;
        boolean any = false;
        for (DomainTotals domain : snapshot.domains()) {
            if (domain.speaking()) {
                any = true;
                worst = domain.quality().code() > worst.code() ? domain.quality() : worst;
                if (Double.isNaN(domain.watts())) {
                    without.add(domain.domain().id());
                } else {
                    watts = orZero(watts) + domain.watts();
                }
            }
        }
        return new Power(watts, without, models.value(), models.seconds(), any ? worst.label() : "");
    }

    private static Source source(DomainTotals domain) {
        boolean known = !domain.band().equals(ErrorBand.NONE);
        return new Source(
                domain.domain().id(),
                domain.domain().component().label(),
                domain.device(),
                domain.source(),
                domain.quality().label(),
                domain.method(),
                domain.speaking() ? domain.watts() : Double.NaN,
                domain.joules(),
                known ? domain.band().lowRatio() : Double.NaN,
                known ? domain.band().highRatio() : Double.NaN,
                domain.coverage(),
                domain.gapSeconds(),
                domain.lastSuccessEpochSeconds(),
                domain.speaking(),
                domain.flags().stream().map(flag -> flag.label()).sorted().toList());
    }

    private Model model(ModelLine line) {
        LocalPart local = line.local();
        return new Model(
                line.id(),
                line.model(),
                line.operation(),
                line.runtime(),
                line.device(),
                line.counts().requests(),
                line.counts().requests() - line.counts().ok(),
                line.requestsWithFigure(),
                line.meanBatch(),
                line.tokens().input(),
                line.tokens().output(),
                local == null ? Double.NaN : local.joulesDynamic(),
                line.joules(),
                line.low(),
                line.high(),
                line.joulesPerRequest(),
                ratio(line.low(), line.requestsWithFigure()),
                ratio(line.high(), line.requestsWithFigure()),
                ratio(line.joules(), disclosure.total().joules()),
                line.measuredShare(),
                line.modelledShare(),
                line.estimatedShare(),
                line.operationalGrams() + orZero(line.embodiedGrams()),
                line.flags());
    }

    private Total total() {
        io.inferwatt.core.report.disclosure.Total total = disclosure.total();
        return new Total(
                total.requests(),
                disclosure.models().stream()
                        .mapToDouble(
                                line -> line.counts().requests() - line.counts().ok())
                        .sum(),
                snapshot.requestsActive(),
                total.requestsWithFigure(),
                disclosure.models().stream()
                        .mapToDouble(line -> line.tokens().input())
                        .sum(),
                disclosure.models().stream()
                        .mapToDouble(line -> line.tokens().output())
                        .sum(),
                total.joules(),
                total.low(),
                total.high(),
                total.measuredShare(),
                total.modelledShare(),
                total.estimatedShare(),
                total.operationalGrams(),
                total.embodiedGrams(),
                total.co2eGrams(),
                total.liters());
    }

    private static Budget budget(BudgetTotals budget) {
        double warn = WARN_PERCENT;
        boolean told = false;
        for (double percent : budget.thresholds()) {
            if (percent < ALL_PERCENT) {
                warn = told ? Math.max(warn, percent) : percent;
                told = true;
            }
        }
        double ratio = budget.consumedRatio();
        return new Budget(
                budget.name(),
                budget.kind().label(),
                budget.kind().unit(),
                budget.limit(),
                budget.consumed(),
                budget.remaining(),
                ratio,
                warn / ALL_PERCENT,
                Double.isNaN(ratio) ? "" : ratio >= 1 ? "used_up" : ratio >= warn / ALL_PERCENT ? "warning" : "ok",
                budget.windowStartEpochSeconds(),
                budget.windowSeconds(),
                budget.burnRatio1h(),
                budget.forecastRatio(),
                budget.unknownRequests(),
                budget.rejectedRequests(),
                budget.zone());
    }

    private Own own(PowerHistory history) {
        return new Own(
                history.ownWatts().value(),
                snapshot.domains().stream().anyMatch(DomainTotals::speaking) ? Quality.MODELLED.label() : "",
                history.ownCores().value(),
                history.ownCores().seconds(),
                snapshot.own().joules(),
                snapshot.own().cpuSeconds(),
                snapshot.own().allocatedBytes());
    }

    private static double orZero(double figure) {
        return Double.isNaN(figure) ? 0 : figure;
    }

    private static double ratio(double dividend, double divisor) {
        return divisor > 0 ? dividend / divisor : Double.NaN;
    }
}
