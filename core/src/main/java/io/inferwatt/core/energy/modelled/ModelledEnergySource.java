package io.inferwatt.core.energy.modelled;

import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.EnergyCounter;
import io.inferwatt.core.energy.EnergySource;
import io.inferwatt.core.energy.Finding;
import io.inferwatt.core.energy.SourceContext;
import io.inferwatt.core.energy.SourceContext.ModelConstants;
import io.inferwatt.core.host.HostFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The source of last resort: always there, never measured. Whole-machine watts, so that its figures are comparable with a
 * wall meter rather than with RAPL. In a virtual machine they cover the guest's threads and memory.
 */
public final class ModelledEnergySource implements EnergySource {

    static final String ID = "model";

    /** Half width of a normal 95 % band in standard uncertainties. */
    private static final double BAND_95 = 1.96;

    /**
     * Returns the idle power of a domain by the model, for a counter that does not know its own, or NaN where the model has
     * none. Only the number of hardware threads goes in: what the user states for the whole machine is no figure for a
     * processor counter.
     */
    public static double idleWatts(Domain domain, HostFacts facts) {
        return domain.component() == Component.CPU
                ? PowerModel.of(facts, ModelConstants.NONE).processorWatts(0)
                : Double.NaN;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int rank() {
        return 1000;
    }

    @Override
    public Discovery discover(SourceContext context) {
        PowerModel model = PowerModel.of(context.facts(), context.model());
        List<Finding> findings = new ArrayList<>();
        List<EnergyCounter> counters = new ArrayList<>();
        counters.add(new ProcessorCounter(model, context.cpuClock()));
        if (model.memoryWatts() > 0) {
            counters.add(new MemoryCounter(model));
        }
        findings.add(Finding.found(ID, described(model, context.facts())));
        addHints(model, context, findings);
        return new Discovery(counters, findings);
    }

    private static String described(PowerModel model, HostFacts facts) {
        return String.format(
                Locale.ROOT,
                "%s for %d hardware threads and %.1f GB: %.1f W idle, %.1f W fully busy, ±%.0f %% (95 %%)",
                model.source(),
                facts.hardwareThreads(),
                facts.memoryBytes() / (double) (1L << 30),
                model.processorWatts(0) + model.memoryWatts(),
                model.processorWatts(1) + model.memoryWatts(),
                100 * BAND_95 * model.relativeUncertainty());
    }

    private static void addHints(PowerModel model, SourceContext context, List<Finding> findings) {
        ModelConstants constants = context.model();
        boolean anyPoint =
                constants.idleWatts().isPresent() || constants.maxWatts().isPresent();
        if (anyPoint && !PowerModel.calibrated(constants)) {
            findings.add(Finding.note(
                    ID,
                    "energy.model.idle and energy.model.max are used only together, in watts, with 0 <= idle <= max and max"
                            + " > 0; using " + model.source() + " instead",
                    ""));
        } else if (!anyPoint) {
            findings.add(Finding.note(
                    ID,
                    "the figures follow what such machines draw on average",
                    "for closer ones measure the idle and the fully busy machine and set energy.model.idle and"
                            + " energy.model.max"
                            + (constants.tdpWatts().isPresent()
                                    ? ""
                                    : ", or set energy.model.tdp (sum over all sockets)")));
        }
        if (constants.tdpWatts().isPresent() && PowerModel.usableTdpWatts(constants) == 0) {
            findings.add(Finding.note(
                    ID,
                    "energy.model.tdp is " + constants.tdpWatts().orElseThrow() + ", allowed are watts above 0; using "
                            + model.source() + " instead",
                    ""));
        }
        if (context.facts().memoryBytes() <= 0 && !PowerModel.calibrated(constants)) {
            findings.add(
                    Finding.note(ID, "the size of the memory is unknown, so its energy is inside the cpu figure", ""));
        }
    }
}
