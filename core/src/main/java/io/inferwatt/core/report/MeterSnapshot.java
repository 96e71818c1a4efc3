package io.inferwatt.core.report;

import io.inferwatt.core.call.ModelFacts;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.CounterHealth;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.EnergyReadException;
import io.inferwatt.core.energy.ErrorBand;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.energy.ReadingFlag;
import io.inferwatt.core.footprint.CarbonIntensity;
import io.inferwatt.core.footprint.Facility;
import io.inferwatt.core.footprint.remote.RemotePlace;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything the meter knows at one moment, consistent in itself. All totals run since the meter started and never
 * decrease from one snapshot to the next.
 *
 * @param models per model, in order of first call
 * @param domains per domain and source that ever spoke, in order of first reading
 * @param uncounted what meters showed whose joules are no part of the sums, such as that of the whole machine
 * @param requestsActive root calls in flight
 * @param droppedCalls finished calls whose single record was lost because a ring was full or settling failed; their energy stays with their model
 * @param foldedKeys keys booked under {@code other} because the table of keys was full
 * @param intensity grid intensity in force
 * @param facility power usage effectiveness in force
 * @param remotePlaces where remote models ran that were estimated
 * @param own what the meter itself used
 * @param tenants on whose behalf requests were made, those told apart by name, then {@code other} and {@code none}; empty if nobody tells tenants
 * @param tenantSpread how unevenly they draw energy
 * @param budgets limits and how far they are used up
 * @param localServers model servers in other processes of this machine that calls have asked, in order of first call
 */
