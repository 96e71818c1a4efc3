package io.inferwatt.core.attribution;

import io.inferwatt.core.config.AttributionMethod;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.Quality;

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
    private double knownSeconds;

    DomainAccount(Domain domain, String source, Quality quality, PowerEstimator estimator, IdleBaseline baseline) {
        this.domain = domain;
        this.source = source;
        this.quality = quality;
        this.estimator = estimator;
        this.baseline = baseline;
    }

    boolean isOf(Domain otherDomain, String otherSource, Quality otherQuality) {
        return domain.equals(otherDomain) && source.equals(otherSource) && quality == otherQuality;
    }

    /** Books a tick whose energy is not known: no joules anywhere. */
    void bookUnknown(double seconds) {
        gapSeconds += seconds;
    }

    /** Divides a tick. {@link #part} and {@link #idleShare} tell the outcome until the next one. */
    void book(long microjoules, double statedIdleWatts, TickFeatures tick) {
        int columns = Columns.MODELS + tick.keys;
        double joules = microjoules / 1e6;
        baseline.observe(joules, tick.seconds, tick.hostLoad);
        estimator.explain(joules, baseline.watts(statedIdleWatts), tick, shares);
        boolean explained = ConservingSplit.divide(microjoules, shares, 0, columns, parts);
        totalMicrojoules += microjoules;
        knownSeconds += tick.seconds;
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
        // The boundary with_idle: idle spread over everything that worked in this tick, other processes included.
        if (microjoules - parts[Columns.IDLE] < NEGLIGIBLE * microjoules) {
            estimator.activity(tick, dynamicShares);
        }
        ConservingSplit.divide(parts[Columns.IDLE], dynamicShares, Columns.IDLE + 1, columns, idleShares);
    }

    /** Returns the microjoules of a model in the tick just booked. */
    long part(int key) {
        return parts[Columns.MODELS + key];
    }

    /** Returns the microjoules of idle that fall to a model in the tick just booked. */
    long idleShare(int key) {
        return idleShares[Columns.MODELS + key];
    }

    /** Returns the microjoules of this JVM outside model calls in the tick just booked. */
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
