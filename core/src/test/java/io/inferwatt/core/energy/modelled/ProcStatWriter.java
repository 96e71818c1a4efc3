package io.inferwatt.core.energy.modelled;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.DoubleUnaryOperator;

/**
 * A machine's {@code /proc/stat}, moved on by a thread of its own as the kernel does it: in place, in whole hundredths of a
 * second, each hardware thread rounded down for itself.
 */
final class ProcStatWriter implements AutoCloseable {

    private static final double JIFFIES_PER_SECOND = 100;

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final FileChannel stat;
    private final int hardwareThreads;
    private final DoubleUnaryOperator loadAtSeconds;

    private double seconds;
    private double busySecondsEach = 1234.567;
    private double idleSecondsEach = 9876.543;

    /** @param loadAtSeconds busy part of all processor time at a moment, 0 to 1, spread evenly over the hardware threads */
    ProcStatWriter(Path procRoot, int hardwareThreads, DoubleUnaryOperator loadAtSeconds) throws IOException {
        this.stat = FileChannel.open(procRoot.resolve("stat"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        this.hardwareThreads = hardwareThreads;
        this.loadAtSeconds = loadAtSeconds;
        write();
    }

    /** Lets the writing thread bring the file to a moment, in steps of a millisecond, and waits until it has. */
    void advanceTo(double untilSeconds) throws InterruptedException, ExecutionException, TimeoutException {
        thread.submit(() -> {
                    while (seconds < untilSeconds) {
                        double step = Math.min(0.001, untilSeconds - seconds);
                        double load = loadAtSeconds.applyAsDouble(seconds + step / 2);
                        busySecondsEach += load * step;
                        idleSecondsEach += (1 - load) * step;
                        seconds = step < 0.001 ? untilSeconds : seconds + step;
                    }
                    write();
                    return null;
                })
                .get(10, TimeUnit.SECONDS);
    }

    private void write() throws IOException {
        StringBuilder text = new StringBuilder();
        StringBuilder each = new StringBuilder();
        long busy = 0;
        long idle = 0;
        for (int i = 0; i < hardwareThreads; i++) {
            double phase = i / (hardwareThreads * JIFFIES_PER_SECOND);
            long busyHere = (long) ((busySecondsEach + phase) * JIFFIES_PER_SECOND);
            long idleHere = (long) ((idleSecondsEach + phase) * JIFFIES_PER_SECOND);
            busy += busyHere;
            idle += idleHere;
            each.append("cpu").append(i).append(' ').append(line(busyHere, idleHere));
        }
        text.append("cpu  ").append(line(busy, idle)).append(each).append("intr 1 2 3\nctxt 4\n");
        stat.write(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII)), 0);
    }

    /** A fifth of the busy time is the kernel's; waiting for I/O is idle. */
    private static String line(long busy, long idle) {
        return (busy - busy / 5) + " 0 " + busy / 5 + " " + (idle - idle / 7) + " " + idle / 7 + " 0 0 0 0 0\n";
    }

    @Override
    public void close() throws IOException {
        thread.shutdownNow();
        stat.close();
    }
}
