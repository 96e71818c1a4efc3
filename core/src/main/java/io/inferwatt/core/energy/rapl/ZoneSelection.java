package io.inferwatt.core.energy.rapl;

import io.inferwatt.core.energy.Finding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Decides which zones of one tree add up to the processors and the memory of the machine, so that no joule counts twice.
 * Decides by name, never by index: {@code intel-rapl:1} is the platform on a laptop and the second package on a server.
 *
 * @param packages the zones whose sum is all processors; empty if that sum cannot be had
 * @param memory the zones whose sum is all memory; empty if there is none or the sum cannot be had
 * @param passedIn whether names are missing, as in a tree that a hypervisor fills for its guest
 * @param remarks what was left out and why
 */
record ZoneSelection(List<Zone> packages, List<Zone> memory, boolean passedIn, List<Finding> remarks) {

    /**
     * @param vendor vendor id of the processor
     * @param kernelTree whether the zones are the kernel's own, which always have names
     */
    static ZoneSelection of(List<Zone> zones, String vendor, boolean kernelTree) {
        List<Finding> remarks = new ArrayList<>();
        Map<String, Zone> packages = new LinkedHashMap<>();
        Map<String, Zone> memory = new LinkedHashMap<>();
        Map<String, String> topLevelNames = new LinkedHashMap<>();
        boolean passedIn = false;
        for (Zone zone : zones) {
            if (zone.topLevel()) {
                topLevelNames.put(zone.id(), nameOr(zone, zone.id()));
            }
        }
        for (Zone zone : zones) {
            if (zone.name() == null && (kernelTree || !zone.topLevel())) {
                if (kernelTree) {
                    remarks.add(note(zone.folder() + " has no readable file name, so it is left out"));
                }
                continue;
            }
            String name = nameOr(zone, "package-" + zone.id());
            if (name.startsWith("package-")) {
                passedIn |= zone.name() == null;
                keepBetter(packages, name, zone);
            } else if (name.equals("dram")) {
                String owner = topLevelNames.getOrDefault(zone.topLevelId(), zone.topLevelId());
                keepBetter(memory, zone.topLevel() ? zone.id() : owner, zone);
            } else if (name.equals("psys")) {
                remarks.add(note(zone.folder()
                        + " (psys) meters the whole platform with the packages inside, so it is left out of the sum"));
            }
        }
        List<Zone> packageZones = mirrorsDies(vendor) ? onePerSocket(packages) : new ArrayList<>(packages.values());
        List<Zone> wholePackages = complete("cpu", packageZones, remarks);
        List<Zone> wholeMemory = complete("dram", new ArrayList<>(memory.values()), remarks);
        return new ZoneSelection(wholePackages, wholeMemory, passedIn, List.copyOf(remarks));
    }

    private static String nameOr(Zone zone, String other) {
        String name = zone.name();
        return name == null ? other : name;
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

    private static List<Zone> onePerSocket(Map<String, Zone> packages) {
        Set<String> sockets = new HashSet<>();
        List<Zone> kept = new ArrayList<>();
        for (Map.Entry<String, Zone> entry : packages.entrySet()) {
            int die = entry.getKey().indexOf("-die-");
            String socket = die < 0 ? entry.getKey() : entry.getKey().substring(0, die);
            if (sockets.add(socket)) {
                kept.add(entry.getValue());
            }
        }
        return kept;
    }

    /** Returns the zones if all can be read: a sum with a part missing would pass for the whole. */
    private static List<Zone> complete(String domain, List<Zone> zones, List<Finding> remarks) {
        boolean whole = true;
        for (Zone zone : zones) {
            if (!zone.readable()) {
                whole = false;
                remarks.add(Finding.lost(
                        RaplEnergySource.ID, "no " + domain + " energy: " + zone.unreadable(), remedy(zone)));
            }
        }
        return whole ? List.copyOf(zones) : List.of();
    }

    private static Finding note(String text) {
        return Finding.note(RaplEnergySource.ID, text, "");
    }

    private static String remedy(Zone zone) {
        return "let the group of this process read it by a udev or tmpfiles rule such as 'z " + zone.energyFile()
                + " 0440 root <group>' in /etc/tmpfiles.d (a plain chmod is lost at reboot); in a container mount the"
                + " host's /sys read-only at a place of its own and set energy.sysfs.root or energy.powercap.root";
    }
}
