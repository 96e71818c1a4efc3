package io.inferwatt.core.energy;

import io.inferwatt.core.host.SampledCpuClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * A short look at the meters of this machine, for a person.
 *
 * @param domains one for each domain, in order of appearance
 * @param sources one for each source that may be used, the preferred one first
 * @param remarks what is wrong with the settings
 */
public record EnergySurvey(List<DomainReading> domains, List<SourceReport> sources, List<String> remarks) {

    /** Fine enough to see that RAPL moves every millisecond. */
    private static final long LOOK_NANOS = 500_000;

    public EnergySurvey {
        domains = List.copyOf(domains);
        sources = List.copyOf(sources);
        remarks = List.copyOf(remarks);
    }

    /**
     * Opens the meters, reads them for a while on the calling thread and closes them again.
     *
     * @param wanted {@code energy.sources}
     * @param clock the clock of {@code context}
     */
    public static EnergySurvey take(
            List<String> wanted, SourceContext context, SampledCpuClock clock, Duration duration) {
        List<Watched> watched = new ArrayList<>();
        try (SourceSelection selection = SourceSelection.open(wanted, context, warning -> {})) {
            long begin = System.nanoTime();
            for (long now = begin; now - begin < duration.toNanos(); now = System.nanoTime()) {
                clock.refresh(now);
                List<DomainMeter> meters = selection.meters();
                for (int i = 0; i < meters.size(); i++) {
                    if (i == watched.size()) {
                        watched.add(new Watched(meters.get(i)));
                    }
                    watched.get(i).look(now);
                }
                selection.maintain(now);
                LockSupport.parkNanos(LOOK_NANOS);
            }
            List<DomainReading> readings = new ArrayList<>();
            watched.forEach(each -> readings.add(each.reading()));
            return new EnergySurvey(readings, selection.reports(), selection.remarks());
        }
    }

    /** Reads one meter and notes when it moved. */
    private static final class Watched {

        private static final int MOST_MOVES = 4096;

        private final DomainMeter meter;
        private final long[] gapsNanos = new long[MOST_MOVES];
        private int gaps;
        private boolean moved;
        private long lastMoveNanos;
        private boolean known;
        private int generation;
        private long knownNanos;
        private long lastNanos;
        private long microjoules;

        Watched(DomainMeter meter) {
            this.meter = meter;
        }

        void look(long nowNanos) {
            if (generation != meter.generation()) {
                startAnew(); // another counter speaks, and its figures are no average with those before
            }
            long read = meter.advance(nowNanos);
            if (read == EnergyCounter.UNKNOWN) {
                known = false;
                moved = false;
            }
            if (read > 0) {
                if (moved && gaps < MOST_MOVES) {
                    gapsNanos[gaps++] = nowNanos - lastMoveNanos;
                }
                moved = true;
                lastMoveNanos = nowNanos;
                if (known) {
                    microjoules += read;
                    knownNanos += nowNanos - lastNanos;
                }
                // From movement to movement: a slow counter is not read at the beginning of its interval.
                known = true;
                lastNanos = nowNanos;
            }
        }

        private void startAnew() {
            generation = meter.generation();
            gaps = 0;
            moved = false;
            known = false;
            knownNanos = 0;
            microjoules = 0;
        }

        DomainReading reading() {
            double seconds = knownNanos / 1e9;
            Set<ReadingFlag> flags = meter.flags();
            // A modelled or integrated counter moves with each look, whatever is behind it.
            boolean movesByItself = meter.quality() == Quality.MEASURED && !flags.contains(ReadingFlag.INTEGRATED);
            return new DomainReading(
                    meter.domain(),
                    meter.device(),
                    meter.source(),
                    meter.quality(),
                    flags,
                    meter.errorBand(),
                    seconds > 0 ? microjoules / 1e6 / seconds : Double.NaN,
                    movesByItself && gaps >= 2 ? median() : Double.NaN,
                    meter.counted(),
                    meter.trouble());
        }

        private double median() {
            long[] sorted = Arrays.copyOf(gapsNanos, gaps);
            Arrays.sort(sorted);
            return sorted[gaps / 2] / 1e9;
        }
    }
}
