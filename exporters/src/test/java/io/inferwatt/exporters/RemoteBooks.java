package io.inferwatt.exporters;

import io.inferwatt.core.footprint.remote.Range;
import io.inferwatt.core.footprint.remote.Unestimated;
import io.inferwatt.core.report.RemoteTotals;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/** What the calls of one model drew on other machines, added up as the real books are. */
public final class RemoteBooks {

    private static final Unestimated.Reason[] REASONS = Unestimated.Reason.values();

    private final Map<Unestimated.Reason, RemoteTotals.Count> unestimated = new EnumMap<>(Unestimated.Reason.class);
    private final TreeSet<String> methods = new TreeSet<>();
    private Range joules = Range.exactly(0);
    private Range grams = Range.exactly(0);
    private Range embodied = Range.exactly(0);
    private Range liters = Range.exactly(0);
    private double dynamicJoules;
    private double dynamicGrams;
    private double dynamicLiters;
    private long estimated;
    private long withoutWater;

    RemoteBooks() {
        unestimated.putAll(RemoteTotals.NONE.unestimated());
    }

    /**
     * Books a call with an estimate.
     *
     * @param of with idle
     * @param embodiedGrams 0 where the method has no such figure
     * @param water unknown where it is
     */
    public RemoteBooks estimated(
            String method, Range of, double dynamicPart, double gramsPerJoule, double embodiedGrams, Range water) {
        methods.add(method);
        estimated++;
        joules = sum(joules, of);
        dynamicJoules += of.central() * dynamicPart;
        grams = sum(
                grams, new Range(of.low() * gramsPerJoule, of.central() * gramsPerJoule, of.high() * gramsPerJoule));
        dynamicGrams += of.central() * gramsPerJoule * dynamicPart;
        embodied = sum(embodied, Range.exactly(embodiedGrams));
        if (water.isKnown()) {
            liters = sum(liters, water);
            dynamicLiters += water.central() * dynamicPart;
        } else {
            withoutWater++;
        }
        return this;
    }

    public RemoteBooks unestimated(Unestimated.Reason reason, long inputTokens, long outputTokens) {
        unestimated.computeIfPresent(
                reason,
                (ignored, before) -> new RemoteTotals.Count(
                        before.calls() + 1, before.inputTokens() + inputTokens, before.outputTokens() + outputTokens));
        return this;
    }

    /** Books a call of any kind. */
    void anything(Random random) {
        if (random.nextInt(4) == 0) {
            unestimated(REASONS[random.nextInt(REASONS.length)], random.nextInt(500), random.nextInt(100));
            return;
        }
        double central = random.nextDouble() * 1000;
        Range band = new Range(central / 5, central, central * 6);
        Range water = random.nextBoolean() ? Range.exactly(central / 1e5) : Range.UNKNOWN;
        if (random.nextBoolean()) {
            estimated("tokens-mlenergy-v3", band, 0.91, 1e-4, 0, water);
        } else {
            estimated("tokens-ecologits-0.9", band, 1, 2e-4, central / 1e6, water);
        }
    }

    public RemoteTotals totals() {
        return new RemoteTotals(
                joules,
                dynamicJoules,
                grams,
                embodied,
                liters,
                estimated,
                withoutWater,
                unestimated,
                dynamicGrams,
                dynamicLiters,
                new RemoteTotals.Requests(
                        unestimated.values().stream()
                                .mapToLong(RemoteTotals.Count::calls)
                                .sum(),
                        0,
                        0,
                        0),
                methods);
    }

    private static Range sum(Range one, Range another) {
        return new Range(one.low() + another.low(), one.central() + another.central(), one.high() + another.high());
    }
}
