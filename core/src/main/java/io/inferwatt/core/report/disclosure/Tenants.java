package io.inferwatt.core.report.disclosure;

import java.util.List;

/**
 * Who causes it: this machine and machines elsewhere together, boundary {@code with_idle}. Empty where nobody tells tenants.
 *
 * @param lines those told apart by name, then {@code other} and {@code none}
 * @param different so many tenants were seen
 * @param topPercentShare part of the tenants' joules that the one percent draws that draws most, at least one tenant
 * @param topTenthShare the same of the ten percent
 * @param errorJoules no figure of a single tenant is too high by more than this
 * @param heaviest those that drew most, by name or hash
 */
public record Tenants(
        List<Line> lines,
        double different,
        double topPercentShare,
        double topTenthShare,
        double errorJoules,
        List<Heavy> heaviest) {

    /** Nobody tells tenants. */
    public static final Tenants NONE = new Tenants(List.of(), 0, Double.NaN, Double.NaN, Double.NaN, List.of());

    public Tenants {
        lines = List.copyOf(lines);
        heaviest = List.copyOf(heaviest);
    }

    /**
     * What the requests of one tenant come to.
     *
     * @param unknownRequests those of {@code requests} whose joules are not known in full
     * @param grams operational and embodied, location-based
     * @param share of the joules of all lines
     */
    public record Line(
            String name,
            double requests,
            double unknownRequests,
            double joules,
            double grams,
            double liters,
            double share) {}

    /** One of those that drew most. */
    public record Heavy(String id, double joules) {}
}
