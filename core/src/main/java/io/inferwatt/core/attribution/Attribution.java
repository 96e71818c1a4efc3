package io.inferwatt.core.attribution;

import io.inferwatt.core.call.CallRecord;
import io.inferwatt.core.call.KeyTable;
import io.inferwatt.core.config.AttributionMethod;
import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.EnergyCounter;
import io.inferwatt.core.energy.Quality;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * From readings to joules per model and per call. For each tick: {@link #begin}, {@link #book} for every domain,
 * {@link #end}; then {@link #settle} for each call that ended in it. Sampler thread only.
 */
public final class Attribution {

    /** Energy that arrives after a model's last call is its tail when no further call comes in this time. */
    static final double LONGEST_WAIT_SECONDS = 2;

    private static final double MICROJOULES = 1e-6;

    private final AttributionMethod configured;
    private final ToDoubleFunction<Domain> modelIdleWatts;
    private final EnergyClocks clocks;
    private final ModelAccount[] models = new ModelAccount[KeyTable.CAPACITY];
    private final List<DomainAccount> domains = new ArrayList<>();

    private final double[] joules = new double[KeyTable.CAPACITY];
    private final double[] idleJoules = new double[KeyTable.CAPACITY];
    private final EnergyClocks.Reading from = new EnergyClocks.Reading();
    private final EnergyClocks.Reading until = new EnergyClocks.Reading();
    private double knownSeconds;
    private long runtimeMicrojoules;
    private final Set<Quality> spoke = EnumSet.noneOf(Quality.class);
    /** When the last tick ended in which a source of each quality had a part; best first. */
    private final Map<Quality, Long> lastSpokeNanos = new EnumMap<>(Quality.class);

    /**
     * Starts empty books.
     *
     * @param configured method the user asked for
     * @param modelIdleWatts idle power of a domain by the power model, NaN where it has none
     * @param reachNanos how long a call may last
     */
    public Attribution(AttributionMethod configured, ToDoubleFunction<Domain> modelIdleWatts, long reachNanos) {
        this.configured = configured;
        this.modelIdleWatts = modelIdleWatts;
        this.clocks = new EnergyClocks(reachNanos);
        for (int key = 0; key < models.length; key++) {
            models[key] = new ModelAccount();
        }
    }

    public void start(long nanos) {
        clocks.start(nanos);
    }

    public void begin(TickFeatures tick) {
        for (int key = 0; key < tick.keys; key++) {
            joules[key] = 0;
            idleJoules[key] = 0;
        }
        knownSeconds = 0;
        runtimeMicrojoules = 0;
        spoke.clear();
    }

    /** Returns the books of a domain under a source, opened at its first reading. */
    public DomainAccount account(Domain domain, String source, Quality quality) {
        for (DomainAccount account : domains) {
            if (account.isOf(domain, source, quality)) {
                return account;
            }
        }
        DomainAccount account = new DomainAccount(
                domain, source, quality, estimatorFor(domain), new IdleBaseline(modelIdleWatts.applyAsDouble(domain)));
        domains.add(account);
        return account;
    }

    private PowerEstimator estimatorFor(Domain domain) {
        if (domain.component() == Component.GPU) {
            return new UnitShareEstimator(configured);
        }
        return configured == AttributionMethod.EQUAL ? new EqualEstimator() : new CpuShareEstimator();
    }

    /**
     * Books the tick of one domain.
     *
     * @param microjoules as read, or {@link EnergyCounter#UNKNOWN}
     * @param statedIdleWatts idle power by the source or the user, NaN if not stated
     */
    public void book(DomainAccount account, long microjoules, double statedIdleWatts, TickFeatures tick) {
        if (microjoules == EnergyCounter.UNKNOWN) {
            account.bookUnknown(tick.seconds);
            return;
        }
        account.book(microjoules, statedIdleWatts, tick);
        knownSeconds = tick.seconds;
        runtimeMicrojoules += account.runtimePart();
        spoke.add(account.quality());
        Component component = account.domain().component();
        for (int key = 0; key < tick.keys; key++) {
            long part = account.part(key);
            long idle = account.idleShare(key);
            if (part > 0 || idle > 0) {
                models[key].add(component, account.quality(), part, idle);
                joules[key] += part * MICROJOULES;
                idleJoules[key] += idle * MICROJOULES;
            }
        }
    }

    /**
     * Closes the tick and advances the energy clocks.
     *
     * @param gramsPerJoule CO2e of a joule drawn now
     */
    public void end(long nanos, TickFeatures tick, double gramsPerJoule) {
        for (int key = 0; key < tick.keys; key++) {
            ModelAccount model = models[key];
            model.addGrams(joules[key] * gramsPerJoule);
            double unitSeconds = tick.unitSeconds[key];
            if (unitSeconds > 0) {
                joules[key] = (joules[key] + model.waitingJoules()) / unitSeconds;
                idleJoules[key] = (idleJoules[key] + model.waitingIdleJoules()) / unitSeconds;
                model.forgetWaiting();
                // Joules per unit-second, times the seconds of the tick: how far the clock of one unit runs.
                joules[key] *= tick.seconds;
                idleJoules[key] *= tick.seconds;
            } else {
                model.keepWaiting(joules[key], idleJoules[key], tick.seconds);
                joules[key] = 0;
                idleJoules[key] = 0;
            }
        }
        for (Quality quality : spoke) {
            lastSpokeNanos.put(quality, nanos);
        }
        clocks.advance(nanos, joules, idleJoules, tick.keys, knownSeconds);
    }

    /** Computes the final energy of a call that ended before the tick just closed. */
    public void settle(CallRecord record, CallEnergy energy) {
        models[record.key()].addTokens(record);
        clocks.at(record.bookedNanos(), record.key(), from);
        clocks.at(record.endNanos(), record.key(), until);
        energy.set(
                record.units() * (until.dynamicPerUnit - from.dynamicPerUnit),
                record.units() * (until.idlePerUnit - from.idlePerUnit),
                until.knownSeconds > from.knownSeconds,
                worstSince(record.bookedNanos()));
    }

    /** Returns the worst quality that had a part in a tick that ended after {@code nanos}. */
    private Quality worstSince(long nanos) {
        Quality worst = Quality.MEASURED;
        for (Map.Entry<Quality, Long> last : lastSpokeNanos.entrySet()) {
            if (last.getValue() - nanos > 0) {
                worst = last.getKey();
            }
        }
        return worst;
    }

    public ModelAccount model(int key) {
        return models[key];
    }

    public List<DomainAccount> domains() {
        return domains;
    }

    /** Returns the microjoules of this JVM outside model calls in the tick just booked, over all domains. */
    public long runtimeMicrojoules() {
        return runtimeMicrojoules;
    }
}
