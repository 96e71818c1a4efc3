package io.inferwatt.core.energy.nvml;

import io.inferwatt.core.energy.ReadingFlag;
import java.util.Set;

/** The ways to learn what a GPU draws, best first; a GPU has the first that answers. */
enum ReadingMethod {
    /** Volta and newer. */
    ENERGY("nvml-energy", Scale.MILLIJOULES, 0, NvmlApi.SCOPE_GPU),
    ENERGY_FIELD("nvml-energy", Scale.MILLIJOULES, NvmlApi.FIELD_TOTAL_ENERGY, NvmlApi.SCOPE_GPU),
    INSTANT_POWER("nvml-field-instant", Scale.MILLIWATTS, NvmlApi.FIELD_INSTANT_POWER, NvmlApi.SCOPE_GPU),
    /** From Ampere on the mean of the past second, but for GA100. */
    POWER("nvml-power", Scale.MILLIWATTS, 0, NvmlApi.SCOPE_GPU),
    MEAN_POWER("nvml-power", Scale.MILLIWATTS, NvmlApi.FIELD_MEAN_POWER, NvmlApi.SCOPE_GPU),
    /** After all that cover the GPU alone: a module's other parts may have meters of their own. */
    MODULE_POWER("nvml-field-instant", Scale.MILLIWATTS, NvmlApi.FIELD_INSTANT_POWER, NvmlApi.SCOPE_MODULE);

    /** What a number is. */
    enum Scale {
        /** Of energy, since the driver was loaded. */
        MILLIJOULES,
        /** Of power. */
        MILLIWATTS
    }

    private static final int NO_FIELD = 0;

    private final String label;
    private final Scale scale;
    private final int field;
    private final int scope;

    ReadingMethod(String label, Scale scale, int field, int scope) {
        this.label = label;
        this.scale = scale;
        this.field = field;
        this.scope = scope;
    }

    /** Returns the name used in metrics. */
    String label() {
        return label;
    }

    boolean isCumulative() {
        return scale == Scale.MILLIJOULES;
    }

    /**
     * Returns the relative standard uncertainty. Against external meters cards are off by a factor of their own, ±5 % for most
     * (Yang, Adamek, Armour: SC'24, arXiv 2312.02741), taken as a 95 % band. Twice that for integrated power: those
     * sensors look at 25 of each 100 ms on A100 and H100, and tick and sensor are not in step.
     */
    double relativeUncertainty() {
        return isCumulative() ? 0.025 : 0.05;
    }

    Set<ReadingFlag> flags() {
        if (isCumulative()) {
            return Set.of();
        }
        return scope == NvmlApi.SCOPE_MODULE
                ? Set.of(ReadingFlag.INTEGRATED, ReadingFlag.MODULE_SCOPE)
                : Set.of(ReadingFlag.INTEGRATED);
    }

    /** Finds the number now; returns NVML's code. */
    int read(NvmlApi api, long device) {
        if (field != NO_FIELD) {
            return api.field(device, field, scope);
        }
        return isCumulative() ? api.totalEnergy(device) : api.powerUsage(device);
    }
}
