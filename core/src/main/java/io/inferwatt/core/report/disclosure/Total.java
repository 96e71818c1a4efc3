package io.inferwatt.core.report.disclosure;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * All models together. Boundary {@code with_idle}.
 *
 * @param kwh of IT energy
 * @param low lower end of the 95 % band, NaN where that of one model is not known: errors of division cancel in the sum, those of sources and estimates do not
 * @param high upper end
 * @param meanPue of this machine's building, mean over the models' energy
 * @param meanGramsPerKwh intensity of this machine's grid, mean over the building's energy for the models
 * @param meanWueLitersPerKwh litres on site, mean over the models' energy whose water is known
 * @param meanEwifLitersPerKwh litres at power plants, mean over the building's energy of the same time
 * @param co2eGrams operational and embodied together, location-based
 * @param marketGrams of this machine's electricity as bought; beside, never instead
 * @param liters as far as known
 * @param waterKnownShare part of the joules whose water is known
 * @param trainingGrams as far as known; never part of another figure
 */
public record Total(
        double requests,
        double requestsWithFigure,
        double items,
        double localJoules,
        double remoteJoules,
        double joules,
        double kwh,
        double low,
        double high,
        double measuredShare,
        double modelledShare,
        double estimatedShare,
        double operationalGrams,
        double meanPue,
        double meanGramsPerKwh,
        double meanWueLitersPerKwh,
        double meanEwifLitersPerKwh,
        double embodiedGrams,
        double co2eGrams,
        double marketGrams,
        double liters,
        double waterKnownShare,
        double trainingGrams) {

    static Total of(List<ModelLine> models) {
        double local = Known.sum(models, line -> joules(line.local()));
        double remote = Known.sum(models, line -> joules(line.remote()));
        double joules = Known.sum(models, ModelLine::joules);
        double operational = Known.sum(models, ModelLine::operationalGrams);
        double embodied = Known.sum(models, ModelLine::embodiedGrams);
        return new Total(
                Known.orZero(Known.sum(models, line -> line.counts().requests())),
                Known.orZero(Known.sum(models, ModelLine::requestsWithFigure)),
                Known.orZero(Known.sum(models, line -> line.counts().items())),
                local,
                remote,
                joules,
                joules / LocalPart.JOULES_PER_KWH,
                models.stream().mapToDouble(Total::low).sum() + 0 * joules,
                models.stream().mapToDouble(Total::high).sum() + 0 * joules,
                Known.ratio(Known.orZero(Known.sum(models, line -> line.measuredShare() * line.joules())), joules),
                Known.ratio(Known.orZero(Known.sum(models, line -> line.modelledShare() * line.joules())), joules),
                Known.ratio(Known.orZero(Known.sum(models, line -> line.estimatedShare() * line.joules())), joules),
                operational,
                mean(models, LocalPart::buildingJoules, LocalPart::joules, 1),
                mean(models, LocalPart::operationalGrams, LocalPart::buildingJoules, LocalPart.JOULES_PER_KWH),
                mean(models, LocalPart::onSiteLiters, LocalPart::waterJoules, LocalPart.JOULES_PER_KWH),
                mean(
                        models,
                        part -> part.liters() - part.onSiteLiters(),
                        LocalPart::waterBuildingJoules,
                        LocalPart.JOULES_PER_KWH),
                embodied,
                operational + Known.orZero(embodied),
                Known.sum(models, ModelLine::marketGrams),
                Known.sum(models, ModelLine::liters),
                Known.ratio(Known.orZero(Known.sum(models, ModelLine::waterKnownJoules)), joules),
                Known.sum(models, ModelLine::trainingGrams));
    }

    /** Returns an amount for each {@code unit} joules, over the models for which both are known. */
    private static double mean(
            List<ModelLine> models,
            ToDoubleFunction<LocalPart> amount,
            ToDoubleFunction<LocalPart> joules,
            double unit) {
        double amounts = Double.NaN;
        double drawn = Double.NaN;
        for (ModelLine line : models) {
            LocalPart local = line.local();
            if (local != null) {
                amounts = Known.sum(amounts, amount.applyAsDouble(local) + 0 * joules.applyAsDouble(local));
                drawn = Known.sum(drawn, joules.applyAsDouble(local) + 0 * amount.applyAsDouble(local));
            }
        }
        return Known.ratio(amounts, drawn / unit);
    }

    private static double joules(@Nullable LocalPart part) {
        return part == null ? Double.NaN : part.joules();
    }

    private static double joules(@Nullable RemotePart part) {
        return part == null ? Double.NaN : part.joules();
    }

    private static double low(ModelLine line) {
        LocalPart local = line.local();
        RemotePart remote = line.remote();
        return (local == null ? 0 : local.joules() * local.sourceLowRatio())
                + (remote == null ? 0 : Known.orZero(remote.low()));
    }

    private static double high(ModelLine line) {
        LocalPart local = line.local();
        RemotePart remote = line.remote();
        return (local == null ? 0 : local.joules() * local.sourceHighRatio())
                + (remote == null ? 0 : Known.orZero(remote.high()));
    }
}
