package io.inferwatt.core.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Processor time from the first line of {@code /proc/stat}: {@code cpu user nice system idle iowait irq softirq steal}, in
 * hundredths of a second on every Linux that a JVM runs on; guest time is part of user. Inside a container the file is
 * the host's, which is what host power follows. A reading costs 3.4 µs on two processors and no garbage; OSHI's
 * {@code getSystemCpuLoadTicks} reads and splits the whole file, 12 to 20 µs and 26 KB, and therefore repeats its values for 300 ms.
 *
 * <p>In ticks that follow a reading within {@link #LONGEST_CARRY_NANOS} the values go on at the rates between the two
 * readings before; the next reading puts right what that missed, or, since nothing here ever decreases, waits for the
 * file to catch up.
 */
final class ProcStatCpuClock implements SampledCpuClock {

    private static final long NANOS_PER_UNIT = 10_000_000L;
    private static final int COLUMNS = 8;

    /** More do not fit, and are no time. */
    private static final int MOST_DIGITS = 18;

    /**
     * Of more at once only this counts, three years: since the start of a large machine so much may have passed that its nanoseconds
     * do not fit, and who reads this clock takes differences.
     */
    private static final long MOST_AT_ONCE = 10_000_000_000L;

    private static final int IDLE = 3;
    private static final int IOWAIT = 4;
    private static final int STEAL = 7;

    private final Path stat;
    /** Room for "cpu" and ten numbers of 20 digits. */
    private final ByteBuffer line = ByteBuffer.allocateDirect(256);

    private final long[] columns = new long[COLUMNS];
    private final long[] lastColumns = new long[COLUMNS];

    private final byte[] text = new byte[256];

    private @Nullable FileChannel channel;
    private long readNanos;
    private long readBusyNanos;
    private long readTotalNanos;
    private double busyRate;
    private double totalRate;
    private boolean started;
    private long busyNanos;
    private long totalNanos;

    ProcStatCpuClock(Path stat) {
        this.stat = stat;
    }

    @Override
    public long busyNanos() {
        return busyNanos;
    }

    @Override
    public long totalNanos() {
        return totalNanos;
    }

    @Override
    public void refresh(long nowNanos) {
        long since = nowNanos - readNanos;
        if (!started || since >= LONGEST_CARRY_NANOS) {
            long busyBefore = readBusyNanos;
            long totalBefore = readTotalNanos;
            read();
            busyRate = started ? (double) (readBusyNanos - busyBefore) / since : 0;
            totalRate = started ? (double) (readTotalNanos - totalBefore) / since : 0;
            readNanos = nowNanos;
            started = true;
            since = 0;
        }
        busyNanos = Math.max(busyNanos, readBusyNanos + (long) (busyRate * since));
        totalNanos = Math.max(totalNanos, readTotalNanos + (long) (totalRate * since));
    }

    private void read() {
        try {
            FileChannel open = channel;
            if (open == null) {
                open = FileChannel.open(stat, StandardOpenOption.READ);
                channel = open;
            }
            line.clear();
            int length = open.read(line, 0);
            if (parse(length)) {
                add();
            }
        } catch (IOException e) {
            // The values stay, so whoever divides by elapsed processor time sees that none passed.
            close();
        }
    }

    @Override
    public void close() {
        FileChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // Opened for reading only: nothing is lost, and the handle is released either way.
            }
        }
    }

    /** Each column on its own never steps back here, though idle and iowait may in the file. */
    private void add() {
        for (int i = 0; i < COLUMNS; i++) {
            long units = Math.max(0, columns[i] - lastColumns[i]);
            long nanos = Math.min(MOST_AT_ONCE, units) * NANOS_PER_UNIT;
            lastColumns[i] = columns[i];
            if (readTotalNanos > Long.MAX_VALUE - nanos) {
                return; // a file that is not the kernel's; the sum never steps back
            }
            readTotalNanos += nanos;
            if (i != IDLE && i != IOWAIT && i != STEAL) {
                readBusyNanos += nanos;
            }
        }
    }

    /** Returns whether the line was whole; columns that an old kernel does not write count as 0. */
    private boolean parse(int length) {
        if (length < 4) {
            return false;
        }
        line.get(0, text, 0, length); // once, not byte by byte: until C2 has seen it each costs 20 ns
        if (text[0] != 'c' || text[1] != 'p' || text[2] != 'u' || text[3] != ' ') {
            return false;
        }
        int at = 4;
        int column = 0;
        while (column < COLUMNS) {
            while (at < length && text[at] == ' ') {
                at++;
            }
            if (at >= length || text[at] == '\n') {
                break;
            }
            long value = 0;
            int first = at;
            for (; at < length && text[at] >= '0' && text[at] <= '9'; at++) {
                value = value * 10 + (text[at] - '0');
            }
            if (at - first > MOST_DIGITS) {
                return false;
            }
            if (at >= length || (text[at] != ' ' && text[at] != '\n')) {
                return false;
            }
            columns[column++] = value;
        }
        boolean whole = column > IDLE;
        while (column < COLUMNS) {
            columns[column++] = 0;
        }
        return whole;
    }
}
