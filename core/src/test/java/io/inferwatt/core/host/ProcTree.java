package io.inferwatt.core.host;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;

/** A proc file system of processes and their sockets, as real files. */
public final class ProcTree {

    private static final String HEADER =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

    private final Path root;
    private final StringBuilder tcp = new StringBuilder(HEADER);
    private final StringBuilder tcp6 = new StringBuilder(HEADER);

    public ProcTree(Path root) throws IOException {
        this.root = root;
        Files.createDirectories(root.resolve("net"));
        writeSockets();
    }

    public Path root() {
        return root;
    }

    /** Makes the id of the process that reads. */
    public ProcTree self(int pid) throws IOException {
        Files.createSymbolicLink(root.resolve("self"), Path.of(Integer.toString(pid)));
        return this;
    }

    /** Writes what a process has used in hundredths of a second, itself and its ended children. */
    public ProcTree process(int pid, int parent, String name, long ownSteps, long childrenSteps) throws IOException {
        return stat(pid, parent, name, 'S', ownSteps, childrenSteps);
    }

    public ProcTree stat(int pid, int parent, String name, char state, long ownSteps, long childrenSteps)
            throws IOException {
        if (!Files.exists(folder(pid))) {
            Files.createDirectories(folder(pid).resolve("fd"));
        }
        long system = ownSteps / 3;
        long childrenSystem = childrenSteps / 4;
        Files.writeString(
                folder(pid).resolve("stat"),
                pid + " (" + name + ") " + state + " " + parent + " 1 1 0 -1 4194560 1 2 3 4 " + (ownSteps - system)
                        + " "
                        + system + " " + (childrenSteps - childrenSystem) + " " + childrenSystem
                        + " 20 0 12 0 4711 1 2 3\n");
        return this;
    }

    /** Ends a process as far as its parent has waited for it. */
    public void end(int pid) throws IOException {
        Files.writeString(folder(pid).resolve("stat"), ""); // an open file of an ended process cannot be read
        try (Stream<Path> files = Files.walk(folder(pid))) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Gives a process an open file that is a socket. */
    public ProcTree holds(int pid, int fd, long inode) throws IOException {
        Path files = Files.createDirectories(folder(pid).resolve("fd"));
        Files.createSymbolicLink(files.resolve(Integer.toString(fd)), Path.of("socket:[" + inode + "]"));
        return this;
    }

    /** Makes a socket listen on an address given in bytes as the network has them, for instance {@code 7f000001}. */
    public ProcTree listens(String address, int port, long inode, long userId) throws IOException {
        return socket(address, port, "0A", inode, userId);
    }

    public ProcTree socket(String address, int port, String state, long inode, long userId) throws IOException {
        StringBuilder table = address.length() == 8 ? tcp : tcp6;
        table.append(String.format(
                "%4d: %s:%04X %s:0000 %s 00000000:00000000 00:00000000 00000000 %5d        0 %d 1 0 100 0 0 10 0%n",
                7, asWords(address), port, "0".repeat(address.length()), state, userId, inode));
        writeSockets();
        return this;
    }

    public ProcTree closeAllSockets() throws IOException {
        tcp.setLength(HEADER.length());
        tcp6.setLength(HEADER.length());
        writeSockets();
        return this;
    }

    private void writeSockets() throws IOException {
        Files.writeString(root.resolve("net/tcp"), tcp);
        Files.writeString(root.resolve("net/tcp6"), tcp6);
    }

    public Path folder(int pid) {
        return root.resolve(Integer.toString(pid));
    }

    private static String asWords(String address) {
        if (ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN) {
            return address.toUpperCase(Locale.ROOT);
        }
        byte[] bytes = HexFormat.of().parseHex(address);
        byte[] words = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            words[i] = bytes[i / 4 * 4 + 3 - i % 4];
        }
        return HexFormat.of().withUpperCase().formatHex(words);
    }
}
