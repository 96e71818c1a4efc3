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
 * @param estimated requests with an estimate
 * @param unestimated requests without one
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

    public RemotePart {
        methods = List.copyOf(methods);
    }
}
