package io.inferwatt.exporters.records;

import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.Tenant;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.footprint.Facility;
import io.inferwatt.core.footprint.Footprint;
import io.inferwatt.core.footprint.remote.Range;
import io.inferwatt.core.report.ComponentJoules;
import io.inferwatt.core.report.SettledCall;

/** Settled calls of all kinds. */
public final class Settled {

    private Settled() {}

    /** A call that drew on this machine alone. */
    public static SettledCall local(String model, double joules, long tenantHash, String tenant) {
        return here(
                model,
                joules,
                new ComponentJoules(joules * 0.75, joules * 0.25, 0, 0),
                new Footprint(joules / 1e4, joules / 1e6, Double.NaN, Double.NaN),
                new Tenant(tenantHash, tenant),
                true);
    }

    /** A call that drew on this machine alone, with the grams and litres of its building and grid. */
    public static SettledCall inBuilding(
            String model, double joules, Facility facility, double gramsPerKwh, double marketGramsPerKwh) {
        return here(
                model,
                joules,
                new ComponentJoules(joules, 0, 0, 0),
                new Footprint(
                        facility.grams(joules, gramsPerKwh),
                        joules / 1e6,
                        facility.grams(joules, marketGramsPerKwh),
                        facility.liters(joules)),
                Tenant.NONE,
                true);
    }

    public static SettledCall remote(String model, double localJoules, Range band) {
        return call(
                ModelKey.remote(model, "chat"),
                Outcome.OK,
                localJoules,
                band,
                "tokens-mlenergy-v3",
                new ComponentJoules(localJoules, 0, 0, 0),
                new Footprint((localJoules + band.central()) / 1e4, 0, 0.25, 0.001),
                new TokenUsage(100, 20, 50, TokenUsage.UNKNOWN),
                Tenant.NONE);
    }

    /** A call of which nothing is known but that it was. */
    public static SettledCall unknown(String model) {
        return call(
                ModelKey.remote(model, "chat"),
                Outcome.ERROR,
                Double.NaN,
                Range.UNKNOWN,
                "",
                ComponentJoules.UNKNOWN,
                Footprint.UNKNOWN,
                TokenUsage.NONE,
                Tenant.NONE);
    }

    /** A request whose calls of remote models are told apart. */
    public static SettledCall root(String model, double joules) {
        return here(
                model,
                joules,
                new ComponentJoules(joules, 0, 0, 0),
                new Footprint(joules / 1e4, 0, Double.NaN, Double.NaN),
                Tenant.NONE,
                false);
    }

    /** What one call inside of it asked of a remote model. */
    public static SettledCall part(String model, Range band) {
        boolean known = band.isKnown();
        return call(
                new ModelKey(model, "inference"),
                Outcome.OK,
                0,
                band,
                known ? "tokens-mlenergy-v3" : "",
                ComponentJoules.UNKNOWN,
                known ? new Footprint(band.central() / 1e4, 0, Double.NaN, Double.NaN) : Footprint.UNKNOWN,
                TokenUsage.NONE,
                Tenant.NONE,
                0,
                false);
    }

    private static SettledCall here(
            String model,
            double joules,
            ComponentJoules components,
            Footprint footprint,
            Tenant tenant,
            boolean whole) {
        return call(
                ModelKey.of(model),
                Outcome.OK,
                joules,
                Range.exactly(0),
                "",
                components,
                footprint,
                TokenUsage.NONE,
                tenant,
                1,
                whole);
    }

    private static SettledCall call(
            ModelKey key,
            Outcome outcome,
            double joules,
            Range band,
            String method,
            ComponentJoules components,
            Footprint footprint,
            TokenUsage tokens,
            Tenant tenant) {
        return call(key, outcome, joules, band, method, components, footprint, tokens, tenant, 1, true);
    }

    private static SettledCall call(
            ModelKey key,
            Outcome outcome,
            double joules,
            Range band,
            String method,
            ComponentJoules components,
            Footprint footprint,
            TokenUsage tokens,
            Tenant tenant,
            long requests,
            boolean whole) {
        long end = System.nanoTime();
        return new SettledCall(
                key,
                outcome,
                end - 250_000_000,
                end,
                requests,
                4,
                tokens,
                joules * 0.8,
                joules,
                band.central() * 0.9,
                band,
                method,
                components,
                footprint,
                tenant,
                whole,
                0.05,
                Quality.MEASURED,
                0x1234L,
                0xabcdL,
                0x77L);
    }
}
