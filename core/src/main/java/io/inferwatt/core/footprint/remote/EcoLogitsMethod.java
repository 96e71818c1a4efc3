package io.inferwatt.core.footprint.remote;

import static io.inferwatt.core.footprint.remote.EcoLogitsFormula.BATCH;
import static io.inferwatt.core.footprint.remote.EcoLogitsFormula.BITS;

import io.inferwatt.core.config.RemoteMethod;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Figures as EcoLogits 0.9 gives them: from output tokens alone, the minimum run with all minima, the maximum run with all maxima.
 * Input tokens, images and idle machines are not modelled there.
 */
final class EcoLogitsMethod implements EstimationMethod {

    private static final double JOULES_PER_KWH = 3.6e6;

    /** AWS p5.48xlarge without its GPUs; an output of BoaviztAPI, a constant of EcoLogits. */
    private static final double SERVER_GRAMS = 5_700_000;

    /** NVIDIA HGX H100 product carbon footprint, an eighth. */
    private static final double GPU_GRAMS = 164_000;

    @Override
    public String id() {
        return RemoteMethod.ECOLOGITS.label();
    }

    @Override
    public double dynamicPart() {
        return 1;
    }

    @Override
    public Range product(Range a, Range b) {
        return Bands.extremes(a, b);
    }

    @Override
    public Draw text(ModelSize model, Tokens tokens, double durationSeconds) {
        double limit = durationSeconds > 0 ? durationSeconds : Double.POSITIVE_INFINITY;
        double least = seconds(model.activeMin(), tokens, limit);
        double most = seconds(model.activeMax(), tokens, limit);
        Range joules = Bands.between(
                joules(model.activeMin(), model.totalMin(), tokens, least),
                joules(model.activeMax(), model.totalMax(), tokens, most));
        Range grams = Bands.between(grams(model.totalMin(), least), grams(model.totalMax(), most));
        return new Draw(id(), joules, grams, Set.of());
    }

    @Override
    public @Nullable Draw embedding(ModelSize model, Tokens tokens) {
        return null;
    }

    @Override
    public @Nullable Draw images(String model, String imageSize, long images) {
        return null;
    }

    private static double seconds(double active, Tokens tokens, double limit) {
        return Math.min(EcoLogitsFormula.generationSeconds(active, tokens.output(), BATCH), limit);
    }

    private static double joules(double active, double total, Tokens tokens, double seconds) {
        return JOULES_PER_KWH * EcoLogitsFormula.kilowattHours(active, total, tokens.output(), seconds, BATCH, BITS);
    }

    private static double grams(double total, double seconds) {
        return EcoLogitsFormula.embodied(total, seconds, BATCH, BITS, SERVER_GRAMS, GPU_GRAMS);
    }
}
