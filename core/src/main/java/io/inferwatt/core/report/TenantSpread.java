package io.inferwatt.core.report;

import java.util.List;

/**
 * How unevenly tenants draw energy.
 *
 * @param tenants different tenants seen, nobody not counted; if {@link #errorJoules} is not 0 a lower bound
 * @param joules of all tenants together, boundary {@code with_idle}
 * @param topPercentShare part of the joules of the one percent that draw most, at least one tenant; NaN without tenants
 * @param topTenthShare the same of the ten percent
 * @param errorJoules no figure of a single tenant is too high by more than this; 0 as long as the table holds all of them
 * @param heaviest those that drew most, first the heaviest, a few
 */
public record TenantSpread(
        long tenants,
        double joules,
        double topPercentShare,
        double topTenthShare,
        double errorJoules,
        List<Heavy> heaviest) {

    /** Nobody was ever told. */
    public static final TenantSpread NONE = new TenantSpread(0, 0, Double.NaN, Double.NaN, 0, List.of());

    public TenantSpread {
        heaviest = List.copyOf(heaviest);
    }

    /**
     * One of the heaviest.
     *
     * @param id name if it is told apart by name, else its hash in 16 hexadecimal digits
     */
    public record Heavy(String id, double joules) {}
}
