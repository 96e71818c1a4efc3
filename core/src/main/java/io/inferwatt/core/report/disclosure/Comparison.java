package io.inferwatt.core.report.disclosure;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Had all items of one model gone to another that does the same operation. Says nothing of how good the answers would be.
 *
 * @param from id of the model with more joules for an item
 * @param to id of the model with less
 * @param items of {@code from} whose joules are known
 * @param fromLow lower end of its joules for an item
 * @param fromHigh upper end
 * @param toLow lower end of those of the other
 * @param toHigh upper end
 * @param joulesInstead what {@code items} would have drawn
 * @param joulesSaved what would not have been drawn
 * @param gramsInstead CO2e, operational and embodied, at each model's own place
 * @param gramsSaved what would not have been emitted; below zero where the other model's place is dirtier
 * @param bands {@code division}: both ran on this machine and drew from sources with the same errors, which are common to both and
 *     cancel; else {@code full}
 * @param verdict {@code less}: the difference is larger than the bands; {@code within_bands}; {@code unknown}: a band is not known
 */
public record Comparison(
        String operation,
        String from,
        String to,
        double items,
        double fromJoulesPerItem,
        double toJoulesPerItem,
        double fromLow,
        double fromHigh,
        double toLow,
        double toHigh,
        double fromMeanBatch,
        double toMeanBatch,
        double joulesInstead,
        double joulesSaved,
        double gramsInstead,
        double gramsSaved,
        String bands,
        String verdict) {

    /** So many models are compared, those that drew most: nobody reads a hundred pairs. */
    private static final int MOST_MODELS = 8;

    /** Below this a difference is none. */
    private static final double SAME = 1e-12;

    /** Ratios that differ by no more are those of the same sources. */
    private static final double ALIKE = 1e-9;

    static List<Comparison> among(List<ModelLine> models) {
        List<ModelLine> compared = models.stream()
                .filter(line -> line.joulesPerItem() > 0)
                .limit(MOST_MODELS)
                .toList();
        List<Comparison> pairs = new ArrayList<>();
        for (int i = 0; i < compared.size(); i++) {
            for (int j = i + 1; j < compared.size(); j++) {
                ModelLine one = compared.get(i);
                ModelLine other = compared.get(j);
                if (one.operation().equals(other.operation())) {
                    pairs.add(one.joulesPerItem() >= other.joulesPerItem() ? of(one, other) : of(other, one));
                }
            }
        }
        return pairs;
    }

    private static Comparison of(ModelLine from, ModelLine to) {
        double items = itemsWithFigure(from);
        boolean division = divisionTells(from) && divisionTells(to) && alike(from.local(), to.local());
        double[] fromBand = band(from, division);
        double[] toBand = band(to, division);
        double grams = emitted(from);
        double gramsInstead = items * emitted(to) / itemsWithFigure(to);
        double instead = items * to.joulesPerItem();
        return new Comparison(
                from.operation(),
                from.id(),
                to.id(),
                items,
                from.joulesPerItem(),
                to.joulesPerItem(),
                fromBand[0],
                fromBand[1],
                toBand[0],
                toBand[1],
                from.meanBatch(),
                to.meanBatch(),
                instead,
                items * from.joulesPerItem() - instead,
                gramsInstead,
                grams - gramsInstead,
                division ? "division" : "full",
                verdict(fromBand[0], toBand[1]));
    }

    private static String verdict(double lowOfMore, double highOfLess) {
        if (Double.isNaN(lowOfMore) || Double.isNaN(highOfLess)) {
            return "unknown";
        }
        return lowOfMore > highOfLess + SAME ? "less" : "within_bands";
    }

    private static double itemsWithFigure(ModelLine line) {
        return line.counts().items() * line.requestsWithFigure() / line.counts().requests();
    }

    private static double emitted(ModelLine line) {
        return line.operationalGrams() + Known.orZero(line.embodiedGrams());
    }

    private static boolean divisionTells(ModelLine line) {
        LocalPart local = line.local();
        return line.remote() == null && local != null && !Double.isNaN(local.divisionError());
    }

    /** Whether they drew from the same components and qualities: a model on another device has another source's error. */
    private static boolean alike(@Nullable LocalPart one, @Nullable LocalPart other) {
        return one != null
                && other != null
                && Math.abs(one.sourceLowRatio() - other.sourceLowRatio()) <= ALIKE
                && Math.abs(one.sourceHighRatio() - other.sourceHighRatio()) <= ALIKE
                && Math.abs(Known.ratio(one.measuredJoules(), one.joules())
                                - Known.ratio(other.measuredJoules(), other.joules()))
                        <= ALIKE;
    }

    private static double[] band(ModelLine line, boolean division) {
        double items = itemsWithFigure(line);
        LocalPart local = line.local();
        return division && local != null
                ? new double[] {local.divisionLow() / items, local.divisionHigh() / items}
                : new double[] {line.low() / items, line.high() / items};
    }
}
