package io.inferwatt.core.footprint.remote;

import io.inferwatt.core.config.InferwattConfig.Accelerator;
import io.inferwatt.core.config.RemoteMethod;
import io.inferwatt.core.footprint.remote.RemoteEstimate.Flag;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Joules per token by {@link MlEnergyFit}, times tokens of which those read count less than those written, times what hosts and
 * idle machines add. Independent errors are combined in logarithms, in quadrature.
 */
final class MlEnergyMethod implements EstimationMethod {

    /**
     * What one joule of accelerators stands for, by the split that Google published for Gemini (arXiv 2508.15734): 0.14 Wh
     * accelerators, 0.06 Wh processors and memory of the hosts, 0.02 Wh idle machines.
     */
    static final double DYNAMIC_FACTOR = 1.43;

    /** See {@link #DYNAMIC_FACTOR}: 0.22 Wh over 0.14 Wh. */
    static final double WITH_IDLE_FACTOR = 1.571;

    /** An input token costs 0.3 output tokens, 0.2 to 0.4 (derived from Epoch AI, "How much energy does ChatGPT use?", 2025). */
    static final double INPUT_WEIGHT = 0.3;

    private static final double INPUT_WEIGHT_SIGMA = (0.4 - 0.2) / (2 * Bands.SIGMAS);

    /** A cached token costs 0.1 input tokens, 0 to 0.2: public practice. */
    static final double CACHE_WEIGHT = 0.1;

    private static final double CACHE_WEIGHT_SIGMA = (0.2 - 0) / (2 * Bands.SIGMAS);

    /** Requests at a time where the user does not know: 128, at one sigma four times as many or as few. */
    static final int UNKNOWN_BATCH = 128;

    private static final double UNKNOWN_BATCH_SIGMA = Math.log(4);

    /** A card that serves draws between half and all of its power; so long one joule keeps it busy. */
    private static final double LEAST_LOAD = 0.5;

    private static final double LIFE_SECONDS = 3.0 * 365 * 86400;

    private final MlEnergyFit fit;
    private final double batch;
    private final double batchSigma;
    private final ImageFigures images;
    private final Range embodiedGramsPerJoule;

    MlEnergyMethod(Accelerator accelerator, OptionalInt batch, ImageFigures images) {
        this.fit = MlEnergyFit.of(accelerator);
        this.batch = batch.orElse(UNKNOWN_BATCH);
        this.batchSigma = batch.isPresent() ? 0 : UNKNOWN_BATCH_SIGMA * Math.abs(fit.batch());
        this.images = images;
        double watts = Bands.geometricMean(LEAST_LOAD * fit.watts(), fit.watts());
        this.embodiedGramsPerJoule =
                Bands.around(fit.embodiedGrams() / LIFE_SECONDS / watts, Bands.sigmaOf(LEAST_LOAD, 1));
    }

    @Override
    public String id() {
        return RemoteMethod.MLENERGY.label();
    }

    @Override
    public double dynamicPart() {
        return DYNAMIC_FACTOR / WITH_IDLE_FACTOR;
    }

    @Override
    public Range product(Range a, Range b) {
        return Bands.product(a, b);
    }

    @Override
    public Draw text(ModelSize model, Tokens tokens, double durationSeconds) {
        double active = Bands.geometricMean(model.activeMin(), model.activeMax());
        double total = Bands.geometricMean(model.totalMin(), model.totalMax());
        // What is not disclosed is served in fp8 as a rule today.
        boolean reduced = model.precision() != Precision.BITS_16;
        double weighted = weighted(tokens);
        double accelerator = fit.joulesPerToken(active, total, batch, reduced) * weighted;
        double sigma = hypot(fit.sigma(), batchSigma, sizeSigma(model), precisionSigma(model), weightSigma(tokens));
        return draw(
                id(),
                Bands.around(accelerator, sigma),
                fit.covers(active, total, batch) ? Set.of() : Set.of(Flag.EXTRAPOLATED));
    }

    /** Reading is all an embedding does, so it costs what the same tokens cost as input. */
    @Override
    public Draw embedding(ModelSize model, Tokens tokens) {
        return text(model, tokens, 0);
    }

    @Override
    public @Nullable Draw images(String model, String imageSize, long count) {
        Range joulesPerImage = images.joulesPerImage(model, imageSize);
        return joulesPerImage == null
                ? null
                : draw(ImageFigures.METHOD, joulesPerImage.times((double) count), Set.of());
    }

    private Draw draw(String method, Range acceleratorJoules, Set<Flag> flags) {
        return new Draw(
                method,
                acceleratorJoules.times(WITH_IDLE_FACTOR),
                product(acceleratorJoules, embodiedGramsPerJoule),
                flags);
    }

    static double weighted(Tokens tokens) {
        return tokens.output() + INPUT_WEIGHT * (tokens.freshInput() + CACHE_WEIGHT * tokens.cachedInput());
    }

    /** To first order: both weights are uncertain, each by itself. */
    private static double weightSigma(Tokens tokens) {
        double weighted = weighted(tokens);
        if (!(weighted > 0)) {
            return 0;
        }
        double byInput = (tokens.freshInput() + CACHE_WEIGHT * tokens.cachedInput()) * INPUT_WEIGHT_SIGMA;
        double byCache = INPUT_WEIGHT * tokens.cachedInput() * CACHE_WEIGHT_SIGMA;
        return Math.hypot(byInput, byCache) / weighted;
    }

    /** Of a dense model both sizes are the same number, so that its error counts for both. */
    private double sizeSigma(ModelSize model) {
        double byActive = fit.active() * Bands.sigmaOf(model.activeMin(), model.activeMax());
        double byTotal = fit.total() * Bands.sigmaOf(model.totalMin(), model.totalMax());
        return model.dense() ? byActive + byTotal : Math.hypot(byActive, byTotal);
    }

    private double precisionSigma(ModelSize model) {
        return model.precision() == Precision.UNKNOWN ? Math.abs(fit.reduced()) / 2 : 0;
    }

    private static double hypot(double... sigmas) {
        double squares = 0;
        for (double sigma : sigmas) {
            squares += sigma * sigma;
        }
        return Math.sqrt(squares);
    }
}
