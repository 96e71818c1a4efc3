package io.inferwatt.core.simulation;

import io.inferwatt.core.attribution.TickFeatures;
import io.inferwatt.core.config.AttributionMethod;
import java.util.ArrayList;
import java.util.List;

/** Samples a host tick by tick for any number of methods, all of which see the same. */
final class SimulatedRun {

    /** As the sampler's own rhythm when nothing happens. */
    private static final double QUIET_TICK_SECONDS = 0.25;

    /** A sampler wakes up a little late. */
    private static final double LATE_SECONDS = 0.00006;

    /** Runs on for so long after the last mark, for calls that settle late. */
    private static final double COOL_DOWN_SECONDS = 3;

    private final Scenario scenario;
    private final SimulatedHost host;
    private final SimulatedCounter counter;
    private final FeatureReader features;
    private final Chance random;
    private final List<MeteredRun> runs = new ArrayList<>();
    private final TickFeatures tick = new TickFeatures();
    private long microjoulesBefore;
    private int marksPassed;

    private SimulatedRun(Scenario scenario, long seed, AttributionMethod... methods) {
        this.scenario = scenario;
        Chance seeds = new Chance(seed);
        this.host = new SimulatedHost(scenario.machine, scenario.models, scenario.quietSeconds, seeds.split());
        this.counter = scenario.counter.start(seeds.split());
        this.features =
                new FeatureReader(host, scenario.clocks, scenario.poolPart, scenario.othersVisible, seeds.split());
        this.random = seeds.split();
        for (AttributionMethod method : methods) {
            runs.add(new MeteredRun(scenario, method));
        }
    }

    /** Returns what each method made of the run, in the order of {@code methods}. */
    static List<Outcome> of(Scenario scenario, long seed, AttributionMethod... methods) {
        SimulatedRun run = new SimulatedRun(scenario, seed, methods);
        run.run();
        return run.runs.stream().map(MeteredRun::outcome).toList();
    }

    private void run() {
        double last = scenario.marksSeconds.get(scenario.marksSeconds.size() - 1);
        double until = scenario.quietSeconds + last + Math.max(COOL_DOWN_SECONDS, 3 * scenario.tickSeconds);
        double planned = 0;
        while (planned < until) {
            double length = planned < scenario.quietSeconds
                    ? Math.max(QUIET_TICK_SECONDS, scenario.tickSeconds)
                    : scenario.tickSecondsAt(planned - scenario.quietSeconds);
            planned += length;
            tick(planned + LATE_SECONDS * random.exponential());
        }
    }

    private void tick(double seconds) {
        advanceTo(seconds);
        features.fill(tick);
        List<EndedCall> ended = new ArrayList<>();
        for (SimulatedCall call : host.takeEnded()) {
            ended.add(MeterUnderTest.seen(call));
        }
        Tally truth = markReached(seconds) ? Tally.truth(host) : null;

        double readSeconds = seconds + scenario.counterWaitSeconds;
        advanceTo(readSeconds);
        long microjoules = counter.microjoules(readSeconds);
        for (MeteredRun run : runs) {
            run.meter().tick(tick, microjoules - microjoulesBefore, seconds);
            run.ended(ended);
            if (truth != null) {
                run.mark(scenario.marksSeconds.get(marksPassed), truth);
            }
        }
        microjoulesBefore = microjoules;
        marksPassed += truth != null ? 1 : 0;
    }

    private boolean markReached(double seconds) {
        return marksPassed < scenario.marksSeconds.size()
                && seconds >= scenario.quietSeconds + scenario.marksSeconds.get(marksPassed);
    }

    private void advanceTo(double seconds) {
        while (counter.nextSampleSeconds() <= seconds) {
            host.advanceTo(counter.nextSampleSeconds());
            counter.sample(host.joules());
        }
        host.advanceTo(seconds);
    }
}
