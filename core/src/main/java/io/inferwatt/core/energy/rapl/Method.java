package io.inferwatt.core.energy.rapl;

import io.inferwatt.core.energy.ReadingFlag;
import java.util.Set;

/** How the joules reach the tree: label of the metrics, relative standard uncertainty, flags. */
enum Method {
    /** Haswell and newer follow external meters within a few per cent (Desrochers et al., MEMSYS 2016). */
    KERNEL("rapl-powercap", 0.03),
    /** The hypervisor's split of package energy over its guests by processor time: our judgement, no study known. */
    PASSED_IN("rapl-powercap-vm", 0.10),
    /** What it covers and how it is scaled is up to the maker of the board: our judgement, no study known. */
    PLATFORM("rapl-psys", 0.10);

    private static final Set<ReadingFlag> OF_A_GUEST = Set.of(ReadingFlag.VM_VIEW);

    final String label;
    final double relativeUncertainty;

    Method(String label, double relativeUncertainty) {
        this.label = label;
        this.relativeUncertainty = relativeUncertainty;
    }

    Set<ReadingFlag> flags() {
        return this == PASSED_IN ? OF_A_GUEST : Set.of();
    }
}
