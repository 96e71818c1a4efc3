package io.inferwatt.agent.command;

import io.inferwatt.core.energy.rapl.PowercapTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A machine of two packages as real files in place of /sys and /proc, whose energy counters a thread moves. */
final class Server implements AutoCloseable {

    /** Unlike, as two packages are: counters that always agree would be taken for two views of one register. */
    private static final double[] PACKAGE_WATTS = {60, 80};

    private static final double[] MEMORY_WATTS = {5, 7};

    /** Large, so that the number never gets longer, and one write in place is one number. */
    private static final long FIRST_MICROJOULES = 10_000_000_000L;

    private final Path folder;
    private final PowercapTree tree;
    private final Map<Path, Double> wattsByFile = new LinkedHashMap<>();
    private final Thread writer = new Thread(this::write, "writer");
    private volatile boolean closed;

    private Server(Path folder) throws IOException {
        this.folder = folder;
        tree = PowercapTree.below(folder.resolve("sys"));
    }

    /** Returns a machine with a processor and memory, without any meter. */
    static Server bare(Path folder, String flags) throws IOException {
        Path proc = Files.createDirectories(folder.resolve("proc"));
        Files.createDirectories(proc.resolve("sys/kernel"));
        Files.writeString(proc.resolve("sys/kernel/hostname"), "node-7\n");
        Files.writeString(proc.resolve("meminfo"), "MemTotal:       65536000 kB\n");
        StringBuilder cpuinfo = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            cpuinfo.append("processor\t: ").append(i).append("\nvendor_id\t: GenuineIntel\n");
            cpuinfo.append("model name\t: Intel(R) Xeon(R) Gold 6338 CPU @ 2.00GHz\nphysical id\t: ")
                    .append(i / 4);
            cpuinfo.append("\nflags\t\t: fpu vme ").append(flags).append("\n\n");
        }
        Files.writeString(proc.resolve("cpuinfo"), cpuinfo);
        return new Server(folder);
    }

    /** Returns a machine with RAPL in both packages and their memory. */
    static Server metered(Path folder) throws IOException {
        Server server = bare(folder, "");
        for (int i = 0; i < 2; i++) {
            server.zone("intel-rapl:" + i, "package-" + i, PACKAGE_WATTS[i]);
            server.zone("intel-rapl:" + i + ":0", "dram", MEMORY_WATTS[i]);
        }
        server.writer.setDaemon(true);
        return server;
    }

    private void zone(String id, String name, double watts) throws IOException {
        tree.zone(id, name, first(watts));
        wattsByFile.put(tree.energyFile(id), watts);
    }

    private static long first(double watts) {
        return FIRST_MICROJOULES + (long) (watts * 1_000_000_000);
    }

    /** Makes a counter unreadable for everybody. */
    Server deny(String id) throws IOException {
        wattsByFile.remove(tree.energyFile(id));
        tree.unreadable(id);
        return this;
    }

    Server moving() {
        writer.start();
        return this;
    }

    Path energyFile(String id) {
        return tree.energyFile(id);
    }

    Path sysRoot() {
        return folder.resolve("sys");
    }

    /** Returns a terminal whose settings name this machine's files. */
    Terminal terminal() {
        return new Terminal().set("energy.sysfs.root", sysRoot()).set("energy.procfs.root", folder.resolve("proc"));
    }

    private void write() {
        try {
            Map<FileChannel, Double> channels = new LinkedHashMap<>();
            for (Map.Entry<Path, Double> entry : wattsByFile.entrySet()) {
                channels.put(FileChannel.open(entry.getKey(), StandardOpenOption.WRITE), entry.getValue());
            }
            long begin = System.nanoTime();
            while (!closed) {
                for (Map.Entry<FileChannel, Double> entry : channels.entrySet()) {
                    double microjoules = entry.getValue() * (System.nanoTime() - begin) / 1000;
                    String number = (first(entry.getValue()) + (long) microjoules) + "\n";
                    entry.getKey().write(ByteBuffer.wrap(number.getBytes(StandardCharsets.US_ASCII)), 0);
                }
                LockSupport.parkNanos(1_000_000);
            }
            for (FileChannel channel : channels.keySet()) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        writer.join();
    }
}
