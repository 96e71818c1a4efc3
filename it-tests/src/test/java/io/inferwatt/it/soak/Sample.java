package io.inferwatt.it.soak;

import io.inferwatt.it.jvm.Holdings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What a JVM held at one moment.
 *
 * @param second since the load began
 * @param committedKilobytes all memory that the JVM itself knows of, heap included, by native memory tracking
 * @param nativeKilobytes the same without heap, metaspace, compiled code and the tracking itself
 */
record Sample(
        long second,
        long liveBytes,
        long metaspaceKilobytes,
        long residentKilobytes,
        long committedKilobytes,
        long nativeKilobytes,
        int threads,
        int files) {

    private static final List<String> GROWING = List.of(
            "Java Heap",
            "Class",
            "Metaspace",
            "Code",
            "Symbol",
            "Native Memory Tracking",
            "Compiler",
            "Arena Chunk",
            "GC");

    static Sample of(Path java, long pid, long second) throws IOException, InterruptedException {
        Holdings holdings = Holdings.of(java, pid);
        List<String> memory = Holdings.jcmd(java, pid, "VM.native_memory", "summary");
        long committed = 0;
        long rest = 0;
        for (String line : memory) {
            int at = line.indexOf("committed=");
            if (at >= 0 && line.startsWith("Total:")) {
                committed = kilobytes(line, at);
                rest += committed;
            } else if (at >= 0 && line.startsWith("-") && GROWING.contains(name(line))) {
                rest -= kilobytes(line, at);
            }
        }
        return new Sample(
                second,
                holdings.liveBytes(),
                holdings.metaspaceKilobytes(),
                resident(pid),
                committed,
                rest,
                holdings.threads().size(),
                holdings.files().size());
    }

    /** A line is {@code -  Java Heap (reserved=...KB, committed=...KB)}. */
    private static String name(String line) {
        return line.substring(1, line.indexOf('(')).strip();
    }

    private static long kilobytes(String line, int at) {
        return Long.parseLong(line.substring(at + "committed=".length(), line.indexOf("KB", at)));
    }

    private static long resident(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(
                        line.substring("VmRSS:".length(), line.indexOf("kB")).strip());
            }
        }
        throw new IOException("no resident memory");
    }

    static String header() {
        return "| s | heap after GC, kB | metaspace, kB | RSS, kB | NMT committed, kB | of which other, kB | threads |"
                + " fds |\n"
                + "|---|---|---|---|---|---|---|---|";
    }

    String row() {
        return String.format(
                Locale.ROOT,
                "| %d | %d | %d | %d | %d | %d | %d | %d |",
                second,
                liveBytes / 1000,
                metaspaceKilobytes,
                residentKilobytes,
                committedKilobytes,
                nativeKilobytes,
                threads,
                files);
    }
}
