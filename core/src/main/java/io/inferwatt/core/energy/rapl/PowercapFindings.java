package io.inferwatt.core.energy.rapl;

import io.inferwatt.core.energy.Finding;
import io.inferwatt.core.energy.Finding.Kind;
import java.nio.file.Path;
import java.util.List;

/** What to tell a person about trees that cannot be read, and what helps. None of it runs the application as root. */
final class PowercapFindings {

    private static final String IN_A_CONTAINER =
            "in a container mount the host's /sys read-only at /host/sys, or anywhere else and set energy.sysfs.root or"
                    + " energy.powercap.root";

    private PowercapFindings() {}

    /** @param zones those that cannot be read, at least one */
    static Finding unreadable(String domains, List<Zone> zones) {
        Zone first = zones.get(0);
        int others = zones.size() - 1;
        return Finding.lost(
                RaplEnergySource.ID,
                "no " + domains + " energy: " + first.unreadable()
                        + (others == 0 ? "" : " (" + others + " more alike)"),
                "let the group of this process read it by a udev or tmpfiles rule such as 'z " + first.energyFile()
                        + " 0440 root <group>' in /etc/tmpfiles.d, and put the service into it (systemd:"
                        + " SupplementaryGroups; docker: --group-add; Kubernetes: supplementalGroups); "
                        + IN_A_CONTAINER);
    }

    /** The class folder shows links to the kernel's zones, which lead nowhere. */
    static Finding masked(Path root) {
        return Finding.lost(
                RaplEnergySource.ID,
                "the zones in " + root + " are hidden from this process, as container runtimes do even for root",
                "mount the host's /sys read-only at /host/sys (docker: -v /sys:/host/sys:ro; Kubernetes: a hostPath"
                        + " volume), or anywhere else and set energy.sysfs.root or energy.powercap.root");
    }

    static Finding noZones(List<Path> roots, Kind kind) {
        return new Finding(
                RaplEnergySource.ID,
                kind,
                "no powercap zones in " + roots + ", as in most virtual machines",
                "on x86 hardware of your own load the kernel module intel_rapl_msr; " + IN_A_CONTAINER);
    }
}
