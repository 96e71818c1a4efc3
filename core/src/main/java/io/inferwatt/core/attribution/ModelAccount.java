package io.inferwatt.core.attribution;

import io.inferwatt.core.call.CallRecord;
import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.footprint.FootprintFactors.JouleFactors;
import io.inferwatt.core.report.FacilityUse;
import io.inferwatt.core.report.MeterSnapshot.ModelEnergy;
import io.inferwatt.core.report.MeterSnapshot.TokenTotals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Totals of one model key. Sampler thread only. */
public final class ModelAccount {

    private final List<Part> parts = new ArrayList<>();
    private long input;
    private long cached;
    private long output;
    private long reasoning;
    private double grams;
    private double idleGrams;
    private double embodiedGrams;
    private double marketGrams = Double.NaN;
    private double idleLiters = Double.NaN;
    private double buildingJoules = Double.NaN;
    private double waterJoules = Double.NaN;
    private double waterBuildingJoules = Double.NaN;
    private double onSiteLiters = Double.NaN;

    /** What arrived while no call was in flight, waiting for the next one; by {@link Lanes}. */
    private final double[] waiting = new double[Lanes.COUNT];

    private double waitingSeconds;
    private double unclaimedJoules;

    /** Of the processors, drawn in windows in which no call was in flight. */
    private long quietProcessorMicrojoules;
    /** The same of everything else. */
    private long quietMicrojoules;

    private double spunJoules;

    /** @param liters of the joules above idle, NaN where not known */
    void add(Component component, Quality quality, long microjoules, long idleShareMicrojoules, double liters) {
        Part part = part(component, quality);
        part.microjoules += microjoules;
        part.idleShareMicrojoules += idleShareMicrojoules;
        part.liters = sumOfKnown(part.liters, liters);
    }

    /** Returns the sum of what is known, NaN as long as nothing is: a figure may become known while running. */
    private static double sumOfKnown(double sum, double more) {
        if (Double.isNaN(more)) {
            return sum;
        }
        return Double.isNaN(sum) ? more : sum + more;
    }

    private Part part(Component component, Quality quality) {
        for (Part part : parts) {
            if (part.component == component && part.quality == quality) {
                return part;
            }
        }
        Part part = new Part(component, quality);
        parts.add(part);
        return part;
    }

    /** @param idleJoules that the boundary {@code with_idle} adds */
    void addFootprint(double joules, double idleJoules, double embodied, JouleFactors perJoule) {
        grams += joules * perJoule.grams();
        idleGrams += idleJoules * perJoule.grams();
        embodiedGrams += embodied;
        marketGrams = sumOfKnown(marketGrams, (joules + idleJoules) * perJoule.marketGrams());
        idleLiters = sumOfKnown(idleLiters, idleJoules * perJoule.liters());
        double drawn = joules + idleJoules;
        buildingJoules = sumOfKnown(buildingJoules, drawn * perJoule.pue());
        if (!Double.isNaN(perJoule.liters())) {
            waterJoules = sumOfKnown(waterJoules, drawn);
            waterBuildingJoules = sumOfKnown(waterBuildingJoules, drawn * perJoule.pue());
            onSiteLiters = sumOfKnown(onSiteLiters, drawn * perJoule.onSiteLiters());
        }
    }

    void addTokens(CallRecord record) {
        input += Math.max(0, record.inputTokens());
        cached += Math.max(0, record.cachedTokens());
        output += Math.max(0, record.outputTokens());
        reasoning += Math.max(0, record.reasoningTokens());
    }

    /**
     * Keeps what was drawn in a window in which no call was in flight, for the next one: an engine may still work when its call has
     * ended, for instance a pool that spins.
     *
     * @param amounts by {@link Lanes}, with what waited before
     */
    void keepWaiting(Component component, long microjoules, double[] amounts) {
        System.arraycopy(amounts, 0, waiting, 0, Lanes.COUNT);
        if (component == Component.CPU) {
            quietProcessorMicrojoules += microjoules;
        } else {
            quietMicrojoules += microjoules;
        }
    }

