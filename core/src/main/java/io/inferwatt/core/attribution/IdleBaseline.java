package io.inferwatt.core.attribution;

import java.util.Arrays;

/**
 * Watts of a domain of the idle machine. What the source or the user says wins; else what was drawn while the machine was
 * less than 5 % busy, less what the little processor time of that time drew; until enough of that was seen, the smaller
 * of the power model's idle power and the lowest power yet.
 *
 * <p>Power is judged over at least {@value #WINDOW_SECONDS} s: within a short tick a counter may not move at all, and the
 * clock of the machine's load has steps of 10 ms.
 */
final class IdleBaseline {

    private static final double QUIET_LOAD = 0.05;
    private static final int ENOUGH = 20;
    private static final int KEPT = 200;
    private static final double WINDOW_SECONDS = 0.2;

    /** What a source, a person or some quiet seconds say is right to about this. */
    private static final double KNOWN_TO = 0.03;

    /** A guess is off by about half of itself, and of the lowest power seen: a machine that is never quiet hides its idle. */
    private static final double GUESSED_TO = 0.5;

    /** Processor use must differ by more than some hundredths of a core to tell what it costs. */
    private static final double LEAST_VARIANCE = 0.0004;

    private final double fallbackWatts;
    private final double[] quietWatts = new double[KEPT];
    private final double[] quietCores = new double[KEPT];
    private final double[] sorted = new double[KEPT];
    private long quietWindows;
    private double lowestWatts = Double.POSITIVE_INFINITY;
    private double floorWatts = Double.NaN;
    private double spreadWatts;
    private double windowJoules;
    private double windowSeconds;
    private double windowCpuSeconds;
    private double windowLoadSeconds;
    private double windowLoadKnownSeconds;

    /**
     * Starts without knowledge.
     *
     * @param fallbackWatts idle power by the power model, NaN if there is none for this domain
     */
    IdleBaseline(double fallbackWatts) {
        this.fallbackWatts = fallbackWatts;
    }

    /** Returns the idle power, or NaN if there is nothing to go by. */
    double watts(double statedWatts) {
        if (!Double.isNaN(statedWatts)) {
            return statedWatts;
        }
        if (quietWindows >= ENOUGH) {
            return floorWatts;
        }
        return Double.isNaN(fallbackWatts) ? Double.NaN : Math.min(fallbackWatts, lowestWatts);
    }

    /** Returns the standard uncertainty of {@link #watts}, infinite if there is nothing to go by. */
    double uncertainty(double statedWatts) {
        double watts = watts(statedWatts);
        if (Double.isNaN(watts)) {
            return Double.POSITIVE_INFINITY;
        }
        boolean measured = Double.isNaN(statedWatts) && quietWindows >= ENOUGH;
        return measured || !Double.isNaN(statedWatts)
                ? Math.max(KNOWN_TO * watts, measured ? spreadWatts : 0)
                : GUESSED_TO * Math.max(watts, lowestWatts == Double.POSITIVE_INFINITY ? 0 : lowestWatts);
    }

    /** Takes note of a tick with a known reading; {@code hostLoad} is NaN where that is not known. */
    void observe(double joules, double seconds, double hostLoad, double cpuSeconds) {
        windowJoules += joules;
        windowSeconds += seconds;
        windowCpuSeconds += cpuSeconds;
        if (hostLoad >= 0) {
            windowLoadSeconds += hostLoad * seconds;
            windowLoadKnownSeconds += seconds;
        }
        if (windowSeconds >= WINDOW_SECONDS) {
            if (windowJoules > 0) { // nothing that is on draws 0 J: the counter does not move
                judge(
                        windowJoules / windowSeconds,
                        windowCpuSeconds / windowSeconds,
                        windowLoadSeconds / windowLoadKnownSeconds);
            }
            windowJoules = 0;
            windowSeconds = 0;
            windowCpuSeconds = 0;
            windowLoadSeconds = 0;
            windowLoadKnownSeconds = 0;
        }
    }

    private void judge(double watts, double cores, double hostLoad) {
        lowestWatts = Math.min(lowestWatts, watts);
        if (!(hostLoad < QUIET_LOAD)) {
            return;
        }
        int at = (int) (quietWindows++ % KEPT);
        quietWatts[at] = watts;
        quietCores[at] = cores;
        if (quietWindows >= ENOUGH && quietWindows % ENOUGH == 0) {
            findFloor((int) Math.min(quietWindows, KEPT));
        }
    }

    /** The median, since now and then something draws power that no processor time explains. */
    private void findFloor(int count) {
        double slope = wattsPerCore(count);
        for (int i = 0; i < count; i++) {
            sorted[i] = quietWatts[i] - slope * quietCores[i];
        }
        Arrays.sort(sorted, 0, count);
        floorWatts = Math.max(0, sorted[count / 2]);
        spreadWatts = (sorted[3 * count / 4] - sorted[count / 4]) / Math.sqrt(count);
    }

    private double wattsPerCore(int count) {
        double meanWatts = 0;
        double meanCores = 0;
        for (int i = 0; i < count; i++) {
            meanWatts += quietWatts[i] / count;
            meanCores += quietCores[i] / count;
        }
        double covariance = 0;
        double variance = LEAST_VARIANCE;
        for (int i = 0; i < count; i++) {
            double cores = quietCores[i] - meanCores;
            covariance += (quietWatts[i] - meanWatts) * cores / count;
            variance += cores * cores / count;
        }
        return Math.max(0, covariance / variance);
    }
}
