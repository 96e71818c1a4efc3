package io.inferwatt.core.sampling;

import io.inferwatt.core.attribution.Attribution;
import io.inferwatt.core.attribution.DomainAccount;
import io.inferwatt.core.attribution.TickFeatures;
import io.inferwatt.core.energy.DomainMeter;
import io.inferwatt.core.energy.SourceSelection;
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

    DomainLedgers(SourceSelection sources, Attribution attribution) {
        this.sources = sources;
        this.attribution = attribution;
    }

    void readAndBook(TickFeatures tick, long nowNanos, long epochMillis) {
        List<DomainMeter> meters = sources.meters();
        for (int i = 0; i < meters.size(); i++) {
            DomainMeter meter = meters.get(i);
            long microjoules = meter.advance(nowNanos);
            if (i == positions.size()) {
                positions.add(new Position());
            }
            Position position = positions.get(i);
            SourceLedger ledger = position.ledger;
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
    }
}
