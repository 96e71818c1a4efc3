package io.inferwatt.core.report;

/**
 * Joules of one call by component of this machine, boundary {@code with_idle}.
 *
 * @param cpu the processors
 * @param dram main memory
 * @param gpu all accelerators
 * @param other a meter of the whole machine, where there is no processor meter
 */
public record ComponentJoules(double cpu, double dram, double gpu, double other) {

    /** Where nobody asked for it, or nothing is known. */
    public static final ComponentJoules UNKNOWN = new ComponentJoules(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
}
