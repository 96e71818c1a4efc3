package io.inferwatt.core.attribution;

import io.inferwatt.core.config.AttributionMethod;
import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.footprint.EmbodiedHardware;
import io.inferwatt.core.report.MeterSnapshot.CounterTiming;
import org.jspecify.annotations.Nullable;

/**
 * The books of one domain under one source: each tick is divided to the microjoule. Sampler thread only.
 *
 * <p>At any time {@code total = models + idle + runtime + other + gap}.
 */
public final class DomainAccount {

    /** Below this part of the whole what is not idle is rounding, too little to divide idle by. */
    private static final double NEGLIGIBLE = 1e-3;

    private static final long SECOND = 1_000_000_000;

    private final Domain domain;
    private final String source;
    private final Quality quality;
    private final PowerEstimator estimator;
    private final IdleBaseline baseline;
    private final @Nullable CounterCalibration calibration;
    private final CounterWindow window = new CounterWindow();
    private final double leastSeconds;

    private final double[] shares = new double[Columns.MOST];
    private final double[] dynamicShares = new double[Columns.MOST];
    private final long[] parts = new long[Columns.MOST];
    private final long[] idleShares = new long[Columns.MOST];

    private long totalMicrojoules;
    private long dividedMicrojoules;
    private double wornGramsPerSecond = Double.NaN;
    private long wearAskedNanos;
    private long modelMicrojoules;
    private long idleMicrojoules;
    private long runtimeMicrojoules;
    private long otherMicrojoules;
    private long gapMicrojoules;
    private double gapSeconds;
    private long fromNanos;
    private long closedNanos;
    private long bookedNanos;
    private boolean continued;
    private double knownSeconds;
    private long heldMicrojoules;
    private double heldIdleWatts = Double.NaN;

    /** @param leastSeconds no shorter time is divided, unless the source falls silent */
    DomainAccount(
            Domain domain,
            String source,
            Quality quality,
            PowerEstimator estimator,
            IdleBaseline baseline,
            @Nullable CounterCalibration calibration,
            double leastSeconds) {
        this.leastSeconds = leastSeconds;
        this.domain = domain;
        this.source = source;
        this.quality = quality;
        this.estimator = estimator;
        this.baseline = baseline;
        this.calibration = calibration;
    }

    boolean isOf(Domain otherDomain, String otherSource, Quality otherQuality) {
        return domain.equals(otherDomain) && source.equals(otherSource) && quality == otherQuality;
    }

    /**
     * Divides what waits for its window to grow long enough. To be called before {@link #bookUnknown} and {@link #leave}.
     *
     * @return whether there was anything
     */
    boolean flush(int keys) {
        if (heldMicrojoules == 0) {
            return false;
        }
        window.closeWhole();
        divideWindow(heldIdleWatts, keys);
        return true;
    }

    /** Books a tick whose energy is not known: no joules anywhere. */
    void bookUnknown(TickFeatures tick) {
        gapSeconds += tick.seconds;
        leave(tick.keys);
        bookedNanos = tick.nanos;
        closedNanos = tick.nanos;
    }

    /** Forgets what happened since the counter last moved: another source speaks from now on. */
    void leave(int keys) {
        gapSeconds += window.drop(keys);
        continued = false;
    }

    /**
     * Books a tick. While the counter stands still that changes nothing yet; when it moves, all since it last did is
     * divided, and until the next time {@link #part} and {@link #idleShare} tell the outcome.
     *
     * @return whether anything was divided
     */
    boolean book(long microjoules, double statedIdleWatts, TickFeatures tick) {
        bookedNanos = tick.nanos;
        if (tick.seconds > 0) {
            window.add(tick);
        }
        if (!continued) {
            closedNanos = window.fromNanos(tick.nanos);
        }
        heldMicrojoules += microjoules;
        heldIdleWatts = statedIdleWatts;
        if (microjoules == 0) {
            return false;
        }
        if (window.seconds() < leastSeconds) {
            window.moved();
            return false;
        }
        window.close(tick);
        divideWindow(statedIdleWatts, tick.keys);
        return true;
    }

    private void divideWindow(double statedIdleWatts, int keys) {
        TickFeatures features = window.features();
        long from = window.fromNanos(features.nanos);
        long until = window.untilNanos();
        long lagNanos = 0;
        if (calibration != null && window.isSlow()) {
            calibration.apply(features, from, until, heldMicrojoules / 1e6);
            lagNanos = Math.round(1e9 * calibration.lagSeconds());
        }
        divide(heldMicrojoules, statedIdleWatts, features);
        heldMicrojoules = 0;
        fromNanos = continued ? closedNanos : from - lagNanos;
        long lagging = until - lagNanos;
        closedNanos = lagging - fromNanos < 0 ? fromNanos : lagging; // a new calibration may reach back
        continued = true;
        window.next(keys);
    }

