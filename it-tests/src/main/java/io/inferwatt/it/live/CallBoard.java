package io.inferwatt.it.live;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file in memory by which callers tell another process what of their processor time was inside model calls: what they
 * do besides, allocating for one, is no model's. One slot a caller; written by that thread alone, read by anybody.
 */
final class CallBoard {

    /** Callers of all models together, at most. */
    static final int SLOTS = 64;

    private static final int SLOT_BYTES = 64; // a cache line
    private static final int VERSION = 0; // odd while the slot changes
    private static final int BEGIN = 8; // processor time at which the call in flight began
    private static final int DONE = 16; // processor time inside calls that ended
    private static final int CALLS = 24;
    private static final long IDLE = -1;
    private static final VarHandle LONG = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer slots;

    private CallBoard(ByteBuffer slots) {
        this.slots = slots;
    }

    static CallBoard open(Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new CallBoard(channel.map(FileChannel.MapMode.READ_WRITE, 0, SLOTS * SLOT_BYTES));
        }
    }

    /** The calling thread's processor time is {@code cpuNanos}, and its call begins. */
    void begin(int slot, long cpuNanos) {
        change(slot, cpuNanos, read(slot, DONE), read(slot, CALLS));
    }

    /** The calling thread's processor time is {@code cpuNanos}, and its call has ended. */
    void end(int slot, long cpuNanos) {
        change(slot, IDLE, read(slot, DONE) + cpuNanos - read(slot, BEGIN), read(slot, CALLS) + 1);
    }

    private void change(int slot, long begin, long done, long calls) {
        int at = slot * SLOT_BYTES;
        long version = read(slot, VERSION);
        LONG.setOpaque(slots, at + VERSION, version + 1);
        VarHandle.storeStoreFence();
        LONG.setOpaque(slots, at + BEGIN, begin);
        LONG.setOpaque(slots, at + DONE, done);
        LONG.setOpaque(slots, at + CALLS, calls);
        LONG.setRelease(slots, at + VERSION, version + 2);
    }

    private long read(int slot, int field) {
        return (long) LONG.getOpaque(slots, slot * SLOT_BYTES + field);
    }

    /** One look at a slot. For one thread. */
    static final class Look {

        private long version = -1;
        private long beginNanos;
        private long doneNanos;
        private long calls;

        /**
         * Returns the processor time inside calls.
         *
         * @param cpuNanos the caller's processor time, read after this look was taken
         */
        long insideNanos(long cpuNanos) {
            return doneNanos + (isInside() ? Math.max(0, cpuNanos - beginNanos) : 0);
        }

        boolean isInside() {
            return beginNanos != IDLE && version > 0;
        }

        long calls() {
            return calls;
        }
    }

    /** Looks at a slot; meets no half-written one. */
    void look(int slot, Look look) {
        while (true) {
            long version = (long) LONG.getAcquire(slots, slot * SLOT_BYTES + VERSION);
            look.beginNanos = read(slot, BEGIN);
            look.doneNanos = read(slot, DONE);
            look.calls = read(slot, CALLS);
            VarHandle.loadLoadFence();
            if (version % 2 == 0 && read(slot, VERSION) == version) {
                look.version = version;
                return;
            }
            Thread.onSpinWait();
        }
    }

    /** Tells whether the slot is still as it was at that look. */
    boolean isStill(int slot, Look look) {
        VarHandle.loadLoadFence();
        return read(slot, VERSION) == look.version;
    }
}
