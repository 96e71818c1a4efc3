package io.inferwatt.core.sampling;

import io.inferwatt.core.attribution.Attribution;
import io.inferwatt.core.attribution.ModelAccount;
import io.inferwatt.core.budget.BudgetLedger;
import io.inferwatt.core.call.CallDrain;
import io.inferwatt.core.call.Calls;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.footprint.FootprintFactors;
import io.inferwatt.core.footprint.Training;
import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.core.report.MeterSnapshot.DomainTotals;
import io.inferwatt.core.report.MeterSnapshot.ModelTotals;
import io.inferwatt.core.report.MeterSnapshot.OwnCost;
import io.inferwatt.core.report.ModelFootprint;
import io.inferwatt.core.tenant.TenantLedger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Copies the books into an immutable {@link MeterSnapshot}. Sampler thread only. */
final class SnapshotWriter {

    private static final Outcome[] OUTCOMES = Outcome.values();

    private final Calls calls;
    private final Attribution attribution;
    private final DomainLedgers domains;
    private final RemoteLedger remote;
    private final CpuAccounts cpu;
    private final FootprintFactors factors;
    private final Training training;
    private final TenantLedger tenants;
    private final BudgetLedger budgets;

    SnapshotWriter(
            Calls calls,
            Attribution attribution,
            DomainLedgers domains,
            RemoteLedger remote,
            CpuAccounts cpu,
            FootprintFactors factors,
            Training training,
            TenantLedger tenants,
            BudgetLedger budgets) {
        this.calls = calls;
        this.attribution = attribution;
        this.domains = domains;
        this.remote = remote;
        this.cpu = cpu;
        this.factors = factors;
        this.training = training;
        this.tenants = tenants;
        this.budgets = budgets;
    }

    MeterSnapshot write(CallDrain drain, OwnCost own, long nowNanos) {
        List<ModelTotals> models = new ArrayList<>();
        long active = 0;
        for (int key = 0; key < drain.keys(); key++) {
            active += drain.inFlight(key);
            // A key may be left with energy alone once its only call moved to another one.
            if (drain.begun(key) > 0 || attribution.model(key).hasEnergy()) {
                models.add(model(drain, key));
            }
        }
        List<DomainTotals> totals = new ArrayList<>();
        for (SourceLedger ledger : domains.ledgers()) {
            totals.add(ledger.totals(domains.isSpeaking(ledger)));
        }
        return new MeterSnapshot(
                models,
                totals,
                domains.uncounted(),
                active,
                drain.dropped(),
                calls.keys().folded(),
                factors.grid().described(),
                factors.facility(),
                remote.places(),
                own,
                cpu.localServers(),
                tenants.totals(),
                tenants.spread(nowNanos),
                budgets.totals());
    }

    private ModelTotals model(CallDrain drain, int key) {
        Map<Outcome, Long> requests = new EnumMap<>(Outcome.class);
        for (Outcome outcome : OUTCOMES) {
            requests.put(outcome, drain.ended(key, outcome));
        }
        ModelAccount account = attribution.model(key);
        return new ModelTotals(
                calls.keys().key(key),
                calls.facts(key),
                requests,
                drain.unitsEnded(key),
                drain.durationNanos(key) / 1e9,
                account.tokens(),
                account.energy(),
                footprint(drain, key, account),
                account.tailJoules(),
                attribution.confidence(key, calls.keys()),
                remote.totals(key));
    }

    private ModelFootprint footprint(CallDrain drain, int key, ModelAccount account) {
        return new ModelFootprint(
                account.grams(),
                account.idleGrams(),
                account.embodiedGrams(),
                account.marketGrams(),
                account.liters(),
                account.idleLiters(),
                account.facility(),
                training(drain, key));
    }

    private double training(CallDrain drain, int key) {
        String model = calls.keys().key(key).model();
        return training.isKnown(model)
                ? training.grams(model, drain.ended(key, Outcome.OK), partOfModel(drain, key))
                : Double.NaN;
    }

    /** Returns which part of the requests of a model is booked under one of its keys; the first one has all as long as there are none. */
    private double partOfModel(CallDrain drain, int key) {
        String model = calls.keys().key(key).model();
        long all = 0;
        int first = key;
        for (int other = drain.keys() - 1; other >= 0; other--) {
            if (calls.keys().key(other).model().equals(model)) {
                all += drain.ended(other, Outcome.OK);
                first = other;
            }
        }
        return all > 0 ? (double) drain.ended(key, Outcome.OK) / all : key == first ? 1 : 0;
    }
}