public record MeterSnapshot(
        List<ModelTotals> models,
        List<DomainTotals> domains,
        List<UncountedTotals> uncounted,
        long requestsActive,
        long droppedCalls,
        long foldedKeys,
        CarbonIntensity intensity,
        Facility facility,
        List<RemotePlace> remotePlaces,
        OwnCost own,
        List<LocalServerTotals> localServers,
        List<TenantTotals> tenants,
        TenantSpread tenantSpread,
        List<BudgetTotals> budgets) {

    public MeterSnapshot {
        models = List.copyOf(models);
        domains = List.copyOf(domains);
        uncounted = List.copyOf(uncounted);
        remotePlaces = List.copyOf(remotePlaces);
        localServers = List.copyOf(localServers);
        tenants = List.copyOf(tenants);
        budgets = List.copyOf(budgets);
    }

    /**
     * Totals of one model key.
     *
     * @param facts runtime and device, as far as known
     * @param requests ended root calls by outcome; every outcome is present
     * @param items batch rows of ended root calls
     * @param durationSeconds summed duration of ended root calls
     * @param footprint grams and litres of {@link #energy}
     * @param tailJoules part of {@link #joules} that was drawn while none of the model's calls was in flight, as far as can be
     *     known; the next call may carry it
     * @param confidence how sure its share of the measured energy is
     * @param remote what its calls drew on other machines, on top of {@link #energy}
     */
    public record ModelTotals(
            ModelKey key,
            ModelFacts facts,
            Map<Outcome, Long> requests,
            long items,
            double durationSeconds,
            TokenTotals tokens,
            List<ModelEnergy> energy,
            ModelFootprint footprint,
            double tailJoules,
            Confidence confidence,
            RemoteTotals remote) {

        public ModelTotals {
            requests = Map.copyOf(requests);
            energy = List.copyOf(energy);
        }

        /** Returns the attributed joules over all components of this machine: the share above idle. */
        public double joules() {
            return energy.stream().mapToDouble(ModelEnergy::joules).sum();
        }

        /** Returns {@link #joules} plus this model's share of this machine's idle energy. */
        public double joulesWithIdle() {
            return energy.stream()
                    .mapToDouble(part -> part.joules() + part.idleShareJoules())
                    .sum();
        }
    }

    /**
     * How sure the division of a domain's energy among models is. It comes on top of the uncertainty of the source, which is
     * common to all models and cancels when they are compared.
     *
     * @param relativeStandardError of the model's joules as a ratio, for its present power; 1 is the most and means that
     *     nothing is known; NaN where the method does not know its error, or has just begun
     * @param group all models that cannot be told from this one because they always work together, itself included; empty if
     *     it can be told apart
     * @param groupRelativeStandardError of the joules of the group together; the same as the model's own without group
     */
    public record Confidence(double relativeStandardError, List<ModelKey> group, double groupRelativeStandardError) {

        /** Half the width of a normal 95 % band in standard errors. */
        public static final double BAND_95 = 1.96;

        /** Of a method that does not know its error. */
        public static final Confidence UNKNOWN = new Confidence(Double.NaN, List.of(), Double.NaN);

        /** A share that is less sure than this is only a hint. */
        private static final double WEAK = 0.25;

        public Confidence {
            group = List.copyOf(group);
        }

        /** Returns whether the model's own figure is unsure: a standard error above 25 %. */
        public boolean weak() {
            return relativeStandardError > WEAK;
        }

        /** Returns whether only the sum of a group of models is known. */
        public boolean collinear() {
            return !group.isEmpty();
        }
    }

    /** Tokens of ended root calls; input includes cached tokens, output includes reasoning tokens. */
    public record TokenTotals(long input, long cachedInput, long output, long reasoning) {}

    /**
     * Energy of one model in one component.
     *
     * @param joules attributed to the model's calls, boundary {@code dynamic}
     * @param idleShareJoules the share of idle that the boundary {@code with_idle} adds; also part of the domain's idle
     * @param liters of water of {@link #joules}, facility level, as far as known; NaN where it never was
     */
    public record ModelEnergy(
            Component component, Quality quality, double joules, double idleShareJoules, double liters) {

        /** Energy whose water is not known. */
        public ModelEnergy(Component component, Quality quality, double joules, double idleShareJoules) {
            this(component, quality, joules, idleShareJoules, Double.NaN);
        }
    }

    /**
     * Totals of one domain as read by one source. {@code joules} equals models + idle + runtime + other + gap.
     *
     * @param method how energy is split: {@code learned}, {@code cpu_share} or {@code equal}
     * @param joules all that the source read or modelled
     * @param modelJoules attributed to models
     * @param runtimeJoules this JVM outside model calls
     * @param otherJoules other processes
     * @param gapJoules reported by the counter and explained by no column
     * @param gapSeconds time without a known reading
     * @param watts mean power over the last second or so
     * @param coverage 1 - gap/joules over the last 5 minutes; NaN below 1 J
     * @param uncertainty relative standard uncertainty of the source
     * @param errors failed reads by reason; every reason is present
     * @param lastSuccessEpochSeconds wall-clock time of the last known reading, 0 if none
     * @param intervalSeconds time between the last two readings
     * @param speaking whether this source is the one in force for the domain now
     * @param device what is metered, empty if the domain says it all
     * @param flags what a reader of the figures must know beyond source and quality
     * @param band where the true joules of the source lie with a probability of 95 %
     * @param timing how its counter behaves
     */
    public record DomainTotals(
            Domain domain,
            String source,
            Quality quality,
            String method,
            double joules,
            double modelJoules,
            double idleJoules,
            double runtimeJoules,
            double otherJoules,
            double gapJoules,
            double gapSeconds,
            double watts,
            double coverage,
            double uncertainty,
            long samples,
            Map<EnergyReadException.Reason, Long> errors,
            CounterHealth health,
            double lastSuccessEpochSeconds,
            double intervalSeconds,
            boolean speaking,
            String device,
            Set<ReadingFlag> flags,
            ErrorBand band,
            CounterTiming timing) {

        public DomainTotals {
            flags = Set.copyOf(flags);
            errors = Map.copyOf(errors);
        }
    }

    /**
     * Energy of a meter to look at. It contains or repeats what other domains hold, so it is added to nothing.
     *
     * @param joules since the meter started, in the time in which it was no part of the sums
     */
    public record UncountedTotals(Domain domain, String source, double joules) {}

    /**
     * How a counter behaves, as far as it could be found out while running.
     *
     * @param updateSeconds mean time between two movements; NaN where it moves in every tick
     * @param lagSeconds how long after the fact a device's counter shows its energy; NaN where not found out
     * @param sampledPart part of each interval that a device's counter looks at, 0 to 1; NaN where not found out
     */
    public record CounterTiming(double updateSeconds, double lagSeconds, double sampledPart) {}

    /**
     * What the meter's own threads used.
     *
     * @param joules its share of the energy attributed to the runtime of this JVM
     * @param ticks how often the meter looked
     */
    public record OwnCost(double joules, double cpuSeconds, long allocatedBytes, TickTotals ticks) {}

    /**
     * How often the meter looked, and what it may cost.
     *
     * @param done ticks since the start
     * @param lateSeconds how much later than meant they came, all together, the work of the ticks included
     * @param latestSeconds how much later than meant the one came that was most late, of the last half minute to minute
     * @param intervalSeconds the time between two ticks in force while calls run
     * @param lengthenings how often that was doubled because the meter used more than it may
     * @param cpuShare part of one core that the meter used in the last half minute; NaN in the first one
     * @param cpuMax part of one core that it may use
     */
    public record TickTotals(
            long done,
            double lateSeconds,
            double latestSeconds,
            double intervalSeconds,
            long lengthenings,
            double cpuShare,
            double cpuMax) {

        /** Of a meter that has not looked yet. */
        public static final TickTotals NONE = new TickTotals(0, 0, 0, Double.NaN, 0, Double.NaN, Double.NaN);
    }

    /**
     * A model server in another process of this machine, whose processor time is booked to the calls that ask it.
     *
     * @param host host and port as the clients are set to
     * @param pid of the process that listens there, 0 unless {@link ServerState#METERED}
     * @param processName of its program as the kernel knows it, at most 15 bytes; empty if not known
     * @param cpuSeconds of the process and those it started, booked to models; part of their joules goes with it
     * @param calls requests that asked it and have ended
     * @param unmeteredCalls those of {@link #calls} for which no process was found by their end: what it drew for them is part of
     *     other processes
     */
    public record LocalServerTotals(
            String host,
            ServerState state,
            long pid,
            String processName,
            double cpuSeconds,
            long calls,
            long unmeteredCalls) {}

    /** Whether a server's process is known. */
    public enum ServerState {
        /** Not yet; the search takes some ticks from the first call on. */
        LOOKING,
        /** Its processor time is booked to the calls in flight. */
        METERED,
        /** It is this JVM, whose processor time is known anyway. */
        THIS_PROCESS,
        /** It cannot be found or told apart; it is looked for again and again. */
        NOT_FOUND
    }
}