    private void divide(long microjoules, double statedIdleWatts, TickFeatures features) {
        int columns = Columns.MODELS + features.keys;
        double joules = microjoules / 1e6;
        baseline.observe(joules, features.seconds, load(features), features.allCpuSeconds());
        estimator.explain(
                joules, baseline.watts(statedIdleWatts), baseline.uncertainty(statedIdleWatts), features, shares);
        boolean explained = ConservingSplit.divide(microjoules, shares, 0, columns, parts);
        totalMicrojoules += microjoules;
        dividedMicrojoules = microjoules;
        knownSeconds += features.seconds;
        if (!explained) {
            gapMicrojoules += microjoules;
        }
        idleMicrojoules += parts[Columns.IDLE];
        runtimeMicrojoules += parts[Columns.RUNTIME];
        otherMicrojoules += parts[Columns.OTHER];
        for (int i = Columns.IDLE + 1; i < columns; i++) {
            dynamicShares[i] = parts[i];
            modelMicrojoules += i >= Columns.MODELS ? parts[i] : 0;
        }
        // The boundary with_idle: idle spread over everything that worked, other processes included.
        if (microjoules - parts[Columns.IDLE] < NEGLIGIBLE * microjoules) {
            estimator.activity(features, dynamicShares);
        }
        ConservingSplit.divide(parts[Columns.IDLE], dynamicShares, Columns.IDLE + 1, columns, idleShares);
    }

    /** Of a device, idle is when this JVM has nothing in flight and other processes, as far as seen, do nothing. */
    private double load(TickFeatures features) {
        if (domain.component() != Component.GPU) {
            return features.hostLoad;
        }
        return features.anyInFlight() ? 1 : features.otherDeviceSeconds / features.seconds;
    }

    /** Returns when the time began that was divided last. */
    long fromNanos() {
        return fromNanos;
    }

    /** Returns until when the energy of this domain is divided, or will never be known. */
    long closedNanos() {
        return closedNanos;
    }

    /** Returns the end of the last tick in which this source spoke for the domain, known or not. */
    long bookedNanos() {
        return bookedNanos;
    }

    /**
     * Returns grams of CO2e for each second of this domain's life, asked anew once a second: that may take looks at what machines are
     * there.
     */
    double wear(EmbodiedHardware hardware, long nowNanos) {
        if (Double.isNaN(wornGramsPerSecond) || nowNanos - wearAskedNanos >= SECOND) {
            wornGramsPerSecond = hardware.gramsPerSecond(domain);
            wearAskedNanos = nowNanos;
        }
        return wornGramsPerSecond;
    }

    /** Returns all microjoules of the time just divided. */
    long dividedMicrojoules() {
        return dividedMicrojoules;
    }

    /** Returns the microjoules of a model in the time just divided. */
    long part(int key) {
        return parts[Columns.MODELS + key];
    }

    /** Returns the microjoules of idle that fall to a model in the time just divided. */
    long idleShare(int key) {
        return idleShares[Columns.MODELS + key];
    }

    /** Returns the microjoules of this JVM outside model calls in the time just divided. */
    long runtimePart() {
        return parts[Columns.RUNTIME];
    }

    public Domain domain() {
        return domain;
    }

    public String source() {
        return source;
    }

    public Quality quality() {
        return quality;
    }

    @Nullable
    ShareConfidence confidence() {
        return estimator.confidence();
    }

    public AttributionMethod method() {
        return estimator.method();
    }

    public long totalMicrojoules() {
        return totalMicrojoules;
    }

    public long modelMicrojoules() {
        return modelMicrojoules;
    }

    public long idleMicrojoules() {
        return idleMicrojoules;
    }

    public long runtimeMicrojoules() {
        return runtimeMicrojoules;
    }

    public long otherMicrojoules() {
        return otherMicrojoules;
    }

    public long gapMicrojoules() {
        return gapMicrojoules;
    }

    public double gapSeconds() {
        return gapSeconds;
    }

    public double knownSeconds() {
        return knownSeconds;
    }

    /** Returns the mean time between two movements of the counter, NaN if it moves in every tick. */
    public double counterIntervalSeconds() {
        return window.intervalSeconds();
    }

    /** Returns how the counter behaves, as far as that could be found out. */
    public CounterTiming timing() {
        return calibration == null || !calibration.isDone()
                ? new CounterTiming(window.intervalSeconds(), Double.NaN, Double.NaN)
                : new CounterTiming(window.intervalSeconds(), calibration.lagSeconds(), calibration.sampledPart());
    }
}
