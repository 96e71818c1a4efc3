package io.inferwatt.core.attribution;

import io.inferwatt.core.config.AttributionMethod;
import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.Quality;
import org.jspecify.annotations.Nullable;

/**
 * The books of one domain under one source: each tick is divided to the microjoule. Sampler thread only.
 *
 * <p>At any time {@code total = models + idle + runtime + other + gap}.
 */
public final class DomainAccount {

    /** Below this part of the whole what is not idle is rounding, too little to divide idle by. */
    private static final double NEGLIGIBLE = 1e-3;

    private final Domain domain;
    private final String source;
    private final Quality quality;
    private final PowerEstimator estimator;
    private final IdleBaseline baseline;
    private final @Nullable CounterCalibration calibration;
    private final CounterWindow window = new CounterWindow();

    private final double[] shares = new double[Columns.MOST];
    private final double[] dynamicShares = new double[Columns.MOST];
    private final long[] parts = new long[Columns.MOST];
    private final long[] idleShares = new long[Columns.MOST];

    private long totalMicrojoules;
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

    DomainAccount(
            Domain domain,
            String source,
            Quality quality,
            PowerEstimator estimator,
            IdleBaseline baseline,
            @Nullable CounterCalibration calibration) {
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
     * @return whether the counter moved
     */
    boolean book(long microjoules, double statedIdleWatts, TickFeatures tick) {
        bookedNanos = tick.nanos;
        if (tick.seconds > 0) {
            window.add(tick);
        }
        if (!continued) {
            closedNanos = window.fromNanos(tick.nanos);
        }
        if (microjoules == 0) {
            return false;
        }
        window.close(tick);
        long lagNanos = 0;
        if (calibration != null && window.isSlow()) {
            calibration.apply(window.features(), window.fromNanos(tick.nanos), window.untilNanos(), microjoules / 1e6);
            lagNanos = Math.round(1e9 * calibration.lagSeconds());
        }
        divide(microjoules, statedIdleWatts, window.features());
        fromNanos = continued ? closedNanos : window.fromNanos(tick.nanos) - lagNanos;
        long until = window.untilNanos() - lagNanos;
        closedNanos = until - fromNanos < 0 ? fromNanos : until; // a new calibration may reach back

        continued = true;
        window.next(tick.keys);
        return true;
    }

    private void divide(long microjoules, double statedIdleWatts, TickFeatures features) {
        int columns = Columns.MODELS + features.keys;
        double joules = microjoules / 1e6;
        baseline.observe(joules, features.seconds, load(features), features.allCpuSeconds());
        estimator.explain(
                joules, baseline.watts(statedIdleWatts), baseline.uncertainty(statedIdleWatts), features, shares);
        boolean explained = ConservingSplit.divide(microjoules, shares, 0, columns, parts);
        totalMicrojoules += microjoules;
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

    /** Of a device nobody sees how busy it is; idle is when this JVM has nothing in flight. */
    private double load(TickFeatures features) {
        return domain.component() == Component.GPU ? (features.anyInFlight() ? 1 : 0) : features.hostLoad;
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
}
