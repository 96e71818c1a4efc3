package io.inferwatt.core.energy;

import io.inferwatt.core.energy.EnergyReadException.Reason;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The meter of one domain for the whole run: whatever counter is in force, behind one {@link #advance}. A counter that
 * keeps failing is closed; {@link SourceSelection} then puts the next best in its place. Sampler thread only.
 */
public final class DomainMeter {

    /** One failed reading may be chance; three in a row are not. */
    private static final int FAILURES_TO_CLOSE = 3;
    /** Nothing that is on draws 0 J for this long: such a counter is stuck, as some hypervisors show it. */
    private static final long STUCK_NANOS = 30_000_000_000L;

    /** Half width of a normal 95 % band in standard uncertainties. */
    private static final double BAND_95 = 1.96;

    static final int NOTHING_GIVEN_UP = -1;

    private final Domain domain;
    private final long[] errors = new long[Reason.values().length];
    private long failedReadings;

    private @Nullable CounterOffer inForce;
    private @Nullable Trial trial;
    private int failures;
    private long positiveNanos;
    private int givenUpPreference = NOTHING_GIVEN_UP;
    private @Nullable String lastFailure;
    private long samples;
    private int generation;
    private CounterHealth closedHealth = CounterHealth.GOOD;

    private String source = "none";
    private Quality quality = Quality.MODELLED;
    private double relativeUncertainty = Double.NaN;
    private double idleWatts = Double.NaN;
    private boolean counted = true;

    DomainMeter(Domain domain) {
        this.domain = domain;
    }

    /**
     * Returns the microjoules since the previous call, 0 or more, or {@link EnergyCounter#UNKNOWN}; never throws.
     *
     * @param nowNanos {@link System#nanoTime} of this tick
     */
    public long advance(long nowNanos) {
        CounterOffer current = inForce;
        long microjoules = EnergyCounter.UNKNOWN;
        if (current != null) {
            try {
                long read = current.counter().advance(nowNanos);
                // The first reading after a failed one covers both ticks, and what happened in the other is not known
                // now.
                microjoules = failures == 0 ? read : EnergyCounter.UNKNOWN;
                failures = 0;
            } catch (EnergyReadException e) {
                failed(e.reason(), e.getMessage());
            } catch (RuntimeException | LinkageError e) {
                failed(Reason.IO, e.toString());
            }
        }
        if (microjoules != EnergyCounter.UNKNOWN) {
            samples++;
            watchForStandstill(microjoules, nowNanos);
        } else {
            positiveNanos = nowNanos;
        }
        Trial running = trial;
        if (running != null && !running.advance(nowNanos)) {
            endTrial();
        }
        return microjoules;
    }

    public Domain domain() {
        return domain;
    }

    /**
     * Returns whether its joules are part of the sums. Not those of the whole machine where its parts have meters, nor those
     * of parts while the whole machine's are.
     */
    public boolean counted() {
        return counted;
    }

    void count(boolean whether) {
        counted = whether;
    }

    /** Returns whether a counter is in force; without one every {@link #advance} is unknown. */
    public boolean speaking() {
        return inForce != null;
    }

    /** Returns the source in force, or the last one while there is none. */
    public String source() {
        return source;
    }

    public Quality quality() {
        return quality;
    }

    /** Returns the relative standard uncertainty of the joules, as a ratio; NaN before the first source. */
    public double relativeUncertainty() {
        return relativeUncertainty;
    }

    /** Returns the watts of the idle domain as its source knows them, or NaN. */
    public double idleWatts() {
        return idleWatts;
    }

    /** Returns the work of other processes in the time of the latest {@link #advance}, in seconds of the whole device. */
    public double otherWorkSeconds() {
        CounterOffer current = inForce;
        return current == null ? 0 : current.counter().otherWorkSeconds();
    }

    /** Returns what a reader of the figures must know beyond source and quality. */
    public Set<ReadingFlag> flags() {
        CounterOffer current = inForce;
        return current == null ? Set.of() : current.counter().flags();
    }

    /** Returns what is metered, for a person; empty if there is no more to say than the domain does. */
    public String device() {
        CounterOffer current = inForce;
        return current == null ? "" : current.counter().device();
    }

    /** Returns the known readings so far, of all sources. */
    public long samples() {
        return samples;
    }

    /** Returns the failed readings so far, of all sources. */
    public long errors(Reason reason) {
        return errors[reason.code()];
    }

    /** Returns the failed readings so far, of all sources and for all reasons. */
    public long failedReadings() {
        return failedReadings;
    }

    /** Returns how often the counters of this domain behaved oddly so far, over all sources. */
    public CounterHealth health() {
        CounterOffer current = inForce;
        return current == null
                ? closedHealth
                : closedHealth.plus(current.counter().health());
    }

    /** Returns a number that changes with each switch to another counter; what was learned about the old one is void. */
    public int generation() {
        return generation;
    }

    /** Returns what went wrong last, empty if nothing. */
    String trouble() {
        String lost = lastFailure;
        return lost == null ? "" : lost;
    }

    /** Returns a line for a person. */
    String described() {
        String lost = lastFailure == null ? "" : "; " + lastFailure;
        if (inForce == null && !counted) {
            return domain.id() + ": inside the energy of the whole machine" + lost;
        }
        if (inForce == null) {
            return domain.id() + ": no counter now, so its energy is unknown" + lost;
        }
        return String.format(
                Locale.ROOT,
                "%s: %s, %s, ±%.0f %% (95 %%)%s%s",
                domain.id(),
                source,
                quality.label(),
                100 * BAND_95 * relativeUncertainty,
                counted ? "" : ", not part of the sums",
                lost);
    }

    @Nullable
    EnergySource origin() {
        CounterOffer current = inForce;
        return current == null ? null : current.origin();
    }

    /** Returns the preference of the counter in force, lower is better. */
    int preference() {
        CounterOffer current = inForce;
        return current == null ? Integer.MAX_VALUE : current.preference();
    }

    /** Returns, once, the preference of the counter given up since the previous call, or {@link #NOTHING_GIVEN_UP}. */
    int takeGivenUp() {
        int result = givenUpPreference;
        givenUpPreference = NOTHING_GIVEN_UP;
        return result;
    }

    /** Returns the preference of the counter on trial, lower is better. */
    int trialPreference() {
        Trial running = trial;
        return running == null ? Integer.MAX_VALUE : running.offer().preference();
    }

    boolean hasNewcomer() {
        return trial != null;
    }

    /** Puts a counter in force; the one before is closed. */
    void adopt(CounterOffer offer) {
        detach();
        EnergyCounter counter = offer.counter();
        inForce = offer;
        source = counter.source();
        quality = counter.quality();
        relativeUncertainty = counter.relativeUncertainty();
        idleWatts = counter.idleWatts();
        failures = 0;
        generation++;
    }

    /** Reads a counter beside the one in force; it takes over once it has shown that it works. */
    void tryOut(CounterOffer offer) {
        endTrial();
        trial = new Trial(offer);
    }

    /** Puts the newcomer in force if it has shown that it works. */
    void settleTrial() {
        Trial running = trial;
        if (running != null && running.passed()) {
            trial = null;
            adopt(running.offer());
            givenUpPreference = NOTHING_GIVEN_UP;
            lastFailure = null;
        }
    }

    /** Closes the counter in force, if any. */
    void detach() {
        CounterOffer current = inForce;
        inForce = null;
        if (current != null) {
            closedHealth = closedHealth.plus(current.counter().health());
            current.counter().close();
        }
    }

    void endTrial() {
        Trial running = trial;
        trial = null;
        if (running != null) {
            running.offer().counter().close();
        }
    }

    private void failed(Reason reason, @Nullable String message) {
        errors[reason.code()]++;
        failedReadings++;
        failures++;
        if (failures >= FAILURES_TO_CLOSE || reason == Reason.PERMISSION) {
            giveUp(String.valueOf(message));
        }
    }

    private void watchForStandstill(long microjoules, long nowNanos) {
        if (microjoules > 0) {
            positiveNanos = nowNanos;
        } else if (nowNanos - positiveNanos > STUCK_NANOS) {
            giveUp("its counter stood still for " + STUCK_NANOS / 1_000_000_000L + " s");
        }
    }

    private void giveUp(String why) {
        lastFailure = source + " given up: " + why;
        givenUpPreference = preference();
        detach();
    }
}
