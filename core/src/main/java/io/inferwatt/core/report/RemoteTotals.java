package io.inferwatt.core.report;

import io.inferwatt.core.footprint.remote.Range;
import io.inferwatt.core.footprint.remote.Unestimated;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * What the calls of one model drew on other machines, as far as it could be estimated. Sums over all calls since the start; none
 * decreases. The ends of a range are the sums of the ends of the calls' 95 % bands: what is not known of a model is not known of
 * any of its calls, so their errors do not cancel.
 *
 * @param joules IT energy, boundary {@code with_idle}
 * @param dynamicJoules the part of the central joules that is boundary {@code dynamic}
 * @param operationalGrams CO2e of the electricity with the building's overhead, location-based
 * @param embodiedGrams CO2e of making the machines; 0 where the method has no such figure
 * @param liters water on site and at power plants, of the calls for which it is known
 * @param estimated calls with an estimate
 * @param withoutWater those of them whose litres are not known
 * @param unestimated calls without an estimate, by reason; every reason is present
 * @param dynamicOperationalGrams the part of the central operational grams that is boundary {@code dynamic}
 * @param dynamicLiters the same of the central litres
 * @param requests how the calls belong to requests
 * @param methods ids of what made the estimates, as in {@link io.inferwatt.core.footprint.remote.RemoteEstimate#method}
 */
public record RemoteTotals(
        Range joules,
        double dynamicJoules,
        Range operationalGrams,
        Range embodiedGrams,
        Range liters,
        long estimated,
        long withoutWater,
        Map<Unestimated.Reason, Count> unestimated,
        double dynamicOperationalGrams,
        double dynamicLiters,
        Requests requests,
        Set<String> methods) {

    /** Of a model that is computed here. */
    public static final RemoteTotals NONE = new RemoteTotals(
            Range.exactly(0),
            0,
            Range.exactly(0),
            Range.exactly(0),
            Range.exactly(0),
            0,
            0,
            noneUnestimated(),
            0,
            0,
            Requests.NONE,
            Set.of());

    public RemoteTotals {
        unestimated = Map.copyOf(unestimated);
        methods = Set.copyOf(methods);
    }

    /**
     * How the calls belong to requests. A request that asks several machines has its calls told apart, before it ends; those are not
     * requests, and nothing says of which request they are part.
     *
     * @param unestimated requests without an estimate, as one call each
     * @param divided requests whose calls are told apart
     * @param parts calls that were told apart
     * @param partsUnestimated those of them without an estimate
     */
    public record Requests(long unestimated, long divided, long parts, long partsUnestimated) {

        /** No machine elsewhere was asked. */
        public static final Requests NONE = new Requests(0, 0, 0, 0);

        /**
         * Returns how many requests have no figure: exact as long as all calls that were told apart have one, else the same part of the
         * divided requests as of their calls.
         */
        public double withoutEstimate() {
            return unestimated
                    + (parts == 0
                            ? 0
                            : Math.min((double) partsUnestimated, (double) divided * partsUnestimated / parts));
        }

        /** Returns whether that count is an estimate. */
        public boolean isEstimated() {
            return partsUnestimated > 0 && divided > 0 && (partsUnestimated < parts || divided > 1);
        }
    }

    /** Returns whether any call has asked another machine. */
    public boolean any() {
        return estimated > 0 || unestimated.values().stream().anyMatch(count -> count.calls() > 0);
    }

    private static Map<Unestimated.Reason, Count> noneUnestimated() {
        Map<Unestimated.Reason, Count> none = new EnumMap<>(Unestimated.Reason.class);
        for (Unestimated.Reason reason : Unestimated.Reason.values()) {
            none.put(reason, new Count(0, 0, 0));
        }
        return none;
    }

    /**
     * Calls without an estimate.
     *
     * @param inputTokens as far as told
     * @param outputTokens as far as told
     */
    public record Count(long calls, long inputTokens, long outputTokens) {}
}
