package io.inferwatt.it.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of the proc file system with processor times, kept open: reopening costs five times the read. */
final class CpuFile implements AutoCloseable {

    private static final long NANOS_PER_HUNDREDTH = 10_000_000;
    private static final int STAT_COLUMNS = 8;
    private static final int STAT_IDLE = 3;
    private static final int STAT_IOWAIT = 4;
    private static final int STAT_STEAL = 7;

    private final FileChannel channel;
    private final ByteBuffer text = ByteBuffer.allocateDirect(512);

    private CpuFile(FileChannel channel) {
        this.channel = channel;
    }

    static CpuFile open(Path file) throws IOException {
        return new CpuFile(FileChannel.open(file, StandardOpenOption.READ));
    }

    /**
     * Returns the nanoseconds that a {@code schedstat} begins with. Of a running thread they are up to some milliseconds
     * behind.
     *
     * @throws IOException when the thread has ended
     */
    long threadNanos() throws IOException {
        read();
        return number();
    }

    /** Returns the nanoseconds that the processors were busy by the first line of {@code /proc/stat}. */
    long busyNanos() throws IOException {
        read();
        text.position("cpu".length());
        long hundredths = 0;
        for (int column = 0; column < STAT_COLUMNS; column++) {
            long value = number();
            if (column != STAT_IDLE && column != STAT_IOWAIT && column != STAT_STEAL) {
                hundredths += value;
            }
        }
        return hundredths * NANOS_PER_HUNDREDTH;
    }

    private void read() throws IOException {
        text.clear();
        channel.read(text, 0);
        text.flip();
    }

    private long number() throws IOException {
        while (text.hasRemaining() && text.get(text.position()) == ' ') {
            text.get();
        }
        int begin = text.position();
        long number = 0;
        while (text.hasRemaining() && text.get(text.position()) >= '0' && text.get(text.position()) <= '9') {
            number = number * 10 + text.get() - '0';
        }
        if (text.position() == begin) {
            throw new IOException("no number");
        }
        return number;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
