package io.inferwatt.core.energy.rapl;

import io.inferwatt.core.energy.EnergyReadException;
import io.inferwatt.core.energy.NumberFile;
import io.inferwatt.core.energy.UnwrappingCounter;
import io.inferwatt.core.input.SmallFile;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Lists the zones under a root, whichever of the kernel's views it is: flat, nested or by control type. */
final class ZoneScan {

    /** Root, control type, package, part of a package. */
    private static final int MAX_DEPTH = 4;

    private ZoneScan() {}

    /** Returns the folders of the zones by id, in order of the ids; none where the root does not exist. */
    static SortedMap<String, Path> folders(Path root) {
        SortedMap<String, Path> byId = new TreeMap<>();
        collect(root, MAX_DEPTH, byId);
        return byId;
    }

    /** Reads all files of the zones once. */
    static List<Zone> zones(SortedMap<String, Path> folders) {
        List<Zone> zones = new ArrayList<>();
        for (Map.Entry<String, Path> entry : folders.entrySet()) {
            zones.add(zone(entry.getValue(), entry.getKey()));
        }
        return zones;
    }

    private static void collect(Path folder, int depth, SortedMap<String, Path> byId) {
        if (depth == 0) {
            return;
        }
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "intel-rapl*")) {
            stream.forEach(entries::add);
        } catch (IOException | DirectoryIteratorException e) {
            // Not a folder or masked: it holds no zones, and a zone without its files says so itself.
            return;
        }
        // The nearest first, so that a zone that shows in several places has the same folder each time.
        for (Path entry : entries) {
            String id = String.valueOf(entry.getFileName());
            if (id.indexOf(':') > 0) {
                byId.putIfAbsent(id, entry);
            }
        }
        for (Path entry : entries) {
            collect(entry, depth - 1, byId);
        }
    }

    private static Zone zone(Path folder, String id) {
        String unreadable = null;
        long microjoules = 0;
        try (NumberFile energy = new NumberFile(folder.resolve("energy_uj"))) {
            microjoules = energy.read(0);
        } catch (EnergyReadException e) {
            unreadable = e.getMessage();
        }
        boolean masked = unreadable != null && Files.isSymbolicLink(folder) && !Files.exists(folder);
        return new Zone(folder, id, name(folder), range(folder), microjoules, unreadable, masked);
    }

    private static @Nullable String name(Path folder) {
        return SmallFile.word(folder.resolve("name"));
    }

    private static long range(Path folder) {
        try (NumberFile range = new NumberFile(folder.resolve("max_energy_range_uj"))) {
            return range.read(0);
        } catch (EnergyReadException e) {
            return UnwrappingCounter.NO_RANGE;
        }
    }
}
