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
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Processor packages, memory and platform as metered by RAPL and shown by the kernel's powercap tree. Takes the first root
 * that yields the processors, else the first that yields anything; a root with zones that cannot be read yields findings
 * only.
 */
public final class RaplEnergySource implements EnergySource {

    static final String ID = "rapl";

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
        Path kernelRoot = context.sysRoot().resolve("class/powercap").normalize();
        List<Finding> refusals = new ArrayList<>();
        @Nullable Usable second = null;
        for (Path root : context.powercapRoots()) {
            ZoneTree tree = new ZoneTree(
                    root, context.facts().vendor(), root.normalize().equals(kernelRoot));
            SortedMap<String, Path> folders = tree.folders();
            if (folders.isEmpty()) {
                continue;
            }
            Usable usable = new Usable(tree, folders, tree.select(folders));
            if (usable.has(Domain.CPU)) {
                return usable.discovery(context.ceilingWatts());
            }
            if (second == null && (usable.has(Domain.DRAM) || usable.has(Domain.PLATFORM))) {
                second = usable;
            }
            refusals.addAll(usable.selection.remarks());
        }
        return second == null
                ? new Discovery(List.of(), nothing(context, kernelRoot, refusals))
                : second.discovery(context.ceilingWatts());
    }

    private static List<Finding> nothing(SourceContext context, Path kernelRoot, List<Finding> refusals) {
        if (!refusals.isEmpty()) {
            return refusals;
        }
        // Where somebody pointed, there should be zones.
        boolean expected = context.powercapRoots().stream()
                .noneMatch(root -> root.normalize().equals(kernelRoot));
        return List.of(PowercapFindings.noZones(context.powercapRoots(), expected ? Kind.LOST : Kind.ABSENT));
    }

    /** A tree that may yield something. */
    private record Usable(ZoneTree tree, SortedMap<String, Path> folders, ZoneSelection selection) {

        boolean has(Domain domain) {
            return !selection.zones(domain).isEmpty();
        }

        Discovery discovery(double ceilingWatts) {
            List<Finding> findings = new ArrayList<>(selection.remarks());
            List<EnergyCounter> counters = new ArrayList<>();
            Method method = selection.passedIn() ? Method.PASSED_IN : Method.KERNEL;
            int packages = selection.zones(Domain.CPU).size();
            add(Domain.CPU, method, ceilingWatts, "cpu energy is the sum of ", counters, findings);
            add(Domain.DRAM, method, ceilingWatts, "dram energy is the sum of ", counters, findings);
            if (!has(Domain.DRAM) && has(Domain.CPU)) {
                findings.add(
                        Finding.note(ID, "no dram zone here, so the energy of the memory is not in the figures", ""));
            }
            // All packages and as much again for all else.
            add(
                    Domain.PLATFORM,
                    Method.PLATFORM,
                    ceilingWatts * (packages + 1),
                    "platform energy, packages included and never added to them, is ",
                    counters,
                    findings);
            return new Discovery(counters, findings);
        }

        private void add(
                Domain domain,
                Method method,
                double ceilingWatts,
                String text,
                List<EnergyCounter> counters,
                List<Finding> findings) {
            List<Zone> zones = selection.zones(domain);
            if (!zones.isEmpty()) {
                ZoneRoster roster = new ZoneRoster(tree, domain, folders, zones);
                counters.add(new RaplCounter(method, domain, roster, ceilingWatts));
                findings.add(Finding.found(ID, text + described(zones)));
            }
        }

        private static String described(List<Zone> zones) {
            StringBuilder text = new StringBuilder();
            for (Zone zone : zones) {
                text.append(text.isEmpty() ? "" : ", ").append(zone.folder());
                if (zone.name() != null) {
                    text.append(" (").append(zone.name()).append(')');
                }
            }
            return text.toString();
        }
    }
}
