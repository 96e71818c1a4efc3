package io.inferwatt.it.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Energy counters of one processor package, alone or with its memory, in files as the kernel shows them. A thread of this
 * JVM, which is not the one under measurement, advances them until the end: 40 W each.
 */
final class PowercapTree implements AutoCloseable {

    private static final long FIRST_MICROJOULES = 1_000_000_000;
    private static final long RANGE_MICROJOULES = 262_143_328_850L;
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long STEP_MICROJOULES = 200_000;

    /** No disk, as the kernel's own tree is on none: a file on one would write down when it was read last. */
    private static final Path MEMORY = Path.of("/dev/shm");

    private final Path root;
    private final List<Path> folders = new ArrayList<>();
    private final List<FileChannel> counters = new ArrayList<>();
    private final Thread thread = new Thread(this::advance, "powercap");
    private volatile boolean closing;

    private PowercapTree(Path root) {
        this.root = root;
        thread.setDaemon(true);
    }

    /**
     * Creates the tree and starts to draw.
     *
     * @param domains 1 for the package alone, 2 with its memory
     */
    static PowercapTree ofDomains(int domains) throws IOException {
        Path root = Files.isWritable(MEMORY)
                ? Files.createTempDirectory(MEMORY, "inferwatt-bench")
                : Files.createTempDirectory("inferwatt-bench");
        PowercapTree tree = new PowercapTree(root);
        tree.zone("intel-rapl:0", "package-0");
        if (domains > 1) {
            tree.zone("intel-rapl:0:0", "dram");
        }
        tree.thread.start();
        return tree;
    }

    private void zone(String folderName, String name) throws IOException {
        Path folder = Files.createDirectory(root.resolve(folderName));
        folders.add(folder);
        Files.writeString(folder.resolve("name"), name + "\n");
        Files.writeString(folder.resolve("max_energy_range_uj"), RANGE_MICROJOULES + "\n");
        Path counter = folder.resolve("energy_uj");
        Files.writeString(counter, FIRST_MICROJOULES + "\n");
        counters.add(FileChannel.open(counter, StandardOpenOption.WRITE));
    }

    Path root() {
        return root;
    }

    private void advance() {
        try {
            for (long microjoules = FIRST_MICROJOULES; !closing; microjoules += STEP_MICROJOULES) {
                // As many digits as before for 45,000 s, so that no reader meets half a number.
                byte[] text = (microjoules + "\n").getBytes(StandardCharsets.US_ASCII);
                for (FileChannel counter : counters) {
                    counter.write(ByteBuffer.wrap(text), 0);
                }
                LockSupport.parkNanos(STEP_NANOS);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() throws IOException {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        for (FileChannel counter : counters) {
            counter.close();
        }
        for (Path folder : folders) {
            for (String file : List.of("name", "max_energy_range_uj", "energy_uj")) {
                Files.delete(folder.resolve(file));
            }
            Files.delete(folder);
        }
        Files.delete(root);
    }
}
