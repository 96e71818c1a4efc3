package io.inferwatt.core.attribution;

import java.util.Arrays;

/**
 * Watts of a domain of the idle machine. What the source or the user says wins; else the 5th percentile of the power in
 * ticks with the machine less than 5 % busy; until enough of those were seen, the smaller of the power model's idle
 * power and the lowest power yet.
 *
 * <p>Power is judged over at least {@value #WINDOW_SECONDS} s: within a short tick a counter may not move at all, and the
 * clock of the machine's load has steps of 10 ms.
 */
final class IdleBaseline {

    private static final double QUIET_LOAD = 0.05;
    private static final int ENOUGH = 20;
    private static final int KEPT = 200;
    private static final double PERCENTILE = 0.05;
    private static final double WINDOW_SECONDS = 0.2;

    private final double fallbackWatts;
    private final double[] quietWatts = new double[KEPT];
    private final double[] sorted = new double[KEPT];
    private long quietTicks;
    private double lowestWatts = Double.POSITIVE_INFINITY;
    private double floorWatts = Double.NaN;
    private double windowJoules;
    private double windowSeconds;
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
        if (quietTicks >= ENOUGH) {
            return floorWatts;
        }
        return Double.isNaN(fallbackWatts) ? Double.NaN : Math.min(fallbackWatts, lowestWatts);
    }

    /** Takes note of a tick with a known reading; {@code hostLoad} is NaN where that is not known. */
    void observe(double joules, double seconds, double hostLoad) {
        windowJoules += joules;
        windowSeconds += seconds;
        if (hostLoad >= 0) {
            windowLoadSeconds += hostLoad * seconds;
            windowLoadKnownSeconds += seconds;
        }
        if (windowSeconds >= WINDOW_SECONDS) {
            if (windowJoules > 0) { // nothing that is on draws 0 J: the counter does not move
                judge(windowJoules / windowSeconds, windowLoadSeconds / windowLoadKnownSeconds);
            }
            windowJoules = 0;
            windowSeconds = 0;
            windowLoadSeconds = 0;
            windowLoadKnownSeconds = 0;
        }
    }

    private void judge(double watts, double hostLoad) {
        lowestWatts = Math.min(lowestWatts, watts);
        if (!(hostLoad < QUIET_LOAD)) {
            return;
        }
        quietWatts[(int) (quietTicks++ % KEPT)] = watts;
        if (quietTicks >= ENOUGH && quietTicks % ENOUGH == 0) {
            int count = (int) Math.min(quietTicks, KEPT);
            System.arraycopy(quietWatts, 0, sorted, 0, count);
            Arrays.sort(sorted, 0, count);
            floorWatts = sorted[(int) (PERCENTILE * count)];
        }
    }
}
