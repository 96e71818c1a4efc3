package io.inferwatt.core.attribution;

import io.inferwatt.core.attribution.regression.RegressionBank;
import io.inferwatt.core.call.KeyTable;
import java.util.Arrays;

/**
 * What the power of a domain may depend on, as columns of a regression: time (idle power), work of the rest of this JVM and
 * of other processes, the time in which anything is in flight (power of the whole chip), the work of each model, and what a
 * model draws when none of its calls is in flight any more. Work is processor time, and on devices that have none, units in
 * flight.
 *
 * <p>After its last call an engine's threads may spin: processor time, but at another power than work. A device may stay
 * clocked up: time since the last call, in bins. Models beyond the capacity share one column. Sampler thread only.
 */
final class LearnedColumns {

    static final int CAPACITY = 68;

    private static final int NONE = 0;
    private static final int BUSY = 3;
    /** What calling threads do outside calls; part of the runtime, but with a clock that does not step. */
    private static final int CALLERS = 4;

    private static final int FIRST_MODEL = 5;
    private static final int SHARED = CAPACITY - 1;

    /** From here on there is room for models alone. */
    private static final int TAILS_UNTIL = 44;

    /** Ends of the bins of time since the last call. */
    private static final double[] BIN_ENDS_SECONDS = {0.02, 0.05, 0.1, 0.2, 0.5, 1};

    private static final double LONGEST_TAIL_SECONDS = BIN_ENDS_SECONDS[BIN_ENDS_SECONDS.length - 1];

    private final boolean device;
    private final int[] workColumn = new int[KeyTable.CAPACITY];

    /** Of spinning, or the first bin. */
    private final int[] tailColumn = new int[KeyTable.CAPACITY];

    private final double[] silentSeconds = new double[KeyTable.CAPACITY];
    private final boolean[] work = new boolean[CAPACITY];
    private final double[] x = new double[CAPACITY];
    private int count = FIRST_MODEL;

    LearnedColumns(boolean device) {
        this.device = device;
        work[Columns.RUNTIME] = true;
        work[Columns.OTHER] = true;
        work[CALLERS] = true;
        work[SHARED] = true;
        Arrays.fill(silentSeconds, Double.POSITIVE_INFINITY);
    }

    /** Returns the columns of the last {@link #fill}; the first {@link #count} are in use. */
    double[] x() {
        return x;
    }

    int count() {
        return count;
    }

    /** Returns whether a column counts seconds of work, not seconds that pass. */
    boolean isWork(int column) {
        return work[column];
    }

    /** Returns whether a column is the work of one model. */
    boolean isModelsWork(int column) {
        return column >= FIRST_MODEL && column < SHARED && work[column];
    }

    /** Returns the column of a model's work, 0 if it has had none or shares one with others. */
    int workColumn(int key) {
        return workColumn[key] == SHARED ? NONE : workColumn[key];
    }

    /** Marks the columns whose energy is a model's own. */
    void mark(int key, boolean[] own) {
        if (workColumn(key) != NONE) {
            own[workColumn[key]] = true;
        }
        if (tailColumn[key] != NONE) {
            Arrays.fill(own, tailColumn[key], tailColumn[key] + (device ? BIN_ENDS_SECONDS.length : 1), true);
        }
    }

    /** Returns the work of all columns in the tick. */
    double workSeconds() {
        double sum = 0;
        for (int i = Columns.RUNTIME; i < count; i++) {
            sum += work[i] ? x[i] : 0;
        }
        return sum;
    }

    /** Sets the columns to what happened in a tick. */
    void fill(TickFeatures tick) {
        Arrays.fill(x, 0, count, 0);
        x[Columns.IDLE] = tick.seconds;
        if (!device) {
            x[Columns.RUNTIME] = Math.max(0, tick.runtimeCpuSeconds - tick.callerCpuSeconds);
            x[CALLERS] = tick.callerCpuSeconds;
        }
        x[Columns.OTHER] = device ? tick.otherDeviceSeconds : tick.otherCpuSeconds;
        double inFlight = 0;
        double[] ofTick = work(tick);
        for (int key = 0; key < tick.keys; key++) {
            inFlight += tick.inFlightSeconds[key];
            if (tick.remote[key]) {
                fillRemote(key, ofTick[key]);
            } else if (tick.inFlightSeconds[key] > 0) {
                silentSeconds[key] = 0;
                openWork(key);
                x[workColumn[key]] += ofTick[key];
            } else if (device) {
                fillBins(key, tick.seconds);
            } else if (ofTick[key] > 0) {
                x[spinning(key)] += ofTick[key];
            }
        }
        x[BUSY] = Math.min(tick.seconds, inFlight);
    }

