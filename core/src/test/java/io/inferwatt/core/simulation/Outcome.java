package io.inferwatt.core.simulation;

import io.inferwatt.core.config.AttributionMethod;
import java.util.List;

/**
 * What one method made of one run.
 *
 * @param calls errors of the calls that lie between the first mark and the last
 * @param worstResidualMicrojoules by how much the parts missed the total in the worst tick
 * @param modelsResidualMicrojoules by how much the models' totals miss that of their domain at the end
 * @param unbookedMicrojoules read but in no book at the end
 * @param settledParts what all settled calls of a model have of its joules; the rest was in flight at the end
 * @param idleOfModels the part of idle that the boundary {@code with_idle} gives to the models
 * @param halfWidthPercent of the reported 95 % bands at the last mark, by model; NaN where none is reported
 */
record Outcome(
        AttributionMethod method,
        List<Segment> segments,
        CallErrors calls,
        long worstResidualMicrojoules,
        long modelsResidualMicrojoules,
        long unbookedMicrojoules,
        double[] settledParts,
        double idleOfModels,
        double[] halfWidthPercent) {

    /** Returns the last stretch between two marks: most scenarios have no other. */
    Segment last() {
        return segments.get(segments.size() - 1);
    }

    double biasPercent(int model) {
        return last().biasPercent(model);
    }

    double weightedBiasPercent() {
        return last().weightedBiasPercent();
    }
}
