package io.inferwatt.core.energy.rapl;

import java.nio.file.Path;
import java.util.SortedMap;

/**
 * One powercap tree, to be looked at again and again.
 *
 * @param root the folder that holds it
 * @param vendor vendor id of the processor
 * @param kernels whether it is where the kernel shows its own, which always have names
 */
record ZoneTree(Path root, String vendor, boolean kernels) {

    /** Returns where the zones are now, without reading them. */
    SortedMap<String, Path> folders() {
        return ZoneScan.folders(root);
    }

    /** Reads the zones in these folders and decides which add up to what. */
    ZoneSelection select(SortedMap<String, Path> folders) {
        return ZoneSelection.of(root, ZoneScan.zones(folders), vendor, kernels);
    }
}
