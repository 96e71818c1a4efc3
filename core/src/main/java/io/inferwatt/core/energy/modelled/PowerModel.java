package io.inferwatt.core.energy.modelled;

import io.inferwatt.core.energy.ErrorBand;
import io.inferwatt.core.energy.SourceContext.ModelConstants;
import io.inferwatt.core.host.HostFacts;

/**
 * Watts of this machine as a function of its processor load: {@code offset + scale * curve(load)}, and a constant for
 * memory.
 *
 * <p>The relative standard uncertainties are the 90th percentile of the point error on the 192 servers (see
 * {@link LoadCurve}), taken as the edge of a normal 90 % band: divided by 1.645.
 *
 * <p>The 95 % bands come from the energy over all loads. Modelled over true energy had these 10th, 50th and 90th
 * percentiles: by TDP 0.78, 0.94, 1.16; by TDP with memory of unknown size 0.71, 0.92, 1.19; by threads 0.53, 0.85, 1.34. On a
 * logarithmic scale each triple is symmetric within 6 %, so the error multiplies: true over modelled is log-normal with the
 * median 1/0.94 and the deviation ln(1.16/0.78)/2/1.2816, and so on. For threads with memory of unknown size only the median
 * is known, 0.78; its deviation is that of threads times 55/49, the ratio of their point errors. Two measured points leave
 * no known bias and a deviation of ln(1.19)/1.645.
 *
 * @param source label of the variant
 * @param memoryWatts power of the memory alone; 0 where the processor term covers it
 * @param relativeUncertainty relative standard uncertainty of the joules
 * @param errorBand where the true joules lie with a probability of 95 %
 */
record PowerModel(
        String source,
        LoadCurve curve,
        double scaleWatts,
        double offsetWatts,
        double memoryWatts,
        double relativeUncertainty,
        ErrorBand errorBand) {

    static final String CALIBRATED = "model-calibrated";
    static final String TDP = "model-tdp";
    static final String THREADS = "model-threads";

    static final double THREADS_MEMORY_WATTS_PER_GB = 0.287;
    /** Benchmark reports state memory in binary gigabytes. */
    static final double BYTES_PER_GB = 1L << 30;

    private static final double P90_OF_NORMAL = 1.645;
    private static final double TDP_MEMORY_WATTS_PER_GB = 0.237;

    private static final ErrorBand CALIBRATED_BAND = ErrorBand.logNormal(1, 0.106);
    private static final ErrorBand TDP_BAND = ErrorBand.logNormal(1 / 0.94, 0.155);
    private static final ErrorBand TDP_WITH_MEMORY_BAND = ErrorBand.logNormal(1 / 0.92, 0.201);
    private static final ErrorBand THREADS_BAND = ErrorBand.logNormal(1 / 0.85, 0.362);
    private static final ErrorBand THREADS_WITH_MEMORY_BAND = ErrorBand.logNormal(1 / 0.78, 0.406);

    /**
     * Returns the best variant for what is known: two measured points, else TDP, else the number of threads.
     *
     * @param tdpWatts summed over all packages, 0 if unknown
     */
    static PowerModel of(HostFacts facts, ModelConstants constants, double tdpWatts) {
        if (calibrated(constants)) {
            double idle = constants.idleWatts().orElseThrow();
            double max = constants.maxWatts().orElseThrow();
            double empty = LoadCurve.TDP.at(0);
            double scale = (max - idle) / (LoadCurve.TDP.at(1) - empty);
            double offset = idle - scale * empty;
            return new PowerModel(CALIBRATED, LoadCurve.TDP, scale, offset, 0, 0.19 / P90_OF_NORMAL, CALIBRATED_BAND);
        }
        double gigabytes = Math.max(0, facts.memoryBytes() / BYTES_PER_GB);
        boolean memoryKnown = gigabytes > 0;
        if (tdpWatts > 0) {
            return memoryKnown
                    ? alike(TDP, LoadCurve.TDP, tdpWatts, TDP_MEMORY_WATTS_PER_GB * gigabytes, 0.33, TDP_BAND)
                    : alike(TDP, LoadCurve.TDP_WITH_MEMORY, tdpWatts, 0, 0.42, TDP_WITH_MEMORY_BAND);
        }
        int threads = facts.hardwareThreads();
        return memoryKnown
                ? alike(
                        THREADS,
                        LoadCurve.THREADS,
                        threads,
                        THREADS_MEMORY_WATTS_PER_GB * gigabytes,
                        0.49,
                        THREADS_BAND)
                : alike(THREADS, LoadCurve.THREADS_WITH_MEMORY, threads, 0, 0.55, THREADS_WITH_MEMORY_BAND);
    }

    private static PowerModel alike(
            String source, LoadCurve curve, double scale, double memoryWatts, double p90, ErrorBand band) {
        return new PowerModel(source, curve, scale, 0, memoryWatts, p90 / P90_OF_NORMAL, band);
    }

    /** Returns whether the user gave two points that make sense together. */
    static boolean calibrated(ModelConstants constants) {
        double idle = constants.idleWatts().orElse(Double.NaN);
        double max = constants.maxWatts().orElse(Double.NaN);
        return idle >= 0 && max > 0 && max >= idle && Double.isFinite(max);
    }

    /** Returns the watts of the processor term. */
    double processorWatts(double load) {
        return offsetWatts + scaleWatts * curve.at(load);
    }

    /** Returns the watts of all that is modelled. */
    double watts(double load) {
        return processorWatts(load) + memoryWatts;
    }
}
