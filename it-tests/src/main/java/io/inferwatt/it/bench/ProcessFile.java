package io.inferwatt.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What the kernel says of a process that runs. Linux only. */
record ProcessFile(long pid) {

    /** Returns the resident memory now, in megabytes of 10^6 bytes. */
    double residentMegabytes() throws IOException {
        return status("VmRSS:") * 1024 / 1e6;
    }

    /** Returns the most that it ever had resident, in megabytes of 10^6 bytes. */
    double peakMegabytes() throws IOException {
        return status("VmHWM:") * 1024 / 1e6;
    }

    /** Returns how many threads it has, those of the JVM's own included. */
    double threads() throws IOException {
        return status("Threads:");
    }

    /** Returns its processor time so far, user and system, in seconds; the kernel counts it in hundredths. */
    double cpuSeconds() {
        return ProcessHandle.of(pid)
                        .flatMap(process -> process.info().totalCpuDuration())
                        .orElse(Duration.ZERO)
                        .toNanos()
                / 1e9;
    }

    /** Returns the processor time of its thread of this name, in nanoseconds. */
    long threadCpuNanos(String name) throws IOException {
        String shown = name.substring(0, Math.min(name.length(), 15)); // the kernel keeps no more of it
        List<Path> threads;
        try (Stream<Path> all = Files.list(Path.of("/proc/" + pid + "/task"))) {
            threads = all.toList();
        }
        for (Path thread : threads) {
            if (Files.readString(thread.resolve("comm")).strip().equals(shown)) {
                return Long.parseLong(
                        Files.readString(thread.resolve("schedstat")).split(" ", 2)[0]);
            }
        }
        throw new IOException("process " + pid + " has no thread '" + shown + "'");
    }

    private double status(String field) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith(field)) {
                return Double.parseDouble(
                        line.substring(field.length()).replace("kB", "").strip());
            }
        }
        throw new IOException("no " + field + " of process " + pid);
    }
}
