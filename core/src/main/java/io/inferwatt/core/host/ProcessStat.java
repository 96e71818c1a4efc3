package io.inferwatt.core.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What {@code /proc/<pid>/stat} says of one process. The file stays open: reopening costs as much as the read, and an open one
 * is that of the same process for ever, so that a later process with the same id cannot be taken for it. One thread.
 */
final class ProcessStat implements AutoCloseable {

    /** On every Linux that a JVM runs on. */
    static final long NANOS_PER_STEP = 10_000_000;

    /** The first 22 of some 52 numbers of at most 20 digits, and a name of at most 64 bytes. */
    private static final int LENGTH = 512;

    /** More steps are no processor time, and more is no id of a process. */
    private static final long MOST = Integer.MAX_VALUE;

    // Fields after the name, counted from 0; proc(5) counts them from 3.
    private static final int PARENT = 1;
    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int CHILDREN_USER = 13;
    private static final int CHILDREN_SYSTEM = 14;
    private static final int FIELDS = 15;

    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(LENGTH);
    private final byte[] text = buffer.array();
    private final long[] fields = new long[FIELDS];
    private int nameFrom;
    private int nameUntil;
    private byte state;

    private ProcessStat(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Opens and reads it.
     *
     * @throws IOException if there is no such process, or it has ended
     */
    static ProcessStat open(Path procRoot, int pid) throws IOException {
        ProcessStat stat = new ProcessStat(
                FileChannel.open(ProcFolders.of(procRoot, pid).resolve("stat"), StandardOpenOption.READ));
        if (!stat.read()) {
            stat.close();
            throw new IOException("process " + pid + " has ended");
        }
        return stat;
    }

    /** Reads it again; false if the process is gone, and then everything is as it was read last. */
    boolean read() {
        try {
            buffer.clear();
            return parse(channel.read(buffer, 0));
        } catch (IOException gone) {
            return false;
        }
    }

    private boolean parse(int length) {
        int open = 0;
        while (open < length && text[open] != '(') {
            open++;
        }
        int close = length - 1;
        while (close > open && text[close] != ')') { // the name may hold anything, these too
            close--;
        }
        if (close <= open || close + 3 > length) {
            return false;
        }
        nameFrom = open + 1;
        nameUntil = close;
        state = text[close + 2];
        int at = close + 2;
        for (int field = 0; field < FIELDS; field++) {
            long value = 0;
            for (; at < length && text[at] != ' '; at++) {
                value = text[at] >= '0' && text[at] <= '9' ? value * 10 + (text[at] - '0') : value;
                if (value > MOST && field >= PARENT && (field == PARENT || field >= USER)) {
                    return false;
                }
            }
            if (at >= length) {
                return false;
            }
            fields[field] = value;
            at++;
        }
        return true;
    }

    /** Returns whether it has ended, and only its parent has not taken note yet. */
    boolean isZombie() {
        return state == 'Z' || state == 'X';
    }

    int parent() {
        return (int) fields[PARENT];
    }

    /** Returns the processor time of all its threads, in steps. */
    long ownSteps() {
        return fields[USER] + fields[SYSTEM];
    }

    /** Returns the processor time of its children that have ended and of theirs, as far as they were waited for, in steps. */
    long childrenSteps() {
        return fields[CHILDREN_USER] + fields[CHILDREN_SYSTEM];
    }

    /** Returns the name of the program, at most 15 bytes long. */
    String name() {
        return new String(text, nameFrom, nameUntil - nameFrom, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Opened for reading only: nothing is lost.
        }
    }
}
