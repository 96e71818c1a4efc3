package io.inferwatt.core.report.disclosure;

import java.util.List;

/**
 * What one model drew on machines elsewhere, estimated. Boundary {@code with_idle}; all NaN if none of its requests has an estimate.
 *
 * @param joules central value
 * @param low lower end of the 95 % band: the ends of all requests added up, since their errors are alike
 * @param high upper end
 * @param operationalGrams of the electricity with the building's overhead, location-based
 * @param embodiedGrams of making the machines; NaN where the method has no such figure
 * @param liters of those requests for which they are known
 * @param estimated calls with an estimate; a request may have several inside
 * @param unestimated calls without one
 * @param withoutWater those with an estimate whose litres are not known
 * @param methods ids of the methods in use
 */
public record RemotePart(
        double joules,
        double low,
        double high,
        double operationalGrams,
        double operationalLow,
        double operationalHigh,
        double embodiedGrams,
        double liters,
        double estimated,
        double unestimated,
        double withoutWater,
        List<String> methods) {

    /** Counts that a server extrapolates need not agree to the last digit. */
    private static final double MORE_CALLS = 1.01;

    public RemotePart {
        methods = List.copyOf(methods);
    }

    /**
     * Returns how many of so many requests have no figure, where only calls are counted. If each request is one call, these are the
     * calls without an estimate. If there are more calls than requests, it is the same part of the requests as of the calls.
     */
    public double requestsWithoutEstimate(double requests) {
        return Math.min(unestimated, Known.orZero(Known.ratio(requests * unestimated, estimated + unestimated)));
    }

    /** Returns whether that count is an estimate, since there are more calls than requests. */
    public boolean isCountEstimated(double requests) {
        return unestimated > 0 && estimated + unestimated > requests * MORE_CALLS;
    }
}
