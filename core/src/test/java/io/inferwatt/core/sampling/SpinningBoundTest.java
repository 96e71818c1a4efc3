package io.inferwatt.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpinningBoundTest {

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1000 * MILLI;
    private static final long STEP = MILLI / 4;

    @Test
    void workBeyondTheTimeInFlight_isCertain_butForTheLagOfTheClocks() {
        SpinningBound bound = new SpinningBound(2);
        bound.look(0, 0, 0, 7);
        bound.ran(500 * MILLI);
        assertThat(bound.look(SECOND, 3 * MILLI, 100 * MILLI, 8)).isEqualTo(500 * MILLI - 2 * (100 + 3 + 10) * MILLI);
        bound.ran(200 * MILLI);
        assertThat(bound.look(2 * SECOND, 0, 150 * MILLI, 9))
                .as("the next window begins where the clocks were read")
                .isEqualTo(200 * MILLI - 2 * (50 + 3 + 10) * MILLI);
    }

    @Test
    void shortWindow_saysNothingYet_andLosesNothing() {
        SpinningBound bound = new SpinningBound(1);
        bound.look(0, 0, 0, 0);
        bound.ran(400 * MILLI);
        assertThat(bound.look(SECOND / 2, 0, 10 * MILLI, 1)).isZero();
        bound.ran(400 * MILLI);
        assertThat(bound.look(SECOND, 0, 20 * MILLI, 2)).isEqualTo((800 - 20 - 10) * MILLI);
    }

    @Test
    void callsAtOnce_areInFlightNoLongerThanTimePassed() {
        SpinningBound bound = new SpinningBound(1);
        bound.look(0, 0, 0, 0);
        bound.ran(SECOND + 50 * MILLI);
        assertThat(bound.look(SECOND, 0, 8 * SECOND, 9)).isEqualTo((50 - 10) * MILLI);
    }

    /** Its calls are not seen, for instance because the instrumentation was switched off. */
    @Test
    void poolThatWorksWithoutAnyCall_isNotSaidToSpin() {
        SpinningBound bound = new SpinningBound(1);
        bound.look(0, 0, 0, 5);
        bound.ran(900 * MILLI);
        assertThat(bound.look(SECOND, 0, 0, 5)).isZero();
    }

    @Test
    void droppedWindow_isNeverTold() {
        SpinningBound bound = new SpinningBound(1);
        bound.look(0, 0, 0, 0);
        bound.ran(900 * MILLI);
        bound.drop();
        assertThat(bound.look(SECOND, 0, 0, 1)).isZero();
        bound.ran(900 * MILLI);
        assertThat(bound.look(2 * SECOND, 0, 0, 2)).isEqualTo(890 * MILLI);
    }

    /** A pool with clocks that are behind, read late and at odd times. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void bound_isNeverAboveTheTruth(long seed) {
        SimulatedPool pool = new SimulatedPool(new Random(seed));
        SpinningBound bound = new SpinningBound(pool.threads());
        long told = 0;
        long seen = pool.shown();
        while (pool.nanos() < 30 * SECOND) {
            pool.runFor(pool.pause());
            long drained = pool.nanos();
            long inFlight = pool.inFlightNanos();
            long begun = pool.begun();
            pool.runFor(pool.delay());
            long shown = pool.shown();
            bound.ran(shown - seen);
            seen = shown;
            told += bound.look(drained, pool.nanos() - drained, inFlight, begun);
            assertThat(told).as("after %d ms", drained / MILLI).isLessThanOrEqualTo(pool.spunNanos());
        }
        if (pool.isSparse()) {
            assertThat(told).isGreaterThan(pool.spunNanos() / 3);
        }
    }

    /** Threads that work while a call is in flight, and spin for a while after it, in steps of a quarter millisecond. */
    private static final class SimulatedPool {

        private final Random random;
        private final long[] cpu;
        private final long[] shown;
        private final long[] updatedEvery;
        private final double callsPerSecond;
        private final long callNanos;
        private final long spinNanos;
        private final double parallel;
        private final long[] ends = new long[3];
        private long nanos;
        private long inFlightNanos;
        private long begun;
        private long lastEnd = -SECOND;
        private long spunNanos;

        SimulatedPool(Random random) {
            this.random = random;
            int threads = 1 + random.nextInt(6);
            cpu = new long[threads];
            shown = new long[threads];
            updatedEvery = new long[threads];
            for (int i = 0; i < threads; i++) {
                updatedEvery[i] = (random.nextBoolean() ? 4 : 10) * MILLI;
            }
            callsPerSecond = Math.pow(10, random.nextDouble() * 2);
            callNanos = (long) (MILLI * Math.pow(10, random.nextDouble() * 2));
            spinNanos = random.nextInt(40) * MILLI;
            parallel = random.nextDouble();
        }

        int threads() {
            return cpu.length;
        }

        /** Far more spinning than work and lag, which is then nearly all told. */
        boolean isSparse() {
            return spinNanos > 2 * callNanos
                    && callsPerSecond * (callNanos + spinNanos) < 0.5 * SECOND
                    && callsPerSecond * spinNanos > 4 * SpinningBound.LAG_NANOS;
        }

        long pause() {
            return (5 + random.nextInt(200)) * MILLI;
        }

        long delay() {
            return random.nextInt(20) == 0 ? random.nextInt(30) * MILLI : STEP * random.nextInt(3);
        }

        void runFor(long duration) {
            for (long until = nanos + duration; nanos < until; nanos += STEP) {
                step();
            }
        }

        private void step() {
            int inFlight = 0;
            boolean arrives = random.nextDouble() < callsPerSecond * STEP / SECOND;
            for (int i = 0; i < ends.length; i++) {
                if (ends[i] <= nanos && arrives) {
                    arrives = false;
                    begun++;
                    ends[i] = nanos + Math.max(STEP, (long) (callNanos * 2 * random.nextDouble()) / STEP * STEP);
                }
                if (ends[i] > nanos) {
                    inFlight++;
                    lastEnd = nanos + STEP;
                }
            }
            inFlightNanos += inFlight * STEP;
            for (int i = 0; i < cpu.length; i++) {
                boolean spins = inFlight == 0 && nanos - lastEnd < spinNanos;
                if (spins || (inFlight > 0 && random.nextDouble() < parallel)) {
                    cpu[i] += STEP;
                    spunNanos += spins ? STEP : 0;
                    if ((nanos + i * MILLI) % updatedEvery[i] == 0) {
                        shown[i] = cpu[i];
                    }
                } else {
                    shown[i] = cpu[i];
                }
            }
        }

        long nanos() {
            return nanos;
        }

        long inFlightNanos() {
            return inFlightNanos;
        }

        long begun() {
            return begun;
        }

        long spunNanos() {
            return spunNanos;
        }

        long shown() {
            long sum = 0;
            for (long one : shown) {
                sum += one;
            }
            return sum;
        }
    }
}
