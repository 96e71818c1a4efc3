package io.inferwatt.it.live;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** A thread that calls one model at random moments, and publishes which of its work was inside the calls. */
final class Caller {

    private static final int PIECE_BYTES = 64 * 1024;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final LoadedModel model;
    private final double callsPerSecond;
    private final byte[][] garbage;
    private final CallBoard board;
    private final int slot;
    private final Random random;

    Caller(LoadedModel model, double callsPerSecond, int garbageBytes, CallBoard board, int slot, long seed) {
        this.model = model;
        this.callsPerSecond = callsPerSecond;
        this.garbage = new byte[garbageBytes / PIECE_BYTES][];
        this.board = board;
        this.slot = slot;
        this.random = new Random(seed);
    }

    /** Calls until that {@link System#nanoTime}; of calls that could not begin in time, none is made up for after it. */
    int callUntil(long endNanos) throws OrtException {
        int calls = 0;
        long next = System.nanoTime();
        while (true) {
            next += (long) (-Math.log(1 - random.nextDouble()) / callsPerSecond * 1e9);
            awaitNanos(Math.min(next - endNanos, 0) + endNanos);
            if (System.nanoTime() - endNanos >= 0) {
                return calls;
            }
            for (int i = 0; i < garbage.length; i++) {
                garbage[i] = new byte[PIECE_BYTES];
            }
            board.begin(slot, THREADS.getCurrentThreadCpuTime());
            OrtSession.Result result = model.session().run(model.input());
            board.end(slot, THREADS.getCurrentThreadCpuTime());
            result.close();
            calls++;
        }
    }

    private static void awaitNanos(long nanos) {
        for (long wait = nanos - System.nanoTime(); wait > 0; wait = nanos - System.nanoTime()) {
            LockSupport.parkNanos(wait);
        }
    }
}
