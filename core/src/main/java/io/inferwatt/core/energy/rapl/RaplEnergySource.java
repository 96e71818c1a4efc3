package io.inferwatt.core.energy.rapl;

import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.EnergyCounter;
import io.inferwatt.core.energy.EnergySource;
import io.inferwatt.core.energy.Finding;
import io.inferwatt.core.energy.Finding.Kind;
import io.inferwatt.core.energy.SourceContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Processor packages and memory as metered by RAPL and shown by the kernel's powercap tree. Takes the first root that
 * yields a domain; a root with zones that cannot be read yields findings only.
 */
public final class RaplEnergySource implements EnergySource {

    static final String ID = "rapl";

    /** How the joules reach the tree; label of the metrics and relative standard uncertainty. */
    enum Method {
        /** Haswell and newer follow external meters within a few per cent (Desrochers et al., MEMSYS 2016). */
        KERNEL("rapl-powercap", 0.03),
        /** The hypervisor's split of package energy over its guests by processor time: our judgement, no study known. */
        PASSED_IN("rapl-powercap-vm", 0.10);

        final String label;
        final double relativeUncertainty;

        Method(String label, double relativeUncertainty) {
            this.label = label;
            this.relativeUncertainty = relativeUncertainty;
        }
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int rank() {
        return 10;
    }

    @Override
    public Discovery discover(SourceContext context) {
        List<Finding> findings = new ArrayList<>();
        Path kernelRoot = context.sysRoot().resolve("class/powercap").normalize();
        boolean anyZone = false;
        for (Path root : context.powercapRoots()) {
            List<Zone> zones = ZoneScan.zones(root);
            if (zones.isEmpty()) {
                continue;
            }
            anyZone = true;
            boolean kernelTree = root.normalize().equals(kernelRoot);
            ZoneSelection selection = ZoneSelection.of(zones, context.facts().vendor(), kernelTree);
            findings.addAll(selection.remarks());
            List<EnergyCounter> counters = counters(selection, context.ceilingWatts(), findings);
            if (!counters.isEmpty()) {
                return new Discovery(counters, findings);
            }
        }
        if (!anyZone) {
            // Where somebody pointed, there should be zones.
            boolean expected = context.powercapRoots().stream()
                    .noneMatch(root -> root.normalize().equals(kernelRoot));
            findings.add(noZones(context.powercapRoots(), expected ? Kind.LOST : Kind.ABSENT));
        }
        return new Discovery(List.of(), findings);
    }

    private static List<EnergyCounter> counters(ZoneSelection selection, double ceilingWatts, List<Finding> findings) {
        Method method = selection.passedIn() ? Method.PASSED_IN : Method.KERNEL;
        List<EnergyCounter> counters = new ArrayList<>();
        if (!selection.packages().isEmpty()) {
            counters.add(new RaplCounter(Domain.CPU, method, selection.packages(), ceilingWatts));
            findings.add(Finding.found(ID, "cpu energy is the sum of " + described(selection.packages())));
        }
        if (!selection.memory().isEmpty()) {
            counters.add(new RaplCounter(Domain.DRAM, method, selection.memory(), ceilingWatts));
            findings.add(Finding.found(ID, "dram energy is the sum of " + described(selection.memory())));
        } else if (!counters.isEmpty()) {
            findings.add(Finding.note(ID, "no dram zone here, so the energy of the memory is not in the figures", ""));
        }
        return counters;
    }

    private static String described(List<Zone> zones) {
        StringBuilder text = new StringBuilder();
        for (Zone zone : zones) {
            text.append(text.length() == 0 ? "" : ", ").append(zone.folder());
            if (zone.name() != null) {
                text.append(" (").append(zone.name()).append(')');
            }
        }
        return text.toString();
    }

    private static Finding noZones(List<Path> roots, Kind kind) {
        return new Finding(
                ID,
                kind,
                "no powercap zones in " + roots + ", as in most virtual machines",
                "on x86 hardware of your own load the kernel module intel_rapl_msr; in a container mount the host's /sys"
                        + " read-only at a place of its own and set energy.sysfs.root or energy.powercap.root");
    }
}
