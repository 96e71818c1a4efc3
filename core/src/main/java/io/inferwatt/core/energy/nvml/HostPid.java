package io.inferwatt.core.energy.nvml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The number by which a driver knows this process. In a container the process itself knows another one. */
final class HostPid {

    static final long UNKNOWN = -1;

    /** The kernel gives its first namespace of process ids this number, include/linux/proc_ns.h. */
    private static final String FIRST_NAMESPACE = "pid:[4026531836]";
    /** Thread number 2 of every Linux kernel, seen in the first namespace alone. */
    private static final String KERNEL_THREADS = "kthreadd";

    private static final String ALL_NAMESPACES = "NSpid:";

    private HostPid() {}

    /**
     * Returns the number, or {@link #UNKNOWN}.
     *
     * @param procRoot the proc file system of this process or of the host; the latter tells the number of the host even in
     *     a container
     */
    static long in(Path procRoot) {
        try {
            if (Files.exists(procRoot.resolve("self/status"))) {
                return showsTheHost(procRoot) ? outermost(procRoot.resolve("self/status")) : UNKNOWN;
            }
            return NvmlLibrary.isWindows() ? ProcessHandle.current().pid() : UNKNOWN;
        } catch (IOException | NumberFormatException | UnsupportedOperationException e) {
            return UNKNOWN; // not told, so not known: the figures say that others may use the GPU
        }
    }

    private static boolean showsTheHost(Path procRoot) throws IOException {
        Path namespace = procRoot.resolve("self/ns/pid");
        if (Files.isSymbolicLink(namespace)
                && Files.readSymbolicLink(namespace).toString().equals(FIRST_NAMESPACE)) {
            return true;
        }
        Path second = procRoot.resolve("2/comm");
        return Files.isReadable(second) && Files.readString(second).strip().equals(KERNEL_THREADS);
    }

    /** Returns the first of the numbers, which is that of the namespace for which this tree was mounted. */
    private static long outermost(Path status) throws IOException {
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith(ALL_NAMESPACES)) {
                return Long.parseLong(
                        line.substring(ALL_NAMESPACES.length()).strip().split("\\s+", -1)[0]);
            }
        }
        return UNKNOWN;
    }
}
