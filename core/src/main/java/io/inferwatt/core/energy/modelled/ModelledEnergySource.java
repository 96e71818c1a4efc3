package io.inferwatt.core.energy.modelled;

import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.EnergyCounter;
import io.inferwatt.core.energy.EnergySource;
import io.inferwatt.core.energy.SourceContext;
import io.inferwatt.core.energy.SourceContext.ModelConstants;
import io.inferwatt.core.host.HostFacts;
import java.util.ArrayList;
import java.util.List;

/**
 * The source of last resort: always there, never measured. Whole-machine watts, so that its figures are comparable with a
 * wall meter rather than with RAPL. In a virtual machine they cover the guest's threads and memory.
 */
public final class ModelledEnergySource implements EnergySource {

    static final String ID = "model";

    /** The latest look-up: the caller comes back about once a minute, and the processor stays. */
    private volatile TableEntry entry = new TableEntry("", 0);

    private record TableEntry(String processorName, double watts) {}

    /**
     * Returns the idle power of a domain by the model, for a counter that does not know its own, or NaN where the model has
     * none. Only the number of hardware threads goes in: what the user states for the whole machine is no figure for a
     * processor counter.
     */
    public static double idleWatts(Domain domain, HostFacts facts) {
        return domain.component() == Component.CPU
                ? PowerModel.of(facts, ModelConstants.NONE, 0).processorWatts(0)
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
        HostFacts facts = context.facts();
        ModelConstants constants = context.model();
        ThermalDesign tdp = ThermalDesign.of(facts, constants, this::tableWatts);
        PowerModel model = PowerModel.of(facts, constants, tdp.watts());
        Assumptions assumptions = new Assumptions(model, facts, constants, tdp);
        List<EnergyCounter> counters = new ArrayList<>();
        counters.add(new ProcessorCounter(model, assumptions.processor(), context.cpuClock()));
        if (model.memoryWatts() > 0) {
            counters.add(new MemoryCounter(model, assumptions.memory()));
        }
        return new Discovery(counters, assumptions.findings());
    }

    private double tableWatts(String processorName) {
        TableEntry known = entry;
        if (!known.processorName().equals(processorName)) {
            known = new TableEntry(processorName, ProcessorTdp.wattsOf(processorName));
            entry = known;
        }
        return known.watts();
    }
}
