package io.inferwatt.core.attribution;

import io.inferwatt.core.config.AttributionMethod;
import org.jspecify.annotations.Nullable;

/**
 * Says how much of a domain's energy each column explains. One instance for each domain and source; sampler thread only.
 * This is where a method of attribution goes; whatever it says, {@link ConservingSplit} makes the parts add up.
 */
interface PowerEstimator {

    /** Returns the method as shown in the label {@code method}. */
    AttributionMethod method();

    /**
     * Learns from a tick if it learns, then explains it.
     *
     * @param joules energy of the tick as read
     * @param idleWatts power of the idle domain, NaN if unknown
     * @param uncertaintyWatts standard uncertainty of that, infinite if unknown
     * @param shares receives a non-negative weight for each column; only their proportion matters
     */
    void explain(double joules, double idleWatts, double uncertaintyWatts, TickFeatures tick, double[] shares);

    /**
     * Says how much each column but idle worked in a tick, for a domain that shows none of it: memory that draws the same
     * whatever happens, or a tick at idle power.
     *
     * @param activity receives a non-negative weight for each column but idle; only their proportion matters
     */
    void activity(TickFeatures tick, double[] activity);

    /** Returns how sure the shares of the models are, or null from a method that does not know its error. */
    default @Nullable ShareConfidence confidence() {
        return null;
    }
}
