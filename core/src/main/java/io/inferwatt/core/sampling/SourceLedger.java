package io.inferwatt.core.sampling;

import io.inferwatt.core.attribution.DomainAccount;
import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.CounterHealth;
import io.inferwatt.core.energy.DomainMeter;
import io.inferwatt.core.energy.EnergyCounter;
import io.inferwatt.core.energy.EnergyReadException.Reason;
import io.inferwatt.core.energy.ErrorBand;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.energy.ReadingFlag;
import io.inferwatt.core.report.MeterSnapshot.DomainTotals;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** The books of one source in one domain with what is known of its readings. Sampler thread only. */
final class SourceLedger {

    private static final Reason[] REASONS = Reason.values();

    private static final long SHORTEST_TICK_NANOS = 10_000_000;

    private final DomainAccount account;
    private final PowerWindow window = new PowerWindow();
    private final Map<Reason, Long> errors = new EnumMap<>(Reason.class);
    private CounterHealth health = CounterHealth.GOOD;
    private double relativeUncertainty = Double.NaN;
    private ErrorBand band = ErrorBand.NONE;
    private String device = "";
    private Set<ReadingFlag> flags = Set.of();
    private long samples;
    private long lastSuccessNanos;
    private double lastSuccessEpochSeconds;
    private double intervalSeconds = Double.NaN;

    SourceLedger(DomainAccount account) {
        this.account = account;
        for (Reason reason : REASONS) {
            errors.put(reason, 0L);
        }
    }

    DomainAccount account() {
        return account;
    }

    /** Takes note of a reading that was just made for this source. */
    void read(DomainMeter meter, Seen before, long microjoules, long nowNanos, long epochMillis) {
        relativeUncertainty = meter.relativeUncertainty();
        if (meter.speaking()) {
            band = meter.errorBand();
            device = meter.device();
            flags = meter.flags();
        }
        if (microjoules != EnergyCounter.UNKNOWN) {
            if (samples > 0) {
                intervalSeconds = (nowNanos - lastSuccessNanos) / 1e9;
            }
            samples++;
            lastSuccessNanos = nowNanos;
            lastSuccessEpochSeconds = epochMillis / 1e3;
        }
        CounterHealth now = meter.health();
        if (!now.isGood()) {
            health = new CounterHealth(
                    health.wraps() + now.wraps() - before.health.wraps(),
                    health.resets() + now.resets() - before.health.resets(),
                    health.implausible() + now.implausible() - before.health.implausible());
            before.health = now;
        }
        if (meter.failedReadings() != before.failedReadings) {
            for (Reason reason : REASONS) {
                long failed = meter.errors(reason) - before.errors[reason.code()];
                if (failed > 0) {
                    errors.merge(reason, failed, Long::sum);
                }
                before.errors[reason.code()] = meter.errors(reason);
            }
            before.failedReadings = meter.failedReadings();
        }
    }

    /**
     * Returns a quarter of the time between two movements of a slow counter, so that its edges are known to an eighth. The
     * energy counters of devices are slow, 20 to 100 ms, also where ticks are too long to see it.
     */
    long wantedTickNanos() {
        double seconds = account.counterIntervalSeconds();
        if (!Double.isNaN(seconds)) {
            return Math.max(SHORTEST_TICK_NANOS, Math.round(1e9 * seconds / 4));
        }
        boolean slow = account.domain().component() == Component.GPU
                && account.quality() == Quality.MEASURED
                && !flags.contains(ReadingFlag.INTEGRATED);
        return slow ? SHORTEST_TICK_NANOS : Long.MAX_VALUE;
    }

    void secondPassed() {
        window.add(account.totalMicrojoules(), account.gapMicrojoules(), account.knownSeconds());
    }

    DomainTotals totals(boolean speaking) {
        return new DomainTotals(
                account.domain(),
                account.source(),
                account.quality(),
                account.method().label(),
                account.totalMicrojoules() / 1e6,
                account.modelMicrojoules() / 1e6,
                account.idleMicrojoules() / 1e6,
                account.runtimeMicrojoules() / 1e6,
                account.otherMicrojoules() / 1e6,
                account.gapMicrojoules() / 1e6,
                account.gapSeconds(),
                speaking ? window.watts() : Double.NaN,
                window.coverage(),
                relativeUncertainty,
                samples,
                errors,
                health,
                lastSuccessEpochSeconds,
                intervalSeconds,
                speaking,
                device,
                flags,
                band,
                account.timing());
    }

    /** What a domain's meter had counted, over all its sources, at the previous tick. */
    static final class Seen {

        private CounterHealth health = CounterHealth.GOOD;
        private long failedReadings;
        private final long[] errors = new long[REASONS.length];

        /** Takes note of what happened while the meter's joules were no part of the sums. */
        void skip(DomainMeter meter) {
            health = meter.health();
            failedReadings = meter.failedReadings();
            for (Reason reason : REASONS) {
                errors[reason.code()] = meter.errors(reason);
            }
        }
    }
}
