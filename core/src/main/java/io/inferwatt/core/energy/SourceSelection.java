package io.inferwatt.core.energy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Keeps, for each domain, the best counter that works. Replaces a counter that was given up at once by the next best
 * source's, and looks once a minute for better ones and for new domains. In each tick the sampler first advances all
 * {@link #meters} and books what they say, then calls {@link #maintain}: only that changes what is in force, so between
 * the two a meter describes the counter that its figure came from. Sampler thread only, but for {@link #findings}.
 * Which of them may be counted side by side is up to {@link Coexistence}.
 */
public final class SourceSelection implements AutoCloseable {

    private static final long SEARCH_NANOS = 60_000_000_000L;
    private static final String NOTHING_WORKS = "no energy source works here, so no joules are reported";

    private final RankedSources sources;
    private final List<String> orderFindings;
    private final Consumer<String> warnings;
    private final CopyOnWriteArrayList<DomainMeter> meters = new CopyOnWriteArrayList<>();
    private final List<DomainMeter> metersView = Collections.unmodifiableList(meters);
    private final Coexistence coexistence = new Coexistence(meters);

    private volatile List<String> findings = List.of();
    private boolean searched;
    private boolean settled;
    private long lastSearchNanos;
    private int pairedGeneration;
    private boolean platformCounted;
    private int describedChanges;

    private SourceSelection(RankedSources sources, List<String> orderFindings, Consumer<String> warnings) {
        this.sources = sources;
        this.orderFindings = orderFindings;
        this.warnings = warnings;
    }

    /**
     * Looks for all domains and puts the best counter of each in force. Never throws for a source that fails.
     *
     * @param wanted {@code energy.sources}: ids in order of preference, {@code auto} for all others by rank
     * @param warnings receives a line for a person for each meter that should work and does not, now and while running
     */
    public static SourceSelection open(List<String> wanted, SourceContext context, Consumer<String> warnings) {
        List<String> findings = new ArrayList<>();
        return open(wanted, context, SourceOrder.installed(findings), findings, warnings);
    }

    static SourceSelection open(List<String> wanted, SourceContext context, List<EnergySource> installed) {
        return open(wanted, context, installed, new ArrayList<>(), warning -> {});
    }

    static SourceSelection open(
            List<String> wanted,
            SourceContext context,
            List<EnergySource> installed,
            List<String> findings,
            Consumer<String> warnings) {
        List<EnergySource> order = SourceOrder.of(wanted, installed, findings);
        findings.forEach(warnings);
        RankedSources sources = new RankedSources(order, context, wanted, warnings);
        SourceSelection selection = new SourceSelection(sources, findings, warnings);
        selection.search(true);
        if (selection.meters.isEmpty()) {
            warnings.accept(NOTHING_WORKS);
        }
        return selection;
    }

    /** Returns the domains known so far, in order of appearance; the list is live and only grows. */
    public List<DomainMeter> meters() {
        return metersView;
    }

    /** Returns lines for a person: what is in force for each domain, what is missing, how to get it. Any thread. */
    public List<String> findings() {
        return findings;
    }

    /** Returns what became of each source; not while {@link #maintain} may run. */
    List<SourceReport> reports() {
        return sources.reports(meters);
    }

    /** Returns what is wrong with the order of the sources. */
    List<String> remarks() {
        return List.copyOf(orderFindings);
    }

    /**
     * Replaces what was given up in this tick, lets newcomers take over, and once a minute looks for better. Costs nothing
     * in between.
     *
     * @param nowNanos {@link System#nanoTime} of this tick
     */
    public void maintain(long nowNanos) {
        boolean dueForSearch = !searched || nowNanos - lastSearchNanos >= SEARCH_NANOS;
        if (!dueForSearch && settled && calm()) {
            return; // as in nearly every tick
        }
        int before = describedChanges;
        boolean newcomers = false;
        for (int i = 0; i < meters.size(); i++) {
            DomainMeter meter = meters.get(i);
            newcomers |= meter.hasNewcomer(); // a trial may end in the next tick without anything else to see
            meter.settleTrial();
            int givenUp = meter.takeGivenUp();
            if (givenUp != DomainMeter.NOTHING_GIVEN_UP) {
                succeed(meter, givenUp + 1);
                warnings.accept("energy of " + meter.described());
            }
        }
        if (dueForSearch) {
            if (searched) {
                search(false);
            }
            searched = true;
            lastSearchNanos = nowNanos;
        }
        reconcile();
        if (describedChanges != changes()) {
            describe();
        }
        settled = !newcomers && describedChanges == before;
    }

    /** Returns whether no meter has gained, lost or tries out a counter since the findings were written. */
    private boolean calm() {
        for (int i = 0; i < meters.size(); i++) {
            if (meters.get(i).hasNewcomer()) {
                return false;
            }
        }
        return describedChanges == changes();
    }

    @Override
    public void close() {
        for (DomainMeter meter : meters) {
            meter.endTrial();
            meter.detach();
        }
    }

    /** Asks every source. Counters that nobody needs are closed at once. */
    private void search(boolean first) {
        for (int preference = 0; preference < sources.size(); preference++) {
            for (EnergyCounter counter : processorsFirst(sources.discover(preference))) {
                CounterOffer offer = new CounterOffer(sources.get(preference), preference, counter);
                if (!take(offer, first)) {
                    counter.close();
                }
            }
            if (first) {
                sources.tellLosses(preference); // what is lost later is told by its meter, which knows what it had
            }
        }
        reconcile();
        describe();
    }

    private boolean take(CounterOffer offer, boolean first) {
        DomainMeter meter = coexistence.meter(offer.counter().domain());
        if (!coexistence.admits(offer)) {
            return false;
        }
        if (meter == null) {
            meter = new DomainMeter(offer.counter().domain());
            meters.add(meter);
            if (first) {
                meter.adopt(offer);
                return true;
            }
        }
        if (first || offer.preference() >= meter.preference() || meter.trialPreference() < offer.preference()) {
            return false;
        }
        meter.tryOut(offer);
        return true;
    }

    /** Puts the best counter from a source of this preference or worse in force, if there is one. */
    private void succeed(DomainMeter meter, int fromPreference) {
        for (int preference = fromPreference; preference < sources.size() && !meter.speaking(); preference++) {
            for (EnergyCounter counter : sources.discover(preference)) {
                CounterOffer offer = new CounterOffer(sources.get(preference), preference, counter);
                if (!meter.speaking() && counter.domain().equals(meter.domain()) && coexistence.admits(offer)) {
                    meter.adopt(offer);
                } else {
                    counter.close();
                }
            }
        }
        describe();
    }

    /** Lets those speak that belong together, and no others. */
    private void reconcile() {
        boolean platformCounts = coexistence.platformCounts();
        DomainMeter platform = coexistence.meter(Domain.PLATFORM);
        if (platform != null) {
            platform.count(platformCounts);
        }
        for (int i = 0; i < meters.size(); i++) {
            DomainMeter meter = meters.get(i);
            if (meter != platform) {
                if (platformCounts && Coexistence.isModelled(meter)) {
                    meter.detach();
                }
                meter.count(!platformCounts || meter.speaking());
            }
        }
        if (platformCounted && !platformCounts) {
            platformCounted = false;
            revive(Domain.CPU);
        }
        platformCounted = platformCounts;
        if (!platformCounts) {
            pairMemoryWithProcessors();
        }
    }

    /** Puts the best counter of a domain that the whole machine's meter had covered in force. */
    private void revive(Domain domain) {
        DomainMeter meter = coexistence.meter(domain);
        if (meter == null) {
            meter = new DomainMeter(domain);
            meters.add(meter);
        }
        if (!meter.speaking()) {
            succeed(meter, 0);
        }
    }

    private void pairMemoryWithProcessors() {
        DomainMeter processors = coexistence.meter(Domain.CPU);
        DomainMeter memory = coexistence.meter(Domain.DRAM);
        if (processors == null || !processors.speaking()) {
            return;
        }
        boolean switched = processors.generation() != pairedGeneration;
        pairedGeneration = processors.generation();
        boolean modelled = Coexistence.isModelled(processors);
        if (memory == null) {
            if (modelled && switched) {
                search(false);
            }
        } else if (!modelled) {
            if (Coexistence.isModelled(memory)) {
                memory.detach();
            }
        } else if (memory.speaking() ? !Coexistence.isModelled(memory) && !processors.hasNewcomer() : switched) {
            memory.endTrial();
            memory.detach();
            succeed(memory, processors.preference());
        }
    }

    /** Whether the memory of a source is usable depends on its processors. */
    private static List<EnergyCounter> processorsFirst(List<EnergyCounter> counters) {
        List<EnergyCounter> sorted = new ArrayList<>(counters);
        sorted.sort(Comparator.comparing(counter -> !counter.domain().equals(Domain.CPU)));
        return sorted;
    }

    /** Returns a number that changes whenever a domain gets or loses a counter. */
    private int changes() {
        int changes = meters.size();
        for (int i = 0; i < meters.size(); i++) {
            DomainMeter meter = meters.get(i);
            changes += 4 * meter.generation() + (meter.speaking() ? 0 : 1) + (meter.counted() ? 0 : 2);
        }
        return changes;
    }

    private void describe() {
        describedChanges = changes();
        List<String> lines = new ArrayList<>(orderFindings);
        for (DomainMeter meter : meters) {
            lines.add(meter.described());
        }
        if (meters.isEmpty()) {
            lines.add(NOTHING_WORKS);
        }
        sources.findings(meters).forEach(finding -> lines.add(finding.line()));
        findings = List.copyOf(lines);
    }
}
