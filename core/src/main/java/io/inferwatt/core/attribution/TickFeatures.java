package io.inferwatt.core.attribution;

import io.inferwatt.core.call.KeyTable;

/**
 * What happened on the processors and in the models during one tick. Filled anew each tick; sampler thread only. Model
 * arrays are indexed by the number of the model's key.
 */
public final class TickFeatures {

    /** Length of the tick. */
    public double seconds;

    /** Processor time of this JVM outside model calls: GC, JIT, application threads, the meter. */
    public double runtimeCpuSeconds;

    /** Processor time of other processes, as far as visible. */
    public double otherCpuSeconds;

    /** Share of the machine's processor time that was busy, 0 to 1; NaN while its clock stands still. */
    public double hostLoad;

    /** How many keys the arrays hold. */
    public int keys;

    /** Processor time of each model's calling threads while in a call and of its engine's own threads. */
    public final double[] cpuSeconds = new double[KeyTable.CAPACITY];

    /** Time in flight of each model, summed over its calls. */
    public final double[] inFlightSeconds = new double[KeyTable.CAPACITY];

    /** Time in flight of each model, summed over its calls times their units. */
    public final double[] unitSeconds = new double[KeyTable.CAPACITY];

    double modelCpuSeconds() {
        double sum = 0;
        for (int key = 0; key < keys; key++) {
            sum += cpuSeconds[key];
        }
        return sum;
    }
}
