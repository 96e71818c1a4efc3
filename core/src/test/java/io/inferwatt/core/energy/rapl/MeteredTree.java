package io.inferwatt.core.energy.rapl;

import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.DomainMeter;
import io.inferwatt.core.energy.EnergyCounter;
import io.inferwatt.core.energy.JoulesTable;
import io.inferwatt.core.energy.SourceContext;
import io.inferwatt.core.energy.SourceSelection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a driven tree as the meter does, and compares with what was drawn. */
final class MeteredTree {

    /** What one domain drew and what was read of it since its first reading. */
    static final class Reading {

        private long anchorMicrojoules = -1;
        private long anchorNanos;
        private long lastNanos;
        private long drawnMicrojoules;
        long readMicrojoules;
        double gapSeconds;

        double trueJoules() {
            return (drawnMicrojoules - anchorMicrojoules) / 1e6;
        }

        double readJoules() {
            return readMicrojoules / 1e6;
        }

        double seconds() {
            return (lastNanos - anchorNanos) / 1e9;
        }

        private void add(long microjoules, long drawn, long nowNanos) {
            if (anchorMicrojoules < 0) {
                anchorMicrojoules = drawn;
                anchorNanos = nowNanos;
            } else if (microjoules == EnergyCounter.UNKNOWN) {
                gapSeconds += (nowNanos - lastNanos) / 1e9;
            } else if (microjoules < 0) {
                throw new AssertionError(microjoules + " µJ");
            } else {
                readMicrojoules += microjoules;
            }
            drawnMicrojoules = drawn;
            lastNanos = nowNanos;
        }
    }

    private final DrivenTree tree;
    private final SourceContext context;
    final Map<Domain, Reading> readings = new LinkedHashMap<>();
    final Map<Domain, String> sources = new LinkedHashMap<>();
    final Map<Domain, String> devices = new LinkedHashMap<>();
    final List<String> warnings = new ArrayList<>();

    MeteredTree(DrivenTree tree, SourceContext context) {
        this.tree = tree;
        this.context = context;
    }

    /** Runs the tree with all that switches counters over, as the sampler has it. */
    void run(double seconds) throws Exception {
        try (SourceSelection selection = SourceSelection.open(List.of("rapl"), context, warnings::add)) {
            tree.run(seconds, now -> {
                for (DomainMeter meter : selection.meters()) {
                    add(meter.domain(), meter.advance(now), now);
                    sources.put(meter.domain(), meter.source());
                    devices.put(meter.domain(), meter.device());
                }
                selection.maintain(now);
            });
        }
    }

    /** Runs the tree with the counters alone. */
    void runCounters(double seconds) throws Exception {
        List<EnergyCounter> counters = new RaplEnergySource().discover(context).counters();
        try {
            tree.run(seconds, now -> {
                for (EnergyCounter counter : counters) {
                    add(counter.domain(), counter.advance(now), now);
                    sources.put(counter.domain(), counter.source());
                    devices.put(counter.domain(), counter.device());
                }
            });
        } finally {
            counters.forEach(EnergyCounter::close);
        }
    }

    Reading of(Domain domain) {
        Reading reading = readings.get(domain);
        if (reading == null) {
            throw new AssertionError("nothing was read of " + domain + ", only of " + readings.keySet() + warnings);
        }
        return reading;
    }

    Reading row(String scenario, Domain domain) {
        Reading reading = of(domain);
        JoulesTable.row("rapl: " + scenario, reading.trueJoules(), reading.readJoules(), reading.gapSeconds);
        return reading;
    }

    private void add(Domain domain, long microjoules, long nowNanos) {
        readings.computeIfAbsent(domain, key -> new Reading())
                .add(microjoules, tree.drawnMicrojoules(domain), nowNanos);
    }
}
