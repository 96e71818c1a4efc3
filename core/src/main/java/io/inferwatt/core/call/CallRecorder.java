package io.inferwatt.core.call;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * Records begin and end of calls: exact sums per key and one record per ended call. Writers never wait and never
 * allocate.
 *
 * <p>The memory is striped. A writer takes its home stripe by one compare-and-set, or the next one that is free: any stripe
 * will do, since only sums over all stripes matter. One reader, the sampler, drains them in turn. From the sums follows
 * the in-flight integral at any time T without knowing the calls:
 * {@code X(T) = sumEnd - sumBegin + (begun - ended) * T}, exact in wrap-around arithmetic as long as differences are taken
 * before anything is converted.
 *
 * <p>A thread near the end of its stack can overflow while it holds a stripe, and one held for ever would hang the sampler.
 * Whatever is thrown therefore frees it, by a plain write: a method call could overflow again.
 *
 * <p>Nor is anything decided while a stripe is held. The JVM may compile what is written here into a method of the application, without
 * the branches that were never taken; where it takes one after all it has to make objects anew that it had done away with, and if there is
 * no memory for them it leaves all those methods, past what would free the stripe. Should one stay held nevertheless, writers do without it, and
 * so does the reader after {@value #LONGEST_HELD_MILLIS} ms: it reads what is there.
 *
 * <p>A full ring loses single records, which is counted; the sums stay exact, so no energy that is drawn here is lost with them. What
 * a record tells of tokens and of other machines is.
 */
public final class CallRecorder {

    // Cell of a key: 16 longs, of which 14 are in use; 128 bytes keep neighbours off one cache line pair.
    static final int CELL = 16;
    static final int BEGUN = 0;
    static final int SUM_BEGIN = 1;
    static final int SUM_END = 2;
    static final int UNITS_BEGUN = 3;
    static final int UNIT_TIME_BEGIN = 4;
    static final int UNITS_ENDED = 5;
    static final int UNIT_TIME_END = 6;
    static final int CPU = 7;
    static final int DURATION = 8;
    static final int ENDED = 9; // four longs, one for each outcome
    static final int UNREAD = 13;

    // Record of an ended call.
    static final int RECORD = 14;

    // Header of a stripe: 128 bytes before and after the lock against false sharing with the neighbour object.
    private static final int LOCK = 16;
    private static final int HEAD = 17;
    private static final int TAIL = 18;
    private static final int DROPPED = 19;
    private static final int DRAINS = 20; // number of the last drain of this stripe
    private static final int CELLS = 36;

    /**
     * A writer needs some 50 ns, unless its thread gets no processor meanwhile: on an overloaded machine for seconds. What it has written
     * half must not be read then, since a begin without its time is a call that has lasted for ever.
     */
    private static final long LONGEST_HELD_MILLIS = 10_000;

    private static final int SPINS = 1024;

    /** Leaves the processor to the writer. */
    private static final long PAUSE_NANOS = 100_000;

    private static final long MEMORY_BYTES = 4L << 20;
    private static final int MAX_STRIPES = 64;
    private static final int MAX_RING = 4096;

    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[][] stripes;
    private final int stripeMask;
    private final int ring;
    private final int records;
    private final long longestHeldNanos;

    /** Of each stripe, whether it was still held when the reader gave up waiting for it the last time. Sampler thread only. */
    private final boolean[] stuck;

    /** How many there were; sampler thread only. */
    private long drains;

    CallRecorder() {
        this(stripesFor(Runtime.getRuntime().availableProcessors()));
    }

    CallRecorder(int stripeCount) {
        this(stripeCount, ringFor(stripeCount));
    }

    CallRecorder(int stripeCount, int ring) {
        this(stripeCount, ring, LONGEST_HELD_MILLIS);
    }

    CallRecorder(int stripeCount, int ring, long longestHeldMillis) {
        this.longestHeldNanos = longestHeldMillis * 1_000_000;
        this.stripeMask = stripeCount - 1;
        this.ring = ring;
        this.records = CELLS + KeyTable.CAPACITY * CELL;
        this.stripes = new long[stripeCount][records + (ring + 1) * RECORD]; // one more, for what does not fit
        this.stuck = new boolean[stripeCount];
    }

    /** Four stripes a processor keep collisions rare even when every processor records at once. */
    static int stripesFor(int processors) {
        return Math.min(MAX_STRIPES, Integer.highestOneBit(Math.max(1, 4 * processors - 1)) << 1);
    }

    /** Returns the longest ring, a power of two, that keeps all stripes within 4 MB. */
    static int ringFor(int stripeCount) {
        long longs = MEMORY_BYTES / 8 / stripeCount - CELLS - KeyTable.CAPACITY * CELL - RECORD;
        return Integer.highestOneBit((int) Math.min(MAX_RING, longs / RECORD));
    }

    int stripeCount() {
        return stripes.length;
    }

    int ring() {
        return ring;
    }

    private long[] acquire(int home) {
        for (int i = home; ; i++) {
            long[] stripe = stripes[i & stripeMask];
            if ((long) LONGS.getOpaque(stripe, LOCK) == 0 && LONGS.compareAndSet(stripe, LOCK, 0L, 1L)) {
                return stripe;
            }
        }
    }

    private static void release(long[] stripe) {
        LONGS.setRelease(stripe, LOCK, 0L);
    }

    /** @param requests how many requests begin, all {@code units} taken together */
    void begin(int home, int key, long requests, long units, long nanos) {
        long[] stripe = acquire(home);
        try {
            int cell = CELLS + key * CELL;
            stripe[cell + BEGUN] += requests;
            stripe[cell + SUM_BEGIN] += requests * nanos;
            stripe[cell + UNITS_BEGUN] += units;
            stripe[cell + UNIT_TIME_BEGIN] += units * nanos;
            release(stripe);
        } catch (Throwable e) {
            stripe[LOCK] = 0;
            throw e;
        }
    }

    /**
     * Moves a call in flight to another key: it stops counting in the old one and begins in the new one at one moment.
     *
     * @return how often what is recorded there had been drained before, as {@link CallDrain#number} counts
     */
    long move(int home, InferenceCall call, int newKey, long nanos, long cpuNanos) {
        long cpu = read(cpuNanos);
        long unread = unread(call, nanos, cpuNanos);
        long[] stripe = acquire(home);
        try {
            int from = CELLS + call.key * CELL;
            stripe[from + BEGUN] -= call.requests;
            stripe[from + SUM_END] += call.requests * nanos;
            stripe[from + UNITS_BEGUN] -= call.units;
            stripe[from + UNIT_TIME_END] += call.units * nanos;
            stripe[from + CPU] += cpu;
            stripe[from + UNREAD] += unread;
            int to = CELLS + newKey * CELL;
            stripe[to + BEGUN] += call.requests;
            stripe[to + SUM_BEGIN] += call.requests * nanos;
            stripe[to + UNITS_BEGUN] += call.units;
            stripe[to + UNIT_TIME_BEGIN] += call.units * nanos;
            long before = stripe[DRAINS];
            release(stripe);
            return before;
        } catch (Throwable e) {
            stripe[LOCK] = 0;
            throw e;
        }
    }

    /** Records the end of a call; returns what {@link #move} does. */
    long end(int home, InferenceCall call, Outcome outcome, long nanos, long cpuNanos) {
        long cpu = read(cpuNanos);
        long unread = unread(call, nanos, cpuNanos);
        long packed = CallRecord.packed(call, outcome);
        long[] stripe = acquire(home);
        try {
            int cell = CELLS + call.key * CELL;
            stripe[cell + ENDED + outcome.code] += call.requests;
            stripe[cell + SUM_END] += call.requests * nanos;
            stripe[cell + UNITS_ENDED] += call.units;
            stripe[cell + UNIT_TIME_END] += call.units * nanos;
            stripe[cell + CPU] += cpu;
            stripe[cell + UNREAD] += unread;
            stripe[cell + DURATION] += call.requests * (nanos - call.beginNanos);
            write(stripe, call, packed, nanos);
            long before = stripe[DRAINS];
            release(stripe);
            return before;
        } catch (Throwable e) {
            stripe[LOCK] = 0;
            throw e;
        }
    }

    /** Records what a call asked of a remote model for a request that is counted elsewhere; changes no sum. */
    void addPart(int home, InferenceCall part, Outcome outcome, long nanos) {
        long packed = CallRecord.packed(part, outcome);
        long[] stripe = acquire(home);
        try {
            write(stripe, part, packed, nanos);
            release(stripe);
        } catch (Throwable e) {
            stripe[LOCK] = 0;
            throw e;
        }
    }

    /** Into the ring, or where it is full into the place beside, which nobody reads. */
    private void write(long[] stripe, InferenceCall call, long packed, long nanos) {
        long head = stripe[HEAD];
        long room = (head - stripe[TAIL] - ring) >> 63; // all bits where there is some, else none
        long place = (head & (ring - 1) & room) | (ring & ~room);
        CallRecord.write(call, stripe, records + (int) place * RECORD, packed, nanos);
        stripe[HEAD] = head - room;
        stripe[DROPPED] += 1 + room;
    }

    /** Adds processor time that a thread used for a call which goes on elsewhere; returns what {@link #move} does. */
    long use(int home, InferenceCall call, long nanos, long cpuNanos) {
        long cpu = read(cpuNanos);
        long unread = unread(call, nanos, cpuNanos);
        long[] stripe = acquire(home);
        try {
            int cell = CELLS + call.key * CELL;
            stripe[cell + CPU] += cpu;
            stripe[cell + UNREAD] += unread;
            long before = stripe[DRAINS];
            release(stripe);
            return before;
        } catch (Throwable e) {
            stripe[LOCK] = 0;
            throw e;
        }
    }

    private static long read(long cpuNanos) {
        return cpuNanos == Calls.NOT_READ ? 0 : cpuNanos;
    }

    private static long unread(InferenceCall call, long nanos, long cpuNanos) {
        return cpuNanos == Calls.NOT_READ ? nanos - call.bookedNanos : 0;
    }

    /**
     * Adds everything up into {@code drain} and takes out the records of calls that ended up to its time; one that ended
     * during the drain waits for the next. Sampler thread only.
     */
    void drain(CallDrain drain, int keys) {
        drain.take(++drains);
        for (int i = 0; i < stripes.length; i++) {
            long[] stripe = stripes[i];
            boolean wasStuck = stuck[i];
            boolean held = hold(stripe, wasStuck);
            stuck[i] = !held;
            try {
                drain.add(stripe, CELLS, keys * CELL);
                if (held || wasStuck) { // else its writer may be at the latest record still
                    takeRecords(stripe, drain);
                }
                drain.dropped += stripe[DROPPED];
            } finally {
                if (held) {
                    stripe[DRAINS] = drains;
                    release(stripe);
                }
            }
        }
    }

    private void takeRecords(long[] stripe, CallDrain drain) {
        long head = stripe[HEAD];
        long next = stripe[TAIL];
        drain.held(head - next, ring);
        while (next != head && drain.addRecord(stripe, records + (int) (next & (ring - 1)) * RECORD)) {
            stripe[TAIL] = ++next;
        }
    }

    /** Returns false where a stripe is held for too long, or still is. */
    private boolean hold(long[] stripe, boolean wasStuck) {
        long begin = 0;
        for (int spins = 1; !LONGS.compareAndSet(stripe, LOCK, 0L, 1L); spins++) {
            if (wasStuck) {
                return false;
            }
            if (spins < SPINS) {
                Thread.onSpinWait();
                continue;
            }
            long now = System.nanoTime();
            if (begin == 0) {
                begin = now;
            } else if (now - begin > longestHeldNanos) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }
}
