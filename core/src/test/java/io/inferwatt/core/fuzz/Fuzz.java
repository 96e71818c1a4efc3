package io.inferwatt.core.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tries a target with many inputs, and says on standard output how many. Each input ends within a generous limit and allocates no
 * more than another one, or the test fails and names it.
 *
 * <p>{@code -Dfuzz.seed=N} sets another seed, {@code -Dfuzz.inputs=F} multiplies how many are tried, and {@code -Dfuzz.only=N} tries that
 * one input alone.
 */
public final class Fuzz {

    private static final long SEED = Long.getLong("fuzz.seed", 20_261_130L);
    private static final double FACTOR = Double.parseDouble(System.getProperty("fuzz.inputs", "1"));
    private static final int ONLY = Integer.getInteger("fuzz.only", -1);

    private static final long LONGEST_SECONDS = 60;
    private static final long MOST_BYTES = 512L << 20;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final String target;
    private final int inputs;
    private long mostBytes = MOST_BYTES;

    /** What is tried. */
    @FunctionalInterface
    public interface Attempt {

        /** Makes one input of chance and hands it to the target; throws for everything that the target may not do. */
        void on(Mangler mangler) throws Exception;
    }

    private Fuzz(String target, int inputs) {
        this.target = target;
        this.inputs = Math.max(1, (int) Math.round(inputs * FACTOR));
    }

    /**
     * Names a target.
     *
     * @param inputs how many are tried unless told otherwise
     */
    public static Fuzz of(String target, int inputs) {
        return new Fuzz(target, inputs);
    }

    /** Sets how many bytes the trying thread may allocate for one input, which bounds what the target can hold at once. */
    public Fuzz allocatingAtMost(long bytes) {
        mostBytes = bytes;
        return this;
    }

    /** Tries all inputs; throws for the first one at which the target breaks its promise. */
    public void run(Attempt attempt) {
        Worker worker = new Worker(attempt);
        worker.setDaemon(true);
        worker.start();
        int seen = Integer.MIN_VALUE;
        while (worker.isAlive()) {
            int now = worker.input;
            if (now == seen) {
                AssertionError hangs = new AssertionError("longer than " + LONGEST_SECONDS + " s" + at(now));
                hangs.setStackTrace(worker.getStackTrace());
                throw hangs;
            }
            seen = now;
            try {
                worker.join(TimeUnit.SECONDS.toMillis(LONGEST_SECONDS));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new AssertionError("broken off" + at(now), stopped);
            }
        }
        Throwable broken = worker.broken;
        if (broken != null) {
            throw new AssertionError(OneLine.shown(String.valueOf(broken.getMessage())) + at(worker.input), broken);
        }
        System.out.println("fuzz " + target + ": " + (worker.input + 1) + " inputs, seed " + SEED);
    }

    private String at(int input) {
        return "; fuzz " + target + ", input " + input + " of seed " + SEED + "; again: -Dfuzz.seed=" + SEED
                + " -Dfuzz.only=" + input;
    }

    private final class Worker extends Thread {

        private final Attempt attempt;
        private volatile int input = -1;
        private volatile @Nullable Throwable broken;

        Worker(Attempt attempt) {
            super("fuzz " + target);
            this.attempt = attempt;
        }

        @Override
        public void run() {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            int first = ONLY < 0 ? 0 : ONLY;
            int end = ONLY < 0 ? inputs : ONLY + 1;
            try {
                for (int next = first; next < end; next++) {
                    input = next;
                    Mangler mangler = new Mangler(SEED ^ (next + 1) * MIX);
                    long before = threads.getThreadAllocatedBytes(getId());
                    attempt.on(mangler);
                    long bytes = threads.getThreadAllocatedBytes(getId()) - before;
                    if (bytes > mostBytes) {
                        throw new AssertionError("allocated " + bytes + " bytes, allowed are " + mostBytes);
                    }
                }
            } catch (Throwable any) {
                broken = any;
            }
        }
    }
}
