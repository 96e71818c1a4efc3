package io.inferwatt.it.bench;

import io.inferwatt.core.energy.EnergyCounter;
import io.inferwatt.core.energy.EnergySource;
import io.inferwatt.core.energy.SourceContext;
import io.inferwatt.core.energy.SourceContext.ModelConstants;
import io.inferwatt.core.energy.modelled.ModelledEnergySource;
import io.inferwatt.core.energy.rapl.RaplEnergySource;
import io.inferwatt.core.host.HostCpuClock;
import io.inferwatt.core.host.HostFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What there is to read. Another source is another constant that makes its files below a folder in place of /sys. */
public enum ReadableMeter {
    RAPL_1_ZONE(new RaplEnergySource()) {
        @Override
        void plant(Path sys) throws IOException {
            zones(sys, 1);
        }
    },
    RAPL_4_ZONES(new RaplEnergySource()) {
        @Override
        void plant(Path sys) throws IOException {
            zones(sys, 4);
        }
    },
    MODEL(new ModelledEnergySource());

    private static final long RANGE_MICROJOULES = 262_143_328_850L;
    private static final Path MEMORY = Path.of("/dev/shm");

    private final EnergySource source;
    private Path root = Path.of("");

    ReadableMeter(EnergySource source) {
        this.source = source;
    }

    /** Makes the files that the source reads. */
    void plant(Path sys) throws IOException {}

    /** Returns the counters of the source, at least one. */
    List<EnergyCounter> open() throws IOException {
        root = Files.isWritable(MEMORY)
                ? Files.createTempDirectory(MEMORY, "inferwatt-bench")
                : Files.createTempDirectory("inferwatt-bench");
        plant(root);
        List<EnergyCounter> counters = source.discover(context()).counters();
        if (counters.isEmpty()) {
            throw new IllegalStateException(this + " finds nothing in " + root);
        }
        return counters;
    }

    void close() throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            walk.sorted(Comparator.reverseOrder()).forEach(ReadableMeter::delete);
        }
    }

    private SourceContext context() {
        return new SourceContext(
                root,
                root.resolve("proc"),
                List.of(root.resolve("class/powercap")),
                Optional.empty(),
                new HostFacts("host", "a processor", "GenuineIntel", 4, 8, 32L << 30, null),
                new SteadyClock(),
                ModelConstants.NONE,
                1000);
    }

    private static void zones(Path sys, int zones) throws IOException {
        for (int i = 0; i < zones; i++) {
            Path folder = Files.createDirectories(sys.resolve("class/powercap/intel-rapl:" + i));
            Files.writeString(folder.resolve("name"), "package-" + i + "\n");
            Files.writeString(folder.resolve("max_energy_range_uj"), RANGE_MICROJOULES + "\n");
            // Apart from each other: equal ones would be taken for one register shown twice.
            Files.writeString(folder.resolve("energy_uj"), (100_000_000_000L + 7_000_000_000L * i) + "\n");
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Half of 8 threads busy in each step of time; the sampler's real clock is read once a tick for all. */
    private static final class SteadyClock implements HostCpuClock {

        private long totalNanos;

        @Override
        public long busyNanos() {
            totalNanos += 160_000;
            return totalNanos / 2;
        }

        @Override
        public long totalNanos() {
            return totalNanos;
        }
    }
}
