package io.inferwatt.core.attribution;

import io.inferwatt.core.call.CallRecord;
import io.inferwatt.core.call.KeyTable;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.config.AttributionMethod;
import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.EnergyCounter;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.footprint.EmbodiedHardware;
import io.inferwatt.core.footprint.FootprintFactors.JouleFactors;
import io.inferwatt.core.report.MeterSnapshot.Confidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * From readings to joules per model and per call. For each tick: {@link #begin}, {@link #book} for every domain,
 * {@link #end}; then {@link #settle} for each ended call that {@link #isFinal}. Sampler thread only.
 */
public final class Attribution {

    /** Energy that arrives after a model's last call is no call's when no further one comes in this time. */
    static final double LONGEST_WAIT_SECONDS = 2;

    /** The fine ring of the energy clocks reaches 10 s back at a tick of 20 ms. */
    private static final long LONGEST_DELAY_NANOS = 10_000_000_000L;

    private static final double MICROJOULES = 1e-6;

    /** Best first. */
    private static final Quality[] QUALITIES = Quality.values();

    private final AttributionMethod configured;
    private final double leastSeconds;
    private final ToDoubleFunction<Domain> modelIdleWatts;
    private final EnergyClocks clocks;
    private final ModelAccount[] models = new ModelAccount[KeyTable.CAPACITY];
    private final List<DomainAccount> domains = new ArrayList<>();

    private final EnergyClocks.Reading from = new EnergyClocks.Reading();
    private final EnergyClocks.Reading until = new EnergyClocks.Reading();
    private long nowNanos;
    private long finalNanos;
    private JouleFactors perJoule = JouleFactors.NONE;
    private final EmbodiedHardware embodied;
    private final boolean byComponent;
    private final double[] amounts = new double[Lanes.COUNT];
    private long runtimeMicrojoules;
    /** Until when a source of each quality had a part. */
    private final long[] lastSpokeNanos = new long[QUALITIES.length];

    private final boolean[] hasSpoken = new boolean[QUALITIES.length];

    /**
     * Starts empty books.
     *
     * @param configured method the user asked for
     * @param modelIdleWatts idle power of a domain by the power model, NaN where it has none
     * @param reachNanos how long a call may last
     */
    public Attribution(AttributionMethod configured, ToDoubleFunction<Domain> modelIdleWatts, long reachNanos) {
        this(configured, modelIdleWatts, reachNanos, 0, EmbodiedHardware.UNKNOWN, true);
    }

    /**
     * Starts empty books, where ticks may be too short for the clocks of processor time.
     *
     * @param configured method the user asked for
     * @param modelIdleWatts idle power of a domain by the power model, NaN where it has none
     * @param reachNanos how long a call may last
     * @param leastSeconds the energy of processors and memory is not divided over less than this
     * @param embodied what making the machine emitted
     * @param byComponent whether {@link CallEnergy#byComponent} is wanted, which takes memory
     */
    public Attribution(
            AttributionMethod configured,
            ToDoubleFunction<Domain> modelIdleWatts,
            long reachNanos,
            double leastSeconds,
            EmbodiedHardware embodied,
            boolean byComponent) {
        this.embodied = embodied;
        this.byComponent = byComponent;
        this.leastSeconds = leastSeconds;
        this.configured = configured;
        this.modelIdleWatts = modelIdleWatts;
        this.clocks = new EnergyClocks(reachNanos);
        for (int key = 0; key < models.length; key++) {
            models[key] = new ModelAccount();
        }
    }

    /** Begins at a time; what was drawn before is nobody's. */
    public void start(long nanos) {
        nowNanos = nanos;
        clocks.start(nanos);
    }

    /**
     * Opens a tick that has just passed.
     *
     * @param gramsNow CO2e of a joule drawn now
     */
    public void begin(TickFeatures tick, double gramsNow) {
        begin(tick, new JouleFactors(gramsNow, Double.NaN, Double.NaN));
    }

    /**
     * Opens a tick that has just passed.
     *
     * @param now what a joule drawn now comes to
     */
    public void begin(TickFeatures tick, JouleFactors now) {
        nowNanos = tick.nanos;
        perJoule = now;
        runtimeMicrojoules = 0;
        clocks.tick(nowNanos, tick.callSeconds(), tick.keys);
    }

    /** Returns the books of a domain under a source, opened at its first reading. */
    public DomainAccount account(Domain domain, String source, Quality quality) {
        for (DomainAccount account : domains) {
            if (account.isOf(domain, source, quality)) {
                return account;
            }
        }
        DomainAccount account = new DomainAccount(
                domain,
                source,
                quality,
                estimatorFor(domain, quality),
                new IdleBaseline(modelIdleWatts.applyAsDouble(domain)),
                domain.component() == Component.GPU ? new CounterCalibration(clocks) : null,
                domain.component() == Component.GPU ? 0 : leastSeconds);
        domains.add(account);
        return account;
    }

    private PowerEstimator estimatorFor(Domain domain, Quality quality) {
        if (domain.component() == Component.GPU) {
            return configured == AttributionMethod.LEARNED && quality == Quality.MEASURED
                    ? LearnedEstimator.ofDevice()
                    : new UnitShareEstimator(configured);
        }
        return switch (configured) {
            case EQUAL -> new EqualEstimator();
            case CPU_SHARE -> new CpuShareEstimator();
            // A model computes joules from processor time: nothing else could be learned from it.
            case LEARNED -> quality == Quality.MEASURED ? LearnedEstimator.ofProcessor() : new CpuShareEstimator();
        };
    }

    /**
     * Books the tick of one domain.
     *
     * @param microjoules as read, or {@link EnergyCounter#UNKNOWN}
     * @param statedIdleWatts idle power by the source or the user, NaN if not stated
     */
    public void book(DomainAccount account, long microjoules, double statedIdleWatts, TickFeatures tick) {
        if (microjoules == EnergyCounter.UNKNOWN) {
            flush(account, tick.keys);
            account.bookUnknown(tick);
        } else if (account.book(microjoules, statedIdleWatts, tick)) {
            credit(account, tick.keys);
        }
    }

    private void flush(DomainAccount account, int keys) {
        if (account.flush(keys)) {
            credit(account, keys);
        }
    }

    /** Gives the models what the account has just divided. */
    private void credit(DomainAccount account, int keys) {
        runtimeMicrojoules += account.runtimePart();
        clocks.known(account.fromNanos(), account.closedNanos());
        hasSpoken[account.quality().code()] = true;
        lastSpokeNanos[account.quality().code()] = account.closedNanos();
        double wornGrams = account.wear(embodied, nowNanos) * (account.closedNanos() - account.fromNanos()) / 1e9;
        double wornPerMicrojoule = wornGrams / Math.max(1, account.dividedMicrojoules());
        for (int key = 0; key < keys; key++) {
            long part = account.part(key);
            long idle = account.idleShare(key);
            if (part > 0 || idle > 0) {
                credit(account, key, part, idle, wornPerMicrojoule);
            }
        }
    }

    private void credit(DomainAccount account, int key, long part, long idle, double wornPerMicrojoule) {
        Component component = account.domain().component();
        ModelAccount model = models[key];
        double joules = part * MICROJOULES;
        double idleJoules = idle * MICROJOULES;
        double worn = (part + idle) * wornPerMicrojoule;
        model.add(component, account.quality(), part, idle, joules * perJoule.liters());
        model.addFootprint(joules, idleJoules, worn, perJoule);
        Arrays.fill(amounts, 0);
        amounts[Lanes.DYNAMIC] = joules;
        amounts[Lanes.IDLE] = idleJoules;
        amounts[Lanes.GRAMS] = (joules + idleJoules) * perJoule.grams();
        amounts[Lanes.EMBODIED] = worn;
        if (byComponent) {
            amounts[Lanes.of(component)] = joules + idleJoules;
        }
        model.addWaitingTo(amounts);
        if (clocks.spread(account.fromNanos(), account.closedNanos(), key, amounts)) {
            model.forgetWaiting();
        } else {
            model.keepWaiting(component, part, amounts);
        }
    }

    /** Tells that a source no longer speaks for its domain. */
    public void leave(DomainAccount account, int keys) {
        flush(account, keys);
        account.leave(keys);
    }

    /** Divides what waits for more time, in the last tick of all. */
    public void flush(int keys) {
        for (int i = 0; i < domains.size(); i++) {
            flush(domains.get(i), keys);
        }
    }

    /** Closes the tick: calls that ended while the energy of all domains is known have their final figure. */
    public void end(TickFeatures tick) {
        for (int key = 0; key < tick.keys; key++) {
            models[key].waited(tick.seconds);
        }
        finalNanos = nowNanos;
        for (int i = 0; i < domains.size(); i++) {
            DomainAccount domain = domains.get(i);
            if (domain.bookedNanos() == nowNanos && domain.closedNanos() - finalNanos < 0) {
                finalNanos = domain.closedNanos();
            }
        }
        if (finalNanos != nowNanos) {
            finalNanos = clocks.lastTickUntil(finalNanos);
        }
    }

    /**
     * Returns whether the energy of a call is final: every counter has moved since its end, or one has not for so long that
     * waiting makes no sense.
     */
    public boolean isFinal(CallRecord record) {
        return record.endNanos() - finalNanos <= 0 || nowNanos - record.endNanos() > LONGEST_DELAY_NANOS;
    }

    /** Counts the tokens of a call that has ended. */
    public void addTokens(CallRecord record) {
        models[record.key()].addTokens(record);
    }

    /** Computes the energy of a call that {@link #isFinal}; of another one what is known by now. Once for each call. */
    public void settle(CallRecord record, CallEnergy energy) {
        clocks.at(record.bookedNanos(), record.key(), from);
        clocks.at(record.endNanos(), record.key(), until);
        clocks.claim(record.bookedNanos(), record.endNanos(), record.key(), record.units(), until);
        energy.set(record.units(), from, until, worstSince(record.bookedNanos()));
    }

    /** Returns the worst quality that had a part in a tick that ended after {@code nanos}. */
    private Quality worstSince(long nanos) {
        Quality worst = Quality.MEASURED;
        for (Quality quality : QUALITIES) {
            if (hasSpoken[quality.code()] && lastSpokeNanos[quality.code()] - nanos > 0) {
                worst = quality;
            }
        }
        return worst;
    }

    public ModelAccount model(int key) {
        return models[key];
    }

    /** Returns how sure a model's share is, over all domains that have an opinion; allocates, for once a second. */
    public Confidence confidence(int key, KeyTable keys) {
        double joules = 0;
        double error = 0;
        double groupError = 0;
        List<ModelKey> group = List.of();
        for (DomainAccount domain : domains) {
            ShareConfidence confidence = domain.confidence();
            if (confidence == null || Double.isNaN(confidence.relativeError(key))) {
                continue;
            }
            double ofDomain = models[key].joules(domain.domain().component(), domain.quality());
            // Errors of domains are taken as correlated, the cautious case: they come from the same features.
            joules += ofDomain;
            error += ofDomain * confidence.relativeError(key);
            groupError += ofDomain * confidence.groupError(key);
            if (confidence.group(key) != ShareConfidence.ALONE && group.isEmpty()) {
                group = members(confidence, confidence.group(key), keys);
            }
        }
        return joules > 0 ? new Confidence(error / joules, group, groupError / joules) : Confidence.UNKNOWN;
    }

    private static List<ModelKey> members(ShareConfidence confidence, int group, KeyTable keys) {
        List<ModelKey> members = new ArrayList<>();
        for (int key = 0; key < keys.size(); key++) {
            if (confidence.group(key) == group) {
                members.add(keys.key(key));
            }
        }
        return members;
    }

    public List<DomainAccount> domains() {
        return domains;
    }

    /** Returns the microjoules of this JVM outside model calls in the tick just booked, over all domains. */
    public long runtimeMicrojoules() {
        return runtimeMicrojoules;
    }
}
