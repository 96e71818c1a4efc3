package io.inferwatt.core.energy.hwmon;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Lists the chips of a machine, each once, whichever way the tree leads to it. */
final class ChipScan {

    private ChipScan() {}

    /** Returns the chips in order of their folders; none where there is no such tree. */
    static List<Chip> chips(Path sysRoot) {
        Map<Path, Chip> byFolder = new TreeMap<>();
        for (Path folder : entries(sysRoot.resolve("class/hwmon"), "hwmon*")) {
            add(folder, byFolder);
        }
        // Where the class folder is not mounted, a container may still see the card.
        for (Path card : entries(sysRoot.resolve("class/drm"), "card*")) {
            for (Path folder : entries(card.resolve("device/hwmon"), "hwmon*")) {
                add(folder, byFolder);
            }
        }
        return new ArrayList<>(byFolder.values());
    }

    /** Returns the entries of a folder whose names match; none where it cannot be listed. */
    static List<Path> entries(Path folder, String glob) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, glob)) {
            stream.forEach(entries::add);
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        entries.sort(null);
        return entries;
    }

    private static void add(Path folder, Map<Path, Chip> byFolder) {
        Path real = real(folder);
        if (real == null || byFolder.containsKey(real)) {
            return;
        }
        String driver = Chip.text(real.resolve("name"));
        if (driver == null) {
            driver = Chip.text(real.resolve("device/name")); // as drivers of the old kind have it
        }
        if (driver != null) {
            byFolder.put(real, new Chip(real, driver, device(real)));
        }
    }

    private static Path device(Path folder) {
        Path linked = real(folder.resolve("device"));
        Path parent = folder.getParent();
        Path above = parent == null ? null : parent.getParent();
        if (linked != null) {
            return linked;
        }
        return parent != null && above != null && parent.endsWith("hwmon") ? above : folder;
    }

    private static @Nullable Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return null;
        }
    }
}
