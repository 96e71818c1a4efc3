package io.inferwatt.core.energy.rapl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Builds a powercap tree of real files, as the kernel lays it out, for tests. */
public final class PowercapTree {

    public static final long INTEL_RANGE = 262_143_328_850L;

    private final Path root;

    /** @param root folder in place of {@code class/powercap} */
    public PowercapTree(Path root) throws IOException {
        this.root = Files.createDirectories(root);
    }

    public static PowercapTree below(Path sysRoot) throws IOException {
        return new PowercapTree(sysRoot.resolve("class/powercap"));
    }

    public Path root() {
        return root;
    }

    /** Adds a zone such as {@code intel-rapl:0} or its part {@code intel-rapl:0:1}, which shows flat and nested. */
    public PowercapTree zone(String id, String name, long energyMicrojoules) throws IOException {
        return zone(id, name, energyMicrojoules, INTEL_RANGE);
    }

    public PowercapTree zone(String id, String name, long energyMicrojoules, long rangeMicrojoules) throws IOException {
        Path folder = create(id);
        Files.writeString(folder.resolve("name"), name + "\n");
        Files.writeString(folder.resolve("max_energy_range_uj"), rangeMicrojoules + "\n");
        return energy(id, energyMicrojoules);
    }

    /** Adds a zone with its energy alone, as a hypervisor passes it to a guest. */
    public PowercapTree namelessZone(String id, long energyMicrojoules) throws IOException {
        create(id);
        return energy(id, energyMicrojoules);
    }

    public PowercapTree energy(String id, long microjoules) throws IOException {
        Files.writeString(folder(id).resolve("energy_uj"), microjoules + "\n");
        return this;
    }

    public PowercapTree withoutRange(String id) throws IOException {
        Files.delete(folder(id).resolve("max_energy_range_uj"));
        return this;
    }

    /** Tests may run as root, whom no mode stops: a folder in place of the file cannot be read by anybody. */
    public PowercapTree unreadable(String id) throws IOException {
        Path energy = folder(id).resolve("energy_uj");
        Files.deleteIfExists(energy);
        Files.createDirectory(energy);
        return this;
    }

    /** Leaves the link in the class folder and takes away what it leads to, as container runtimes do. */
    public PowercapTree masked(String id) throws IOException {
        Files.createSymbolicLink(root.resolve(id), Path.of("nowhere", id));
        return this;
    }

    public PowercapTree vanish(String id) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder(id))) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
        return this;
    }

    public Path energyFile(String id) {
        return folder(id).resolve("energy_uj");
    }

    private Path folder(String id) {
        int last = id.lastIndexOf(':');
        boolean part = id.indexOf(':') != last;
        return part ? root.resolve(id.substring(0, last)).resolve(id) : root.resolve(id);
    }

    private Path create(String id) throws IOException {
        Path folder = Files.createDirectories(folder(id));
        Path flat = root.resolve(id);
        if (!folder.equals(flat)) {
            Files.createSymbolicLink(flat, folder);
        }
        return folder;
    }
}
