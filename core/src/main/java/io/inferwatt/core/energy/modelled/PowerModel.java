package io.inferwatt.core.energy.modelled;

import io.inferwatt.core.energy.SourceContext.ModelConstants;
import io.inferwatt.core.host.HostFacts;

/**
 * Watts of this machine as a function of its processor load: {@code offset + scale * curve(load)}, and a constant for
 * memory.
 *
 * <p>The relative standard uncertainties are the 90th percentile of the point error on the 192 servers (see
 * {@link LoadCurve}), taken as the edge of a normal 90 % band: divided by 1.645. A 95 % band is 1.96 times as wide as the
 * figure here.
 *
 * @param source label of the variant
 * @param memoryWatts power of the memory alone; 0 where the processor term covers it
 * @param relativeUncertainty relative standard uncertainty of the joules
 */
record PowerModel(
        String source,
        LoadCurve curve,
        double scaleWatts,
        double offsetWatts,
        double memoryWatts,
        double relativeUncertainty) {

    private static final double P90_OF_NORMAL = 1.645;
    private static final double TDP_MEMORY_WATTS_PER_GB = 0.237;
    private static final double THREADS_MEMORY_WATTS_PER_GB = 0.287;
    /** Benchmark reports state memory in binary gigabytes. */
    private static final double BYTES_PER_GB = 1L << 30;

    /** Returns the best variant for what is known: two measured points, else TDP, else the number of threads. */
    static PowerModel of(HostFacts facts, ModelConstants constants) {
        if (calibrated(constants)) {
            double idle = constants.idleWatts().orElseThrow();
            double max = constants.maxWatts().orElseThrow();
            double empty = LoadCurve.TDP.at(0);
            double scale = (max - idle) / (LoadCurve.TDP.at(1) - empty);
            return new PowerModel(
                    "model-calibrated", LoadCurve.TDP, scale, idle - scale * empty, 0, 0.19 / P90_OF_NORMAL);
        }
        boolean memoryKnown = facts.memoryBytes() > 0;
        double gigabytes = facts.memoryBytes() / BYTES_PER_GB;
        double tdpWatts = usableTdpWatts(constants);
        if (tdpWatts > 0 && memoryKnown) {
            double memory = TDP_MEMORY_WATTS_PER_GB * gigabytes;
            return new PowerModel("model-tdp", LoadCurve.TDP, tdpWatts, 0, memory, 0.33 / P90_OF_NORMAL);
        }
        if (tdpWatts > 0) {
            return new PowerModel("model-tdp", LoadCurve.TDP_WITH_MEMORY, tdpWatts, 0, 0, 0.42 / P90_OF_NORMAL);
        }
        int threads = facts.hardwareThreads();
        if (memoryKnown) {
            double memory = THREADS_MEMORY_WATTS_PER_GB * gigabytes;
            return new PowerModel("model-threads", LoadCurve.THREADS, threads, 0, memory, 0.49 / P90_OF_NORMAL);
        }
        return new PowerModel("model-threads", LoadCurve.THREADS_WITH_MEMORY, threads, 0, 0, 0.55 / P90_OF_NORMAL);
    }

    /** Returns whether the user gave two points that make sense together. */
    static boolean calibrated(ModelConstants constants) {
        double idle = constants.idleWatts().orElse(Double.NaN);
        double max = constants.maxWatts().orElse(Double.NaN);
        return idle >= 0 && max > 0 && max >= idle && Double.isFinite(max);
    }

    /** Returns the TDP given by the user, 0 if none or none that makes sense. */
    static double usableTdpWatts(ModelConstants constants) {
        double watts = constants.tdpWatts().orElse(0);
        return watts > 0 && Double.isFinite(watts) ? watts : 0;
    }

    /** Returns the watts of the processor term. */
    double processorWatts(double load) {
        return offsetWatts + scaleWatts * curve.at(load);
    }
}
