package io.inferwatt.core.energy.rapl;

import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides which zones of one tree add up to the processors and the memory of the machine, so that no joule counts twice.
 * Decides by name, never by index: {@code intel-rapl:1} is the platform on a laptop and the second package on a server.
 */
final class ZoneSelection {

    private final Map<String, Zone> packages = new LinkedHashMap<>();
    private final Map<String, Zone> memory = new LinkedHashMap<>();
    private final Map<String, Zone> platforms = new LinkedHashMap<>();
    private final List<Finding> remarks = new ArrayList<>();
    private boolean passedIn;

    private ZoneSelection() {}

    /**
     * @param root where the zones are
     * @param vendor vendor id of the processor
     * @param kernelTree whether the zones are the kernel's own, which always have names
     */
    static ZoneSelection of(Path root, List<Zone> zones, String vendor, boolean kernelTree) {
        ZoneSelection selection = new ZoneSelection();
        Map<String, String> owners = new LinkedHashMap<>();
        for (Zone zone : zones) {
            owners.put(zone.id(), zone.title());
        }
        boolean masked = false;
        for (Zone zone : zones) {
            masked |= zone.masked();
            if (zone.name() == null && (kernelTree || !zone.topLevel())) {
                if (kernelTree && !zone.masked()) {
                    selection.note(zone.folder() + " has no readable file name, so it is left out");
                }
                continue;
            }
            selection.sort(zone, owners);
        }
        if (masked && selection.packages.isEmpty()) {
            selection.remarks.add(PowercapFindings.masked(root));
        }
        if (mirrorsDies(vendor)) {
            selection.keepOnePerSocket();
        }
        selection.keepMasterPlatform();
        selection.tellUnreadable();
        selection.tellWithoutRange(kernelTree);
        return selection;
    }

    /** Returns the zones whose sum is all of a domain; none if there are none or one of them cannot be read. */
    List<Zone> zones(Domain domain) {
        List<Zone> all = List.copyOf(byName(domain).values());
        return firstUnreadable(all) == null ? all : List.of();
    }

    /** Returns why a domain that has zones cannot be had, or null. */
    @Nullable
    String unreadable(Domain domain) {
        Zone zone = firstUnreadable(byName(domain).values());
        return zone == null ? null : zone.unreadable();
    }

    /** Returns whether names are missing, as in a tree that a hypervisor fills for its guest. */
    boolean passedIn() {
        return passedIn;
    }

    /** Returns what was left out and why. */
    List<Finding> remarks() {
        return remarks;
    }

    private Map<String, Zone> byName(Domain domain) {
        return switch (domain.component()) {
            case CPU -> packages;
            case DRAM -> memory;
            case OTHER -> platforms;
            default -> Map.of();
        };
    }

    private void sort(Zone zone, Map<String, String> owners) {
        String name = zone.name();
        if (name == null) {
            passedIn = true;
            keepBetter(packages, "package-" + zone.id(), zone);
        } else if (name.startsWith("package-")) {
            keepBetter(packages, name, zone);
        } else if (name.equals("dram")) {
            String owner = owners.getOrDefault(zone.topLevelId(), zone.topLevelId());
            keepBetter(memory, zone.topLevel() ? zone.id() : owner, zone);
        } else if (name.equals("psys") || name.startsWith("psys-")) {
            keepBetter(platforms, name, zone);
        }
    }

    /** Two zones of one name are two windows on one meter: keeps the readable one, of two readable ones the MSR one. */
    private static void keepBetter(Map<String, Zone> byName, String name, Zone zone) {
        Zone known = byName.get(name);
        boolean better = known == null
                || (zone.readable() && !known.readable())
                || (zone.readable() == known.readable() && known.memoryMapped() && !zone.memoryMapped());
        if (better) {
            byName.put(name, zone);
        }
    }

    /**
     * AMD and Hygon have one energy counter in a socket, shown by each die: Threadripper machines were reported at twice
     * their power (CodeCarbon issues 1274 and 1379). Intel's dies have counters of their own.
     */
    private static boolean mirrorsDies(String vendor) {
        String lower = vendor.toLowerCase(Locale.ROOT);
        return lower.contains("amd") || lower.contains("hygon");
    }

    private void keepOnePerSocket() {
        Map<String, Zone> sockets = new LinkedHashMap<>();
        packages.forEach((name, zone) -> {
            int die = name.indexOf("-die-");
            keepBetter(sockets, die < 0 ? name : name.substring(0, die), zone);
        });
        packages.clear();
        packages.putAll(sockets);
    }

    /**
     * Only one package of a machine meters the platform; it is not always the first, then the kernel writes {@code psys-1}.
     * Elsewhere, and where the board's maker has wired nothing, the register stays 0.
     */
    private void keepMasterPlatform() {
        platforms.values().removeIf(zone -> {
            boolean dead = zone.readable() && zone.energyMicrojoules() == 0;
            if (dead) {
                note(zone.folder() + " (" + zone.title() + ") shows 0: this board does not meter the platform there");
            }
            return dead;
        });
        boolean first = true;
        for (var zones = platforms.values().iterator(); zones.hasNext(); first = false) {
            Zone zone = zones.next();
            if (!first) {
                note(zone.folder() + " (" + zone.title()
                        + ") is left out: which part of the machine a second platform meter covers is not known");
                zones.remove();
            }
        }
    }

    /** In one line for all domains: a sum with a part missing would pass for the whole. */
    private void tellUnreadable() {
        List<Zone> unreadable = new ArrayList<>();
        StringBuilder domains = new StringBuilder();
        for (Domain domain : List.of(Domain.CPU, Domain.DRAM, Domain.PLATFORM)) {
            List<Zone> denied = byName(domain).values().stream()
                    .filter(zone -> !zone.readable())
                    .toList();
            boolean matters = domain.component() != Component.OTHER || packages.isEmpty() || !unreadable.isEmpty();
            if (!denied.isEmpty() && matters) {
                unreadable.addAll(denied);
                domains.append(domains.isEmpty() ? "" : " and ").append(domain.id());
            } else if (!denied.isEmpty()) {
                note("no platform energy: " + denied.get(0).unreadable());
            }
        }
        if (!unreadable.isEmpty()) {
            remarks.add(PowercapFindings.unreadable(domains.toString(), unreadable));
        }
    }

    private void tellWithoutRange(boolean kernelTree) {
        for (Zone zone : packages.values()) {
            if (kernelTree && zone.readable() && zone.rangeMicrojoules() == 0) {
                note(
                        zone.folder().resolve("max_energy_range_uj")
                                + " cannot be read: each time that counter starts again at 0 the energy of that tick is unknown");
            }
        }
    }

    private void note(String text) {
        remarks.add(Finding.note(RaplEnergySource.ID, text, ""));
    }

    private static @Nullable Zone firstUnreadable(Iterable<Zone> zones) {
        for (Zone zone : zones) {
            if (!zone.readable()) {
                return zone;
            }
        }
        return null;
    }
}
