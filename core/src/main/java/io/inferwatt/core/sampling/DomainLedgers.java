package io.inferwatt.core.sampling;

import io.inferwatt.core.attribution.Attribution;
import io.inferwatt.core.attribution.DomainAccount;
import io.inferwatt.core.attribution.TickFeatures;
import io.inferwatt.core.energy.DomainMeter;
import io.inferwatt.core.energy.EnergyCounter;
import io.inferwatt.core.energy.SourceSelection;
import io.inferwatt.core.report.MeterSnapshot.UncountedTotals;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads every domain once a tick and books it under the source that spoke. Sampler thread only. */
final class DomainLedgers {

    private final SourceSelection sources;
    private final Attribution attribution;
    private final List<SourceLedger> ledgers = new ArrayList<>();
    /** As the meters, which are only ever added to. */
    private final List<Position> positions = new ArrayList<>();

    private final UncountedEnergy uncounted = new UncountedEnergy();

    DomainLedgers(SourceSelection sources, Attribution attribution) {
        this.sources = sources;
        this.attribution = attribution;
    }

    void readAndBook(TickFeatures tick, long nowNanos, long epochMillis) {
        List<DomainMeter> meters = sources.meters();
        for (int i = 0; i < meters.size(); i++) {
            DomainMeter meter = meters.get(i);
            if (i == positions.size()) {
                positions.add(new Position());
            }
            Position position = positions.get(i);
            SourceLedger ledger = position.ledger;
            if (!meter.counted()) {
                if (ledger != null) {
                    attribution.leave(ledger.account(), tick.keys);
                    position.ledger = null;
                }
                uncounted.read(meter, nowNanos);
                position.uncounted = true;
                continue;
            }
            long microjoules = meter.advance(nowNanos);
            if (position.uncounted) {
                // It was looked at once a second: what it shows now was partly booked under others.
                position.uncounted = false;
                position.seen.skip(meter);
                microjoules = EnergyCounter.UNKNOWN;
            }
            if (ledger == null || position.generation != meter.generation()) {
                if (!meter.speaking() && ledger == null) {
                    continue; // no source yet: nothing to book under
                }
                if (ledger != null) {
                    attribution.leave(ledger.account(), tick.keys);
                }
                ledger = ledgerOf(meter);
                position.ledger = ledger;
                position.generation = meter.generation();
            }
            ledger.read(meter, position.seen, microjoules, nowNanos, epochMillis);
            tick.otherDeviceSeconds = meter.otherWorkSeconds();
            attribution.book(ledger.account(), microjoules, meter.idleWatts(), tick);
        }
        sources.maintain(nowNanos);
    }

    private SourceLedger ledgerOf(DomainMeter meter) {
        DomainAccount account = attribution.account(meter.domain(), meter.source(), meter.quality());
        for (SourceLedger ledger : ledgers) {
            if (ledger.account() == account) {
                return ledger;
            }
        }
        SourceLedger ledger = new SourceLedger(account);
        ledgers.add(ledger);
        return ledger;
    }

    void secondPassed() {
        ledgers.forEach(SourceLedger::secondPassed);
    }

    List<SourceLedger> ledgers() {
        return ledgers;
    }

    /** Returns how short the ticks should be for the edges of slow counters to be seen; very long if there are none. */
    long wantedTickNanos() {
        long wanted = Long.MAX_VALUE;
        for (int i = 0; i < positions.size(); i++) {
            SourceLedger ledger = positions.get(i).ledger;
            if (ledger != null && sources.meters().get(i).speaking()) {
                wanted = Math.min(wanted, ledger.wantedTickNanos());
            }
        }
        return wanted;
    }

    /** Returns what meters showed while their joules were no part of the sums. */
    List<UncountedTotals> uncounted() {
        return uncounted.totals();
    }

    boolean isSpeaking(SourceLedger ledger) {
        for (int i = 0; i < positions.size(); i++) {
            if (positions.get(i).ledger == ledger && sources.meters().get(i).speaking()) {
                return true;
            }
        }
        return false;
    }

    private static final class Position {
        final SourceLedger.Seen seen = new SourceLedger.Seen();

        @Nullable
        SourceLedger ledger;

        int generation;
        boolean uncounted;
    }
}
