package io.inferwatt.core.footprint.remote;

import io.inferwatt.core.footprint.remote.RemoteEstimate.Flag;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A way to get from a model and its work to joules. Immutable; called by any thread. */
interface EstimationMethod {

    /** Returns the id that every figure carries. */
    String id();

    /** Returns the part of the joules that is boundary {@code dynamic}. */
    double dynamicPart();

    /** Returns the product of two figures with the band that this method gives it. */
    Range product(Range a, Range b);

    /**
     * Returns what a text costs.
     *
     * @param durationSeconds begin to end as the client saw it, not positive if unknown
     */
    Draw text(ModelSize model, Tokens tokens, double durationSeconds);

    /** Returns what the vectors of a text cost, null if the method does not know. */
    @Nullable
    Draw embedding(ModelSize model, Tokens tokens);

    /** Returns what images cost, null if the method does not know. */
    @Nullable
    Draw images(String model, String imageSize, long images);

    /**
     * Tokens to be priced, none below zero.
     *
     * @param freshInput read and not from a cache
     */
    record Tokens(long freshInput, long cachedInput, long output) {}

    /**
     * What is drawn.
     *
     * @param method id of the figure
     * @param joules IT energy, boundary {@code with_idle}
     */
    record Draw(String method, Range joules, Range embodiedGrams, Set<Flag> flags) {}
}
