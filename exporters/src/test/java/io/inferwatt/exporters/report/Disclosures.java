package io.inferwatt.exporters.report;

import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.footprint.CarbonIntensity;
import io.inferwatt.core.footprint.Facility;
import io.inferwatt.core.footprint.remote.Range;
import io.inferwatt.core.footprint.remote.RemotePlace;
import io.inferwatt.core.footprint.remote.Unestimated;
import io.inferwatt.core.report.FacilityUseOf;
import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.core.report.MeterSnapshot.Confidence;
import io.inferwatt.core.report.MeterSnapshot.ModelTotals;
import io.inferwatt.core.report.ModelFootprint;
import io.inferwatt.core.report.TenantSpread;
import io.inferwatt.core.report.TenantTotals;
import io.inferwatt.core.report.disclosure.Disclosure;
import io.inferwatt.core.report.disclosure.Disclosure.About;
import io.inferwatt.core.report.disclosure.Disclosure.Period;
import io.inferwatt.core.report.disclosure.SnapshotDisclosure;
import io.inferwatt.exporters.Snapshots;
import java.util.List;
import java.util.OptionalInt;

/** Disclosures of books that add up. */
final class Disclosures {

    static final String EVIL = "=cmd|' /C calc'!A0 <script>alert(\"x\")</script>\u001b[2J";

    private static final Facility FACILITY = new Facility(1.2, "configured", 0.5, 3, "configured");

    private Disclosures() {}

    /** Local and remote models, known and unknown figures, tenants, names that mean harm. */
    static Disclosure rich(long seed) {
        Snapshots ledger = Snapshots.ofHost(seed);
        for (int i = 0; i < 40; i++) {
            ledger.call("minilm", "embeddings", Outcome.OK);
            ledger.call("bge-large", "embeddings", i % 10 == 0 ? Outcome.ERROR : Outcome.OK);
            ledger.call(EVIL, "inference", Outcome.OK);
            ledger.remoteCall("text-embedding-3-large", "embeddings", Outcome.OK);
            ledger.remoteCall("gpt-4o", "chat", Outcome.OK);
            ledger.call("twin", "chat", Outcome.OK);
            ledger.remoteCall("twin", "chat", Outcome.OK);
        }
        ledger.books(ModelKey.remote("sora", "video")).unestimated(Unestimated.Reason.NO_FIGURE, 10, 0);
        ledger.confidence("minilm", "embeddings", new Confidence(0.03, List.of(), 0.03));
        ledger.confidence("bge-large", "embeddings", new Confidence(0.3, List.of(), 0.3));
        ledger.place(new RemotePlace(
                "openai",
                "us-east-1",
                new CarbonIntensity(327, "US", "table", "a publisher", OptionalInt.of(2025)),
                Range.exactly(1.12),
                Range.exactly(0.3),
                3.1,
                "provider",
                "WRI",
                true));
        return of(withFactors(ledger.now()));
    }

    static Disclosure empty() {
        return of(new Snapshots(1).now());
    }

    static Disclosure of(MeterSnapshot snapshot) {
        return SnapshotDisclosure.of(
                snapshot,
                new About("shop", "machine-1", "1.2.3", "running JVM", "process 7", "2026-11-30T10:00:00Z"),
                new Period("2026-11-30T09:00:00Z", "2026-11-30T10:00:00Z", 3600),
                50,
                List.of("rapl: read through powercap"));
    }

    private static MeterSnapshot withFactors(MeterSnapshot plain) {
        return new MeterSnapshot(
                plain.models().stream().map(Disclosures::withFootprint).toList(),
                plain.domains(),
                plain.uncounted(),
                plain.requestsActive(),
                plain.droppedCalls(),
                plain.foldedKeys(),
                plain.intensity(),
                FACILITY,
                plain.remotePlaces(),
                plain.own(),
                plain.localServers(),
                List.of(
                        new TenantTotals("sales", 60, 400, 0.05, 0.001, 1),
                        new TenantTotals("other", 100, 500, 0.06, 0.002, 0),
                        new TenantTotals("none", 40, 100, 0.01, 0, 3)),
                new TenantSpread(7, 900, 0.44, 0.44, 0, List.of(new TenantSpread.Heavy("sales", 400))),
                List.of());
    }

    private static ModelTotals withFootprint(ModelTotals model) {
        double dynamic = model.joules();
        double idle = model.joulesWithIdle() - dynamic;
        return new ModelTotals(
                model.key(),
                model.facts(),
                model.requests(),
                model.items(),
                model.durationSeconds(),
                model.tokens(),
                model.energy(),
                new ModelFootprint(
                        FACILITY.grams(dynamic, 380),
                        FACILITY.grams(idle, 380),
                        model.key().model().equals("minilm") ? 0.002 : 0,
                        FACILITY.grams(dynamic + idle, 50),
                        FACILITY.liters(dynamic),
                        FACILITY.liters(idle),
                        FacilityUseOf.constant(dynamic + idle, FACILITY),
                        model.key().model().equals("bge-large") ? 12 : Double.NaN),
                model.tailJoules(),
                model.confidence(),
                model.remote());
    }
}
