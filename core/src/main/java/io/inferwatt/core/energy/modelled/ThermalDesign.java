package io.inferwatt.core.energy.modelled;

import io.inferwatt.core.energy.SourceContext.ModelConstants;
import io.inferwatt.core.host.HostFacts;
import java.util.function.ToDoubleFunction;

/**
 * Thermal design power (TDP) of all processor packages together.
 *
 * @param watts 0 if unknown or of no use
 * @param configured whether the user gave it
 */
record ThermalDesign(double watts, boolean configured) {

    static final ThermalDesign UNKNOWN = new ThermalDesign(0, false);

    /**
     * Returns what the user gave, else the table's figure times the packages. A virtual machine, or a container that is
     * shown its own processors only, owns an unknown part of the package it names: 210 W for two threads of 48 would be
     * absurd, and the table does not tell the 48. There nothing is looked up, and the model goes by threads.
     *
     * @param table watts of a package by the processor's name, 0 where it knows none
     */
    static ThermalDesign of(HostFacts facts, ModelConstants constants, ToDoubleFunction<String> table) {
        double given = constants.tdpWatts().orElse(0);
        if (given > 0 && Double.isFinite(given)) {
            return new ThermalDesign(given, true);
        }
        if (facts.virtualization() != null || facts.containerView()) {
            return UNKNOWN;
        }
        double watts = table.applyAsDouble(facts.processorName()) * facts.packages();
        return watts > 0 ? new ThermalDesign(watts, false) : UNKNOWN;
    }

    boolean known() {
        return watts > 0;
    }
}