    /** Lets time pass: energy that has waited too long for a next call will be no call's. */
    void waited(double seconds) {
        if (waiting[Lanes.DYNAMIC] + waiting[Lanes.IDLE] > 0) {
            waitingSeconds += seconds;
            if (waitingSeconds > Attribution.LONGEST_WAIT_SECONDS) {
                unclaimedJoules += waiting[Lanes.DYNAMIC];
                forgetWaiting();
            }
        }
    }

    /** Returns what is no call's: the model's joules are those of its calls, what waits for the next one, and this. */
    double unclaimedJoules() {
        return unclaimedJoules;
    }

    double waitingJoules() {
        return waiting[Lanes.DYNAMIC];
    }

    void addWaitingTo(double[] amounts) {
        for (int lane = 0; lane < Lanes.COUNT; lane++) {
            amounts[lane] += waiting[lane];
        }
    }

    void forgetWaiting() {
        Arrays.fill(waiting, 0);
        waitingSeconds = 0;
    }

    /**
     * Tells how much of the model's processor time so far was certainly used while none of its calls was in flight.
     *
     * @param share 0 to 1
     */
    public void spun(double share) {
        spunJoules = Math.max(spunJoules, share * joules(Component.CPU));
    }

    /**
     * Returns the part of the energy that was drawn while no call was in flight, as far as can be known; never decreases.
     *
     * <p>Of the processors there are two views. Windows with nothing in flight miss what follows a call within the same
     * window, beside some milliseconds of its work that the clocks tell late; the {@link #spun} share of the processor time
     * misses what the clocks cannot prove. Much of both is the same energy, so the higher one is taken.
     */
    public double tailJoules() {
        return Math.max(quietProcessorMicrojoules / 1e6, spunJoules) + quietMicrojoules / 1e6;
    }

    /** Returns operational grams of the joules above idle. */
    public double grams() {
        return grams;
    }

    /** Returns operational grams of the model's share of idle. */
    public double idleGrams() {
        return idleGrams;
    }

    public double embodiedGrams() {
        return embodiedGrams;
    }

    /** Returns operational grams as the electricity is bought, of both; NaN if nobody said how. */
    public double marketGrams() {
        return marketGrams;
    }

    /** Returns litres of the joules above idle, as far as known; NaN where they never were. */
    public double liters() {
        double liters = Double.NaN;
        for (Part part : parts) {
            liters = sumOfKnown(liters, part.liters);
        }
        return liters;
    }

    /** Returns litres of the model's share of idle, as far as known; NaN where they never were. */
    public double idleLiters() {
        return idleLiters;
    }

    /** Returns what the joules of both met in the building, each in its own time. */
    public FacilityUse facility() {
        return new FacilityUse(buildingJoules, waterJoules, waterBuildingJoules, onSiteLiters);
    }

    public TokenTotals tokens() {
        return new TokenTotals(input, cached, output, reasoning);
    }

    private double joules(Component component) {
        long microjoules = 0;
        for (Part part : parts) {
            microjoules += part.component == component ? part.microjoules : 0;
        }
        return microjoules / 1e6;
    }

    /** Returns the joules attributed to the model's calls in one component, as far as they are of that quality. */
    public double joules(Component component, Quality quality) {
        for (Part part : parts) {
            if (part.component == component && part.quality == quality) {
                return part.microjoules / 1e6;
            }
        }
        return 0;
    }

    public boolean hasEnergy() {
        return !parts.isEmpty();
    }

    public List<ModelEnergy> energy() {
        List<ModelEnergy> energy = new ArrayList<>(parts.size());
        for (Part part : parts) {
            energy.add(new ModelEnergy(
                    part.component,
                    part.quality,
                    part.microjoules / 1e6,
                    part.idleShareMicrojoules / 1e6,
                    part.liters));
        }
        return energy;
    }

    private static final class Part {

        final Component component;
        final Quality quality;
        long microjoules;
        long idleShareMicrojoules;
        double liters = Double.NaN;

        Part(Component component, Quality quality) {
            this.component = component;
            this.quality = quality;
        }
    }
}
