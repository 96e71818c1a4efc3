package io.inferwatt.core.simulation;

import io.inferwatt.core.config.AttributionMethod;
import java.util.ArrayList;
import java.util.List;

/** One method along one run: books its ticks, compares it with the truth at the marks. */
final class MeteredRun {

    private final Scenario scenario;
    private final MeterUnderTest meter;
    private final CallErrors errors;
    private final double[] halfWidths;
    private final double[] settledJoules;
    private final double firstMark;
    private final double lastMark;
    private final List<Segment> segments = new ArrayList<>();
    private double markBefore;
    private Tally truthBefore;
    private Tally booksBefore;

    MeteredRun(Scenario scenario, AttributionMethod method) {
        int models = scenario.models.size();
        this.scenario = scenario;
        this.meter =
                new MeterUnderTest(method, scenario.domain, models, scenario.modelledIdleWatts, scenario.leastSeconds);
        this.errors = new CallErrors(models);
        this.halfWidths = new double[models];
        this.settledJoules = new double[models];
        List<Double> marks = scenario.marksSeconds;
        this.firstMark = scenario.quietSeconds + marks.get(0);
        this.lastMark = scenario.quietSeconds + marks.get(marks.size() - 1);
        this.truthBefore = new Tally(new double[models], 0, 0, 0);
        this.booksBefore = truthBefore;
    }

    MeterUnderTest meter() {
        return meter;
    }

    void ended(List<EndedCall> calls) {
        meter.ended(calls, (call, joules) -> {
            settledJoules[call.model()] += joules;
            if (call.beginSeconds() >= firstMark && call.endSeconds() <= lastMark) {
                errors.add(call.model(), joules, call.trueJoules());
            }
        });
    }

    void mark(double mark, Tally truth) {
        Tally books = Tally.books(meter, scenario.models.size());
        if (mark > scenario.marksSeconds.get(0)) {
            segments.add(new Segment(markBefore, mark, truth.since(truthBefore), books.since(booksBefore)));
        }
        markBefore = mark;
        truthBefore = truth;
        booksBefore = books;
        for (int i = 0; i < halfWidths.length; i++) {
            halfWidths[i] = meter.halfWidthPercent(i);
        }
    }

    Outcome outcome() {
        double[] settledParts = new double[settledJoules.length];
        double idleOfModels = 0;
        for (int i = 0; i < settledParts.length; i++) {
            settledParts[i] = settledJoules[i] / meter.joules(i);
            idleOfModels += meter.idleShareJoules(i);
        }
        return new Outcome(
                meter.method(),
                List.copyOf(segments),
                errors,
                meter.worstResidualMicrojoules(),
                meter.modelsResidualMicrojoules(),
                meter.unbookedMicrojoules(),
                settledParts,
                idleOfModels / meter.idleJoules(),
                halfWidths);
    }
}
