package io.inferwatt.core.energy.rapl;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One folder of a powercap tree.
 *
 * @param folder where its files are
 * @param id name of the folder, {@code intel-rapl:0:1}
 * @param name what the kernel calls it, {@code package-0} or {@code dram}; null where there is no file {@code name}
 * @param rangeMicrojoules where the register wraps, 0 if unknown
 * @param unreadable why its energy cannot be read, or null if it can
 */
record Zone(
        Path folder,
        String id,
        @Nullable String name,
        long rangeMicrojoules,
        @Nullable String unreadable) {

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
}
