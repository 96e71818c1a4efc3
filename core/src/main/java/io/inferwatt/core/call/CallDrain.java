package io.inferwatt.core.call;

import java.util.Arrays;

/**
 * What the recorder held at one moment: sums per key since the start, and the calls that ended since the previous drain.
 * Filled by {@link Calls#drain}, used again for each tick; sampler thread only.
 */
public final class CallDrain {

    /** 1.5 MB; what ends while a slow counter stands still at a thousand calls a second. */
    private static final int MOST_KEPT = 16_384;

    private final long[] cells = new long[KeyTable.CAPACITY * CallRecorder.CELL];
    private long[] records = new long[256 * CallRecorder.RECORD];
    private int recordCount;
    private int kept;
    private int notKept;
    private int keys;
    private long nanos;
    private long number;
    private double fullest;
    private long lost;
    long dropped;

    void reset(long atNanos, int keyCount) {
        Arrays.fill(cells, 0, keyCount * CallRecorder.CELL, 0);
        lost += notKept;
        notKept = 0;
        recordCount = kept;
        kept = 0;
        dropped = 0;
        keys = keyCount;
        nanos = atNanos;
    }

    /** Takes its number from the recorder. */
    void take(long drains) {
        number = drains;
    }

    /** Takes note of how many records a ring held. */
    void held(long count, int ring) {
        fullest = Math.max(fullest, (double) count / ring);
    }

    void add(long[] stripe, int offset, int length) {
        for (int i = 0; i < length; i++) {
            cells[i] += stripe[offset + i];
        }
    }

    /** Returns false if a record must wait for the next drain. */
    boolean addRecord(long[] stripe, int offset) {
        if (CallRecord.endNanos(stripe, offset) - nanos > 0) {
            return false;
        }
        int to = recordCount * CallRecorder.RECORD;
        if (to == records.length && !grow()) {
            return false;
        }
        System.arraycopy(stripe, offset, records, to, CallRecorder.RECORD);
        recordCount++;
        return true;
    }

    /** Where memory is short the records wait in the recorder, which counts those that do not fit there. */
    private boolean grow() {
        try {
            records = Arrays.copyOf(records, records.length * 2);
            return true;
        } catch (OutOfMemoryError full) {
            return false;
        }
    }

    private long cell(int key, int field) {
        return cells[key * CallRecorder.CELL + field];
    }

    /** Returns the {@link System#nanoTime} of this drain. */
    public long nanos() {
        return nanos;
    }

    /** Returns how many drains were made, this one included. */
    long number() {
        return number;
    }

    /** Returns how many keys had a number; they run from 0. */
    public int keys() {
        return keys;
    }

    public long begun(int key) {
        return cell(key, CallRecorder.BEGUN);
    }

    public long ended(int key, Outcome outcome) {
        return cell(key, CallRecorder.ENDED + outcome.code);
    }

    public long ended(int key) {
        long ended = 0;
        for (int i = 0; i < 4; i++) {
            ended += cell(key, CallRecorder.ENDED + i);
        }
        return ended;
    }

    public long inFlight(int key) {
        return begun(key) - ended(key);
    }

    /** Returns the integral of calls in flight over time, in nanoseconds since an arbitrary origin; may wrap around. */
    public long inFlightNanos(int key) {
        return cell(key, CallRecorder.SUM_END) - cell(key, CallRecorder.SUM_BEGIN) + inFlight(key) * nanos;
    }

    /** Returns the integral of units in flight over time, in unit-nanoseconds since an arbitrary origin; may wrap around. */
    public long unitNanos(int key) {
        return cell(key, CallRecorder.UNIT_TIME_END)
                - cell(key, CallRecorder.UNIT_TIME_BEGIN)
                + (cell(key, CallRecorder.UNITS_BEGUN) - cell(key, CallRecorder.UNITS_ENDED)) * nanos;
    }

    /** Returns the units of all ended calls. */
    public long unitsEnded(int key) {
        return cell(key, CallRecorder.UNITS_ENDED);
    }

    /** Returns the processor time of the calling threads inside all ended calls for which it was read. */
    public long cpuNanos(int key) {
        return cell(key, CallRecorder.CPU);
    }

    /** Returns the time in flight of all ended calls for which processor time was not read. */
    public long unreadNanos(int key) {
        return cell(key, CallRecorder.UNREAD);
    }

    /** Returns the summed duration of all ended calls. */
    public long durationNanos(int key) {
        return cell(key, CallRecorder.DURATION);
    }

    /** Returns how many ended calls left no record since the start. */
    public long dropped() {
        return dropped + lost;
    }

    /** Returns which part of its ring records filled at most, in any drain since this was asked before. */
    public double takeFullest() {
        double taken = fullest;
        fullest = 0;
        return taken;
    }

    /** Returns how many records there are: of calls that ended since the previous drain, and those kept from before. */
    public int recordCount() {
        return recordCount;
    }

    /**
     * Keeps all records until after the next drain.
     *
     * @return false if there are too many, of which the last are not kept; unless {@link #keepNone} follows they count as dropped
     */
    public boolean keepAll() {
        kept = Math.min(recordCount, MOST_KEPT);
        notKept = recordCount - kept;
        return notKept == 0;
    }

    /** Keeps no record, to choose anew by {@link #keep}. */
    public void keepNone() {
        kept = 0;
        notKept = 0;
    }

    /**
     * After a failure, keeps the records that nobody has looked at yet beside those chosen before; what does not fit counts as dropped.
     *
     * @param index the first of them; the one before it, if any, is where it failed, and counts as dropped
     */
    public void keepFrom(int index) {
        int left = recordCount - index;
        int fitting = Math.min(left, MOST_KEPT - kept);
        System.arraycopy(
                records,
                index * CallRecorder.RECORD,
                records,
                kept * CallRecorder.RECORD,
                fitting * CallRecorder.RECORD);
        kept += fitting;
        lost += left - fitting + (index > 0 ? 1 : 0);
    }

    /**
     * Keeps a record until after the next drain, because its energy is not known yet; in ascending order only.
     *
     * @return false if too many are kept already
     */
    public boolean keep(int index) {
        if (kept == MOST_KEPT) {
            return false;
        }
        System.arraycopy(
                records, index * CallRecorder.RECORD, records, kept++ * CallRecorder.RECORD, CallRecorder.RECORD);
        return true;
    }

    /** Points {@code view} at a record. */
    public CallRecord record(int index, CallRecord view) {
        view.pointAt(records, index * CallRecorder.RECORD);
        return view;
    }
}
