package io.inferwatt.core.attribution;

import io.inferwatt.core.call.KeyTable;
import java.util.Arrays;

/**
 * What happened on the processors and in the models during one tick, or several of them. Filled anew each tick; sampler
 * thread only. Model arrays are indexed by the number of the model's key.
 */
public final class TickFeatures {

    /** {@link System#nanoTime} of the end of the tick. */
    public long nanos;

    /** Length of the tick. */
    public double seconds;

    /** Processor time of this JVM outside model calls: GC, JIT, application threads, the meter. */
    public double runtimeCpuSeconds;

    /** The part of {@link #runtimeCpuSeconds} that the threads that make calls used outside them, as far as known apart. */
    public double callerCpuSeconds;

    /** Processor time of other processes, as far as visible, without what is a model's. */
    public double otherCpuSeconds;

    /** Work of other processes on the device whose energy is booked, in seconds of the whole device; 0 of processors. */
    public double otherDeviceSeconds;

    /** Share of the machine's processor time that was busy, 0 to 1; NaN while its clock stands still. */
    public double hostLoad;

    /** How many keys the arrays hold. */
    public int keys;

    /**
     * Processor time of each model's calling threads while in a call, of its engine's own threads, and of servers on this machine
     * that its calls wait for.
     */
    public final double[] cpuSeconds = new double[KeyTable.CAPACITY];

    /**
     * Whether a model is computed on another machine. Its calls wait here for most of their time, so they take part by the
     * processor time of their callers alone, and are in flight for {@link #remoteSeconds} only.
     */
    public final boolean[] remote = new boolean[KeyTable.CAPACITY];

    /** Time in flight of each model, summed over its calls. */
    public final double[] inFlightSeconds = new double[KeyTable.CAPACITY];

    /** Time in flight of each model, summed over its calls times their units. */
    public final double[] unitSeconds = new double[KeyTable.CAPACITY];

    /** Time in flight of each remote model, summed over its calls times their units; 0 of others. */
    public final double[] remoteSeconds = new double[KeyTable.CAPACITY];

    private final double[] callSeconds = new double[KeyTable.CAPACITY];

    private double loadSeconds;
    private double loadKnownSeconds;

    /** Returns the processor time of everything: models, the rest of this JVM, other processes. */
    double allCpuSeconds() {
        double sum = runtimeCpuSeconds + otherCpuSeconds;
        for (int key = 0; key < keys; key++) {
            sum += cpuSeconds[key];
        }
        return sum;
    }

    /** Returns the unit-seconds of all models, over which the energy of a tick is spread among the calls of one model. */
    double[] callSeconds() {
        for (int key = 0; key < keys; key++) {
            callSeconds[key] = unitSeconds[key] + remoteSeconds[key];
        }
        return callSeconds;
    }

    boolean anyInFlight() {
        for (int key = 0; key < keys; key++) {
            if (inFlightSeconds[key] > 0) {
                return true;
            }
        }
        return false;
    }

    void clear(int keyCount) {
        keys = keyCount;
        seconds = 0;
        runtimeCpuSeconds = 0;
        callerCpuSeconds = 0;
        otherCpuSeconds = 0;
        otherDeviceSeconds = 0;
        hostLoad = Double.NaN;
        loadSeconds = 0;
        loadKnownSeconds = 0;
        Arrays.fill(cpuSeconds, 0, keyCount, 0);
        Arrays.fill(inFlightSeconds, 0, keyCount, 0);
        Arrays.fill(unitSeconds, 0, keyCount, 0);
    }

    /** Adds {@code part} of another tick; a negative part takes away what was added before. */
    void add(TickFeatures other, double part) {
        keys = Math.max(keys, other.keys);
        nanos = other.nanos;
        seconds = atLeast0(seconds + part * other.seconds);
        runtimeCpuSeconds = atLeast0(runtimeCpuSeconds + part * other.runtimeCpuSeconds);
        callerCpuSeconds = atLeast0(callerCpuSeconds + part * other.callerCpuSeconds);
        otherCpuSeconds = atLeast0(otherCpuSeconds + part * other.otherCpuSeconds);
        otherDeviceSeconds = atLeast0(otherDeviceSeconds + part * other.otherDeviceSeconds);
        for (int key = 0; key < other.keys; key++) {
            cpuSeconds[key] = atLeast0(cpuSeconds[key] + part * other.cpuSeconds[key]);
            inFlightSeconds[key] = atLeast0(inFlightSeconds[key] + part * other.inFlightSeconds[key]);
            unitSeconds[key] = atLeast0(unitSeconds[key] + part * other.unitSeconds[key]);
            remote[key] |= other.remote[key];
        }
        if (other.hostLoad >= 0) {
            loadSeconds += part * other.hostLoad * other.seconds;
            loadKnownSeconds += part * other.seconds;
            hostLoad = loadKnownSeconds > 0 ? loadSeconds / loadKnownSeconds : Double.NaN;
        }
    }

    private static double atLeast0(double value) {
        return Math.max(0, value);
    }
}
