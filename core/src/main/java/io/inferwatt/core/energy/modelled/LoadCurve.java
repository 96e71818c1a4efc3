package io.inferwatt.core.energy.modelled;

/**
 * Power as a function of processor load, piecewise linear between five knots. Fitted to 192 single-node servers of
 * SPECpower_ssj2008 (at most two sockets, 2016 to 2022), whole-machine AC watts at loads of 0 to 100 %.
 */
final class LoadCurve {
    /** Parts of the summed TDP; memory is apart. */
    static final LoadCurve TDP = new LoadCurve(0.066, 0.219, 0.415, 0.621, 0.840);

    /** Parts of the summed TDP; memory of unknown size is inside. */
    static final LoadCurve TDP_WITH_MEMORY = new LoadCurve(0.167, 0.316, 0.515, 0.724, 0.946);

    /** Watts per hardware thread; memory is apart. */
    static final LoadCurve THREADS = new LoadCurve(0.12, 0.61, 1.16, 1.62, 2.08);

    /** Watts per hardware thread; memory of unknown size is inside. */
    static final LoadCurve THREADS_WITH_MEMORY = new LoadCurve(0.49, 0.98, 1.53, 1.99, 2.44);

    private static final double[] LOADS = {0, 0.1, 0.5, 0.8, 1};

    private final double[] values;

    private LoadCurve(double... values) {
        this.values = values;
    }

    /**
     * Returns the value at a load.
     *
     * @param load busy part of all processor time, 0 to 1; values outside count as the nearest end
     */
    double at(double load) {
        int last = LOADS.length - 1;
        if (load <= 0) {
            return values[0];
        }
        int right = 1;
        while (right < last && load > LOADS[right]) {
            right++;
        }
        double part = Math.min(1, (load - LOADS[right - 1]) / (LOADS[right] - LOADS[right - 1]));
        return values[right - 1] + part * (values[right] - values[right - 1]);
    }
}
