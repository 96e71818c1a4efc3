package io.inferwatt.core.energy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleUnaryOperator;

/**
 * A machine whose files are moved by a thread of its own, in accelerated time, while its counters are read by way of {@link
 * SourceSelection} as the sampler does it. Knows what was truly drawn.
 */
public final class DrivenMachine implements AutoCloseable {

    private static final long STEP_NANOS = 10_000_000L;

    private final ExecutorService writer = Executors.newSingleThreadExecutor();
    private final DoubleUnaryOperator watts;
    private final Movement movement;
    private final SourceSelection selection;
    private final List<String> warnings = new ArrayList<>();
    private final Map<Domain, Long> readMicrojoules = new HashMap<>();
    private final Map<Domain, Long> gapNanos = new HashMap<>();

    private long nowNanos;
    private double joules;

    /** Writes what the sensors show. */
    public interface Movement {

        /**
         * @param nanos time since the start
         * @param joules drawn since the start
         * @param watts drawn now
         */
        void write(long nanos, double joules, double watts) throws IOException;
    }

    /**
     * Writes the files for the start, looks for counters and anchors them.
     *
     * @param wanted ids of the sources to be used
     * @param watts true power by seconds since the start
     */
    public DrivenMachine(List<String> wanted, SourceContext context, DoubleUnaryOperator watts, Movement movement)
            throws Exception {
        this.watts = watts;
        this.movement = movement;
        movement.write(0, 0, watts.applyAsDouble(0));
        selection = SourceSelection.open(wanted, context, warnings::add);
        for (DomainMeter meter : selection.meters()) {
            meter.advance(0);
        }
        selection.maintain(0);
    }

    /** Lets time pass; the counters are read at every tick. */
    public DrivenMachine run(double seconds, long tickMillis) throws Exception {
        long endNanos = nowNanos + Math.round(seconds * 1e9);
        long tickNanos = tickMillis * 1_000_000L;
        while (nowNanos < endNanos) {
            long fromNanos = nowNanos;
            long toNanos = nowNanos + tickNanos;
            Future<?> moved = writer.submit(() -> {
                move(fromNanos, toNanos);
                return null;
            });
            moved.get(30, TimeUnit.SECONDS);
            nowNanos = toNanos;
            tick(tickNanos);
        }
        return this;
    }

    public SourceSelection selection() {
        return selection;
    }

    public List<String> warnings() {
        return warnings;
    }

    public double trueJoules() {
        return joules;
    }

    public double readJoules(Domain domain) {
        return readMicrojoules.getOrDefault(domain, 0L) / 1e6;
    }

    public double gapSeconds(Domain domain) {
        return gapNanos.getOrDefault(domain, 0L) / 1e9;
    }

    public DomainMeter meter(Domain domain) {
        for (DomainMeter meter : selection.meters()) {
            if (meter.domain().equals(domain)) {
                return meter;
            }
        }
        throw new AssertionError("no meter of " + domain + " in " + selection.findings());
    }

    /** Adds a row to the table of joules. */
    public DrivenMachine row(String scenario, Domain domain) {
        JoulesTable.row(scenario, trueJoules(), readJoules(domain), gapSeconds(domain));
        return this;
    }

    @Override
    public void close() {
        writer.shutdownNow();
        selection.close();
    }

    private void move(long fromNanos, long toNanos) throws IOException {
        long nanos = fromNanos;
        while (nanos < toNanos) {
            long step = Math.min(STEP_NANOS, toNanos - nanos);
            joules += watts.applyAsDouble((nanos + step / 2) / 1e9) * step / 1e9;
            nanos += step;
            movement.write(nanos, joules, watts.applyAsDouble(nanos / 1e9));
        }
    }

    private void tick(long tickNanos) {
        for (DomainMeter meter : selection.meters()) {
            long microjoules = meter.advance(nowNanos);
            if (microjoules == EnergyCounter.UNKNOWN) {
                gapNanos.merge(meter.domain(), tickNanos, Long::sum);
            } else {
                readMicrojoules.merge(meter.domain(), microjoules, Long::sum);
            }
        }
        selection.maintain(nowNanos);
    }
}
