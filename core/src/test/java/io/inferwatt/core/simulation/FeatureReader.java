package io.inferwatt.core.simulation;

import io.inferwatt.core.attribution.TickFeatures;
import io.inferwatt.core.sampling.HighWaterOf;
import java.util.function.LongUnaryOperator;

/**
 * What a sampler reads of the host, made into the columns of a tick the way that the sampler does it: runtime is process
 * less models, other is machine less process, both at their highest yet.
 */
final class FeatureReader {

    private static final double NANOS = 1e-9;
    private static final long STEP_NANOS = 10_000_000;
    /** A GPU's driver tells about processes several times a second, after the fact. */
    private static final double DRIVER_SAMPLE_SECONDS = 0.2;

    private static final double STALE_TYPICAL_SECONDS = 0.0008;
    private static final double STALE_MOST_SECONDS = 0.005;

    private final SimulatedHost host;
    private final Clocks clocks;
    private final double poolPart;
    private final boolean othersVisible;
    private final Chance random;
    private final LongUnaryOperator runtime;
    private final LongUnaryOperator other;
    private final long[] billedNanos;
    private final double[] inFlightBefore;
    private final double[] unitsBefore;
    private double secondsBefore;
    private double othersRate;
    private double othersSeenSeconds;
    private double othersBefore;
    private long busyBefore;
    private long totalBefore;

    /**
     * Starts at the host's present.
     *
     * @param poolPart part of each model's processor time that its engine's own threads use
     * @param othersVisible whether the machine's clock shows other processes; else it shows this JVM alone
     */
    FeatureReader(SimulatedHost host, Clocks clocks, double poolPart, boolean othersVisible, Chance random) {
        this.host = host;
        this.clocks = clocks;
        this.poolPart = poolPart;
        this.othersVisible = othersVisible;
        this.random = random;
        long slack = STEP_NANOS * (5 + host.cores());
        this.runtime = HighWaterOf.slack(slack);
        this.other = HighWaterOf.slack(slack);
        this.billedNanos = new long[host.models()];
        this.inFlightBefore = new double[host.models()];
        this.unitsBefore = new double[host.models()];
        fill(new TickFeatures());
    }

    /** Fills {@code tick} with what happened since the previous call. */
    void fill(TickFeatures tick) {
        tick.seconds = host.seconds() - secondsBefore;
        tick.keys = MeterUnderTest.keyOf(host.models());
        secondsBefore = host.seconds();
        double processSeconds = host.runtime().cpuSeconds();
        long models = 0;
        for (int i = 0; i < host.models(); i++) {
            RunningModel model = host.model(i);
            int key = MeterUnderTest.keyOf(i);
            processSeconds += model.cpuSeconds();
            long billed = Math.max(billedNanos[i], nanos(seenCpuSeconds(i)));
            tick.cpuSeconds[key] = (billed - billedNanos[i]) * NANOS;
            billedNanos[i] = billed;
            models += billed;
            tick.inFlightSeconds[key] = model.inFlightSeconds() - inFlightBefore[i];
            tick.unitSeconds[key] = model.unitSeconds() - unitsBefore[i];
            inFlightBefore[i] = model.inFlightSeconds();
            unitsBefore[i] = model.unitSeconds();
        }
        long process = clocks == Clocks.PLAIN ? inSteps(processSeconds) : nanos(processSeconds);
        tick.runtimeCpuSeconds = runtime.applyAsLong(process - models) * NANOS;
        fillMachine(process, processSeconds, tick);
        tick.otherDeviceSeconds = othersRate * tick.seconds;
        if (othersVisible && host.seconds() - othersSeenSeconds >= DRIVER_SAMPLE_SECONDS) {
            othersRate = (host.others().cpuSeconds() - othersBefore) / (host.seconds() - othersSeenSeconds);
            othersSeenSeconds = host.seconds();
            othersBefore = host.others().cpuSeconds();
        }
    }

    private void fillMachine(long process, double processSeconds, TickFeatures tick) {
        double busySeconds = processSeconds + (othersVisible ? host.others().cpuSeconds() : 0);
        boolean steps = clocks != Clocks.EXACT;
        long busy = steps ? inSteps(busySeconds) : nanos(busySeconds);
        long total = steps ? inSteps(host.seconds() * host.cores()) : nanos(host.seconds() * host.cores());
        tick.otherCpuSeconds = other.applyAsLong(busy - process) * NANOS;
        tick.hostLoad = total > totalBefore ? (double) (busy - busyBefore) / (total - totalBefore) : Double.NaN;
        busyBefore = busy;
        totalBefore = total;
    }

    private double seenCpuSeconds(int model) {
        double used = host.model(model).cpuSeconds();
        if (clocks != Clocks.PLAIN) {
            return used;
        }
        double behind = Math.min(STALE_MOST_SECONDS, STALE_TYPICAL_SECONDS * random.exponential() / StrictMath.log(2));
        return used - poolPart * Math.min(used, host.coresOf(model) * behind);
    }

    private static long inSteps(double seconds) {
        return nanos(seconds) / STEP_NANOS * STEP_NANOS;
    }

    private static long nanos(double seconds) {
        return Math.round(seconds / NANOS);
    }
}