    /** What the calls of a remote model use here is work, whether or not any is in flight; a device does nothing for it. */
    private void fillRemote(int key, double cpuSeconds) {
        if (!device && cpuSeconds > 0) {
            openWork(key);
            x[workColumn[key]] += cpuSeconds;
        }
    }

    private void openWork(int key) {
        if (workColumn[key] == NONE) {
            workColumn[key] = count < SHARED ? count++ : SHARED;
            count = workColumn[key] == SHARED ? CAPACITY : count;
            work[workColumn[key]] = true;
        }
    }

    private void openTail(int key, int columns) {
        if (tailColumn[key] == NONE && count + columns <= TAILS_UNTIL) {
            tailColumn[key] = count;
            count += columns;
        }
    }

    /** Returns the column of a model's processor time with nothing in flight; that of work where there is no room. */
    private int spinning(int key) {
        openTail(key, 1);
        if (tailColumn[key] != NONE) {
            work[tailColumn[key]] = true;
            return tailColumn[key];
        }
        openWork(key);
        return workColumn[key];
    }

    private void fillBins(int key, double seconds) {
        double from = silentSeconds[key];
        double until = from + seconds;
        silentSeconds[key] = until;
        if (from >= LONGEST_TAIL_SECONDS) {
            return;
        }
        openTail(key, BIN_ENDS_SECONDS.length);
        double begin = 0;
        for (int bin = 0; tailColumn[key] != NONE && bin < BIN_ENDS_SECONDS.length; bin++) {
            double end = BIN_ENDS_SECONDS[bin];
            x[tailColumn[key] + bin] = Math.max(0, Math.min(until, end) - Math.max(from, begin));
            begin = end;
        }
    }

    /** Sets for each part of the split what the weights say it drew in the tick of {@link #fill}. */
    void shares(RegressionBank bank, TickFeatures tick, double[] shares) {
        for (int i = 0; i < Columns.MODELS; i++) {
            shares[i] = bank.weight(i) * x[i];
        }
        shares[Columns.RUNTIME] += bank.weight(CALLERS) * x[CALLERS];
        double inFlight = 0;
        for (int key = 0; key < tick.keys; key++) {
            inFlight += tick.inFlightSeconds[key];
        }
        double chipWatts = inFlight > 0 ? bank.weight(BUSY) * x[BUSY] / inFlight : 0;
        double[] ofTick = work(tick);
        for (int key = 0; key < tick.keys; key++) {
            double share = 0;
            if (tick.remote[key]) {
                share = !device && ofTick[key] > 0 ? bank.weight(workColumn[key]) * ofTick[key] : 0;
            } else if (tick.inFlightSeconds[key] > 0) {
                share = bank.weight(workColumn[key]) * ofTick[key] + chipWatts * tick.inFlightSeconds[key];
            } else if (device) {
                share = lingering(bank, key);
            } else if (ofTick[key] > 0) {
                share = bank.weight(spinning(key)) * ofTick[key];
            }
            shares[Columns.MODELS + key] = share;
        }
    }

    private double lingering(RegressionBank bank, int key) {
        double joules = 0;
        for (int bin = 0; tailColumn[key] != NONE && bin < BIN_ENDS_SECONDS.length; bin++) {
            joules += bank.weight(tailColumn[key] + bin) * x[tailColumn[key] + bin];
        }
        return joules;
    }

    /** Sets for each part but idle how much it worked in a tick. */
    void activity(TickFeatures tick, double[] activity) {
        activity[Columns.RUNTIME] = device ? 0 : tick.runtimeCpuSeconds;
        activity[Columns.OTHER] = device ? tick.otherDeviceSeconds : tick.otherCpuSeconds;
        System.arraycopy(work(tick), 0, activity, Columns.MODELS, tick.keys);
    }

    private double[] work(TickFeatures tick) {
        return device ? tick.unitSeconds : tick.cpuSeconds;
    }
}
