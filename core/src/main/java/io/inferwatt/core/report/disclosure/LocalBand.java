package io.inferwatt.core.report.disclosure;

import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.ErrorBand;
import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.core.report.MeterSnapshot.Confidence;
import io.inferwatt.core.report.MeterSnapshot.ModelEnergy;
import io.inferwatt.core.report.MeterSnapshot.ModelTotals;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The 95 % band of what a model drew on this machine, as multiples of its joules, boundary {@code with_idle}; NaN where the band
 * of one of its sources is not known. Other than an {@link ErrorBand}, which is always known.
 *
 * @param lowRatio the true joules are at least this multiple
 * @param highRatio at most this multiple
 */
public record LocalBand(double lowRatio, double highRatio) {

    /** Returns the bands of all models that drew something here: sources and division together. */
    public static Map<ModelKey, LocalBand> of(MeterSnapshot snapshot) {
        Map<Component, ErrorBand> sources = SourceBands.of(snapshot.domains());
        Map<ModelKey, LocalBand> bands = new HashMap<>();
        for (ModelTotals model : snapshot.models()) {
            if (!model.energy().isEmpty()) {
                bands.put(
                        model.key(),
                        ofSources(model.energy(), sources)
                                .with(model.confidence().relativeStandardError()));
            }
        }
        return bands;
    }

    /** Returns what the sources alone leave open: the mean over components, weighted by joules. */
    static LocalBand ofSources(List<ModelEnergy> energy, Map<Component, ErrorBand> sources) {
        double joules = 0;
        double low = 0;
        double high = 0;
        for (ModelEnergy part : energy) {
            double of = part.joules() + part.idleShareJoules();
            ErrorBand band = sources.get(part.component());
            joules += of;
            low += of == 0 ? 0 : of * (band == null ? Double.NaN : band.lowRatio());
            high += of == 0 ? 0 : of * (band == null ? Double.NaN : band.highRatio());
        }
        return new LocalBand(Known.ratio(low, joules), Known.ratio(high, joules));
    }

    /**
     * Returns the band with what the division among models leaves open as well; the errors are independent.
     *
     * @param divisionError relative standard error, NaN where not known
     */
    LocalBand with(double divisionError) {
        double division = Confidence.BAND_95 * Known.orZero(divisionError);
        return new LocalBand(
                Math.max(0, 1 - Math.hypot(1 - lowRatio, division)), 1 + Math.hypot(highRatio - 1, division));
    }
}
