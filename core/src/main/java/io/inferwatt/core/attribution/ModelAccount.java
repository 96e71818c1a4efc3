package io.inferwatt.core.attribution;

import io.inferwatt.core.call.CallRecord;
import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.report.MeterSnapshot.ModelEnergy;
import io.inferwatt.core.report.MeterSnapshot.TokenTotals;
import java.util.ArrayList;
import java.util.List;

/** Totals of one model key. Sampler thread only. */
public final class ModelAccount {

    private final List<Part> parts = new ArrayList<>();
    private long input;
    private long cached;
    private long output;
    private long reasoning;
    private double grams;

    /** Joules that arrived while no call was in flight, waiting for the next one. */
    private double waitingJoules;

    private double waitingIdleJoules;
    private double waitingSeconds;
    private double tailJoules;

    void add(Component component, Quality quality, long microjoules, long idleShareMicrojoules) {
        Part part = part(component, quality);
        part.microjoules += microjoules;
        part.idleShareMicrojoules += idleShareMicrojoules;
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

    void addGrams(double more) {
        grams += more;
    }

    void addTokens(CallRecord record) {
        input += Math.max(0, record.inputTokens());
        cached += Math.max(0, record.cachedTokens());
        output += Math.max(0, record.outputTokens());
        reasoning += Math.max(0, record.reasoningTokens());
    }

    /** Keeps energy of an engine that still works when its call has ended, for instance a pool that spins. */
    void keepWaiting(double joules, double idleJoules, double seconds) {
        if (joules > 0 || waitingJoules > 0) {
            waitingJoules += joules;
            waitingIdleJoules += idleJoules;
            waitingSeconds += seconds;
        }
        if (waitingSeconds > Attribution.LONGEST_WAIT_SECONDS) {
            tailJoules += waitingJoules;
            forgetWaiting();
        }
    }

    double waitingJoules() {
        return waitingJoules;
    }

    double waitingIdleJoules() {
        return waitingIdleJoules;
    }

    void forgetWaiting() {
        waitingJoules = 0;
        waitingIdleJoules = 0;
        waitingSeconds = 0;
    }

    public double tailJoules() {
        return tailJoules;
    }

    public double grams() {
        return grams;
    }

    public TokenTotals tokens() {
        return new TokenTotals(input, cached, output, reasoning);
    }

    public boolean hasEnergy() {
        return !parts.isEmpty();
    }

    public List<ModelEnergy> energy() {
        List<ModelEnergy> energy = new ArrayList<>(parts.size());
        for (Part part : parts) {
            energy.add(new ModelEnergy(
                    part.component, part.quality, part.microjoules / 1e6, part.idleShareMicrojoules / 1e6));
        }
        return energy;
    }

    private static final class Part {

        final Component component;
        final Quality quality;
        long microjoules;
        long idleShareMicrojoules;

        Part(Component component, Quality quality) {
            this.component = component;
            this.quality = quality;
        }
    }
}
