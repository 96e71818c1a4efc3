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
 * the host's, which is what host power follows. No garbage.
 */
final class ProcStatCpuClock implements SampledCpuClock {

    private static final long NANOS_PER_UNIT = 10_000_000L;
    private static final int COLUMNS = 8;
    private static final int IDLE = 3;
    private static final int IOWAIT = 4;
    private static final int STEAL = 7;

    private final Path stat;
    /** Room for "cpu" and ten numbers of 20 digits. */
    private final ByteBuffer line = ByteBuffer.allocateDirect(256);

    private final long[] columns = new long[COLUMNS];
    private final long[] lastColumns = new long[COLUMNS];

    private @Nullable FileChannel channel;
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
            long nanos = Math.max(0, columns[i] - lastColumns[i]) * NANOS_PER_UNIT;
            lastColumns[i] = columns[i];
            totalNanos += nanos;
            if (i != IDLE && i != IOWAIT && i != STEAL) {
                busyNanos += nanos;
            }
        }
    }

    /** Returns whether the line was whole; columns that an old kernel does not write count as 0. */
    private boolean parse(int length) {
        if (length < 4 || line.get(0) != 'c' || line.get(1) != 'p' || line.get(2) != 'u' || line.get(3) != ' ') {
            return false;
        }
        int at = 4;
        int column = 0;
        while (column < COLUMNS) {
            while (at < length && line.get(at) == ' ') {
                at++;
            }
            if (at >= length || line.get(at) == '\n') {
                break;
            }
            long value = 0;
            for (; at < length && line.get(at) >= '0' && line.get(at) <= '9'; at++) {
                value = value * 10 + (line.get(at) - '0');
            }
            if (at >= length || (line.get(at) != ' ' && line.get(at) != '\n')) {
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
