package io.inferwatt.core.simulation;

import io.inferwatt.core.attribution.Attribution;
import io.inferwatt.core.attribution.CallEnergy;
import io.inferwatt.core.attribution.DomainAccount;
import io.inferwatt.core.attribution.TickFeatures;
import io.inferwatt.core.call.CallRecords;
import io.inferwatt.core.call.KeyTable;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.config.AttributionMethod;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.footprint.EmbodiedHardware;
import io.inferwatt.core.report.MeterSnapshot.Confidence;
import io.inferwatt.core.report.MeterSnapshot.ModelEnergy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ObjDoubleConsumer;

/** The one place where the simulation touches the attribution: one method, one domain. */
final class MeterUnderTest {

    private static final long REACH_NANOS = 600_000_000_000L;
    private static final double MICROJOULES = 1e-6;

    /** Key 0 is that of models that no longer fit. */
    private static final int FIRST_KEY = 1;

    private final AttributionMethod method;
    private final Attribution attribution;
    private final DomainAccount account;
    private final CallEnergy energy = new CallEnergy();
    private final KeyTable keys;
    private final List<EndedCall> waiting = new ArrayList<>();
    private final int models;
    private long worstResidual;
    private long bookedMicrojoules;

    /**
     * Opens the books at time 0.
     *
     * @param modelledIdleWatts idle power as a power model would have it, NaN for none
     * @param leastSeconds no shorter time is divided
     */
    MeterUnderTest(AttributionMethod method, Domain domain, int models, double modelledIdleWatts, double leastSeconds) {
        this.method = method;
        this.models = models;
        this.attribution = new Attribution(
                method, any -> modelledIdleWatts, REACH_NANOS, leastSeconds, EmbodiedHardware.UNKNOWN, false);
        this.account = attribution.account(domain, "simulated", Quality.MEASURED);
        attribution.start(nanos(0));
        this.keys = CallRecords.keys(models);
    }

    static int keyOf(int model) {
        return FIRST_KEY + model;
    }

    static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }

    /** Makes what a meter sees of a call; several meters may share it. */
    static EndedCall seen(SimulatedCall call) {
        return new EndedCall(
                CallRecords.of(
                        keyOf(call.model), Outcome.OK, nanos(call.beginSeconds), nanos(call.endSeconds), call.units),
                call.model,
                call.beginSeconds,
                call.endSeconds,
                call.joules);
    }

    AttributionMethod method() {
        return method;
    }

    /** Books a tick that ends at {@code seconds}. */
    void tick(TickFeatures tick, long microjoules, double seconds) {
        tick.nanos = nanos(seconds);
        attribution.begin(tick, 0);
        attribution.book(account, microjoules, Double.NaN, tick);
        attribution.end(tick);
        bookedMicrojoules += microjoules;
        worstResidual = Math.max(worstResidual, Math.abs(residualMicrojoules()));
    }

    /** Hands over the calls that ended in the tick just booked; {@code settled} gets those, old and new, that are final. */
    void ended(List<EndedCall> calls, ObjDoubleConsumer<EndedCall> settled) {
        waiting.addAll(calls);
        int kept = 0;
        for (EndedCall call : waiting) {
            if (attribution.isFinal(call.record())) {
                attribution.settle(call.record(), energy);
                settled.accept(call, energy.joules());
            } else {
                waiting.set(kept++, call);
            }
        }
        waiting.subList(kept, waiting.size()).clear();
    }

    private long residualMicrojoules() {
        return account.totalMicrojoules()
                - account.modelMicrojoules()
                - account.idleMicrojoules()
                - account.runtimeMicrojoules()
                - account.otherMicrojoules()
                - account.gapMicrojoules();
    }

    /** Returns by how many microjoules the parts missed the total in the worst tick. */
    long worstResidualMicrojoules() {
        return worstResidual;
    }

    /** Returns what was read but is in no book yet. */
    long unbookedMicrojoules() {
        return bookedMicrojoules - account.totalMicrojoules();
    }

    /** Returns by how many microjoules the models' own totals miss what the domain says of them, after rounding. */
    long modelsResidualMicrojoules() {
        double sum = 0;
        for (int model = 0; model < models; model++) {
            sum += joules(model);
        }
        return Math.round(sum / MICROJOULES) - account.modelMicrojoules();
    }

    double joules(int model) {
        double joules = 0;
        for (ModelEnergy part : attribution.model(keyOf(model)).energy()) {
            joules += part.joules();
        }
        return joules;
    }

    double idleShareJoules(int model) {
        double joules = 0;
        for (ModelEnergy part : attribution.model(keyOf(model)).energy()) {
            joules += part.idleShareJoules();
        }
        return joules;
    }

    double idleJoules() {
        return account.idleMicrojoules() * MICROJOULES;
    }

    double runtimeJoules() {
        return account.runtimeMicrojoules() * MICROJOULES;
    }

    double otherJoules() {
        return account.otherMicrojoules() * MICROJOULES;
    }

    /** Returns half the width of the reported 95 % band in percent of the model's power, NaN where none is reported. */
    double halfWidthPercent(int model) {
        Confidence confidence = attribution.confidence(keyOf(model), keys);
        return 100 * Confidence.BAND_95 * confidence.relativeStandardError();
    }

    /** Returns half the width of the reported 95 % band of the model's group in percent. */
    double groupHalfWidthPercent(int model) {
        Confidence confidence = attribution.confidence(keyOf(model), keys);
        return 100 * Confidence.BAND_95 * confidence.groupRelativeStandardError();
    }
}
