package io.inferwatt.core.energy.rapl;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One folder of a powercap tree. The file {@code enabled} in it is about power limits and says nothing about the meter.
 *
 * @param folder where its files are
 * @param id name of the folder, {@code intel-rapl:0:1}
 * @param name what the kernel calls it, {@code package-0} or {@code dram}; null where there is no file {@code name}
 * @param rangeMicrojoules where the register wraps, 0 if unknown
 * @param energyMicrojoules what the register showed when the tree was listed, 0 if it cannot be read
 * @param unreadable why its energy cannot be read, or null if it can
 * @param masked whether it is a link to nowhere, which container runtimes make of the kernel's zones
 */
record Zone(
        Path folder,
        String id,
        @Nullable String name,
        long rangeMicrojoules,
        long energyMicrojoules,
        @Nullable String unreadable,
        boolean masked) {

    Path energyFile() {
        return folder.resolve("energy_uj");
    }

    boolean readable() {
        return unreadable == null;
    }

    /** Returns whether it hangs directly under the control type: a package or the whole platform. */
    boolean topLevel() {
        return id.indexOf(':') == id.lastIndexOf(':');
    }

    /** Returns whether it is read through memory-mapped registers, a second window on meters that MSRs show too. */
    boolean memoryMapped() {
        return id.startsWith("intel-rapl-mmio");
    }

    /** Returns the id of the zone it belongs to, its own if it is a top-level one. */
    String topLevelId() {
        int first = id.indexOf(':');
        int second = id.indexOf(':', first + 1);
        return second < 0 ? id : id.substring(0, second);
    }

    /** Returns its name, or its id where it has none. */
    String title() {
        String known = name;
        return known == null ? id : known;
    }
}
