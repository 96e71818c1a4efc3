package io.inferwatt.core.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallRecorderTest {

    private static final int KEYS = 3;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomStream_atEveryDrain_inFlightIntegralsAreExact(long seed) {
        Random random = new Random(seed);
        CallRecorder recorder = new CallRecorder(4, 4096);
        CallDrain drain = new CallDrain();
        Deque<InferenceCall> inFlight = new ArrayDeque<>();
        long[] expected = new long[KEYS];
        long[] expectedUnits = new long[KEYS];
        long origin = Long.MAX_VALUE - 500_000; // the clock wraps around on the way
        long now = origin;
        for (int i = 0; i < 2_000; i++) {
            long step = random.nextInt(1_000);
            for (InferenceCall call : inFlight) {
                expected[call.key] += step;
                expectedUnits[call.key] += step * call.units;
            }
            now += step;
            if (random.nextBoolean() || inFlight.isEmpty()) {
                InferenceCall call = call(random.nextInt(KEYS), 1 + random.nextInt(9), now);
                recorder.begin(random.nextInt(), call.key, 1, call.units, now);
                inFlight.addLast(call);
            } else {
                InferenceCall call = random.nextBoolean() ? inFlight.removeFirst() : inFlight.removeLast();
                recorder.end(random.nextInt(), call, Outcome.OK, now, 0);
            }
            if (random.nextInt(10) == 0) {
                drain.reset(now, KEYS);
                recorder.drain(drain, KEYS);
                for (int key = 0; key < KEYS; key++) {
                    assertThat(drain.inFlightNanos(key)).isEqualTo(expected[key]);
                    assertThat(drain.unitNanos(key)).isEqualTo(expectedUnits[key]);
                }
            }
        }
    }

    @Test
    void manyThreads_whileDrained_loseNeitherTimeNorCalls() throws Exception {
        CallRecorder recorder = new CallRecorder(8, 1024);
        CallDrain drain = new CallDrain();
        LongAdder trueNanos = new LongAdder();
        int threads = 4;
        int callsEach = 50_000;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        CountDownLatch running = new CountDownLatch(threads);
        Future<?>[] workers = IntStream.range(0, threads)
                .mapToObj(worker -> pool.submit(() -> {
                    Random random = new Random(worker);
                    for (int i = 0; i < callsEach; i++) {
                        InferenceCall call = call(random.nextInt(KEYS), 1, System.nanoTime());
                        recorder.begin(worker, call.key, 1, 1, call.beginNanos);
                        long end = System.nanoTime();
                        recorder.end(worker, call, Outcome.OK, end, 7);
                        trueNanos.add(end - call.beginNanos);
                    }
                    running.countDown();
                }))
                .toArray(Future[]::new);
        long records = 0;
        do {
            drain.reset(System.nanoTime(), KEYS);
            recorder.drain(drain, KEYS);
            records += drain.recordCount();
        } while (!running.await(1, TimeUnit.MILLISECONDS));
        for (Future<?> worker : workers) {
            worker.get();
        }
        pool.shutdown();
        drain.reset(System.nanoTime(), KEYS);
        recorder.drain(drain, KEYS);
        records += drain.recordCount();

        long nanos = 0;
        long ended = 0;
        long cpu = 0;
        long duration = 0;
        for (int key = 0; key < KEYS; key++) {
            assertThat(drain.inFlight(key)).isZero();
            nanos += drain.inFlightNanos(key);
            ended += drain.ended(key);
            cpu += drain.cpuNanos(key);
            duration += drain.durationNanos(key);
        }
        assertThat(nanos).isEqualTo(trueNanos.sum());
        assertThat(duration).isEqualTo(trueNanos.sum());
        assertThat(ended).isEqualTo((long) threads * callsEach);
        assertThat(cpu).isEqualTo(7L * threads * callsEach);
        assertThat(records + drain.dropped()).isEqualTo((long) threads * callsEach);
    }

    /** As where the JVM leaves a method past its handlers for want of memory. */
    @Test
    void stripeThatIsNeverFreed_holdsUpNobody_andLosesNothing() throws Exception {
        CallRecorder recorder = new CallRecorder(2, 64, 100);
        CallDrain drain = new CallDrain();
        InferenceCall before = call(1, 1, 10);
        recorder.begin(0, before.key, 1, 1, 10);
        recorder.end(0, before, Outcome.OK, 20, 0);
        Field stripes = CallRecorder.class.getDeclaredField("stripes");
        stripes.setAccessible(true);
        ((long[][]) stripes.get(recorder))[0][16] = 1;

        for (int drained = 1; drained <= 3; drained++) {
            InferenceCall call = call(1, 1, 30);
            recorder.begin(0, call.key, 1, 1, 30);
            recorder.end(0, call, Outcome.OK, 40, 0);
            drain.reset(50, KEYS);
            recorder.drain(drain, KEYS);
            assertThat(drain.ended(1)).isEqualTo(1 + drained);
            assertThat(drain.inFlight(1)).isZero();
            assertThat(drain.recordCount())
                    .as("the record in the stripe comes one drain later")
                    .isEqualTo(drained == 2 ? 2 : 1);
        }
        ((long[][]) stripes.get(recorder))[0][16] = 0;
        drain.reset(50, KEYS);
        recorder.drain(drain, KEYS);
        assertThat(drain.ended(1)).isEqualTo(4);
        assertThat(drain.recordCount()).isZero();
    }

    @Test
    void fullRing_losesRecords_butNoTime() {
        CallRecorder recorder = new CallRecorder(1, 4);
        for (int i = 0; i < 10; i++) {
            InferenceCall call = call(1, 1, 100 * i);
            recorder.begin(0, 1, 1, 1, 100 * i);
            recorder.end(0, call, Outcome.ERROR, 100 * i + 10, 0);
        }
        CallDrain drain = new CallDrain();
        drain.reset(1_000, KEYS);
        recorder.drain(drain, KEYS);

        assertThat(drain.recordCount()).isEqualTo(4);
        assertThat(drain.dropped()).isEqualTo(6);
        assertThat(drain.ended(1, Outcome.ERROR)).isEqualTo(10);
        assertThat(drain.inFlightNanos(1)).isEqualTo(100);
    }

    @Test
    void callThatEndsAfterTheDrainsTime_isHandedOverByTheNext() {
        CallRecorder recorder = new CallRecorder(1, 4);
        InferenceCall call = call(1, 1, 100);
        recorder.begin(0, 1, 1, 1, 100);
        recorder.end(0, call, Outcome.OK, 210, 0);
        CallDrain drain = new CallDrain();

        drain.reset(200, KEYS);
        recorder.drain(drain, KEYS);
        assertThat(drain.recordCount()).isZero();

        drain.reset(300, KEYS);
        recorder.drain(drain, KEYS);
        assertThat(drain.recordCount()).isOne();
        assertThat(drain.record(0, new CallRecord()).endNanos()).isEqualTo(210);
    }

    @Test
    void movedCall_countsUnderEachKeyForItsTime() {
        CallRecorder recorder = new CallRecorder(1, 4);
        InferenceCall call = call(1, 5, 100);
        recorder.begin(0, 1, 1, 5, 100);
        recorder.move(0, call, 2, 130, 0);
        call.key = 2;
        call.bookedNanos = 130;
        recorder.end(0, call, Outcome.OK, 200, 0);
        CallDrain drain = new CallDrain();
        drain.reset(500, KEYS);
        recorder.drain(drain, KEYS);

        assertThat(drain.inFlightNanos(1)).isEqualTo(30);
        assertThat(drain.unitNanos(1)).isEqualTo(150);
        assertThat(drain.inFlightNanos(2)).isEqualTo(70);
        assertThat(drain.unitNanos(2)).isEqualTo(350);
        assertThat(drain.begun(1)).isZero();
        assertThat(drain.ended(2)).isOne();
        assertThat(drain.inFlight(1) + drain.inFlight(2)).isZero();
        assertThat(drain.record(0, new CallRecord()).bookedNanos()).isEqualTo(130);
    }

    @ParameterizedTest
    @CsvSource({"1, 4", "2, 8", "3, 16", "8, 32", "16, 64", "96, 64"})
    void memory_staysWithin4Megabytes(int processors, int stripes) {
        assertThat(CallRecorder.stripesFor(processors)).isEqualTo(stripes);
        int ring = CallRecorder.ringFor(stripes);
        assertThat(ring).isBetween(64, 4096);
        long cells = (long) KeyTable.CAPACITY * CallRecorder.CELL;
        assertThat(8L * stripes * (cells + (long) ring * CallRecorder.RECORD)).isLessThanOrEqualTo(4L << 20);
    }

    private static InferenceCall call(int key, long units, long nanos) {
        InferenceCall call = new InferenceCall(new ThreadCalls(Thread.currentThread(), false, new TargetTable()));
        call.open("test", key, 1, units);
        call.begin(nanos, 0);
        return call;
    }

    @Test
    void writerThatFailsInside_leavesItsStripeFree() {
        CallRecorder recorder = new CallRecorder(1, 64);
        InferenceCall noSuchKey = call(1_000_000, 1, 0);
        assertThatThrownBy(() -> recorder.begin(0, noSuchKey.key, 1, 1, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> recorder.move(0, noSuchKey, 0, 0, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> recorder.end(0, noSuchKey, Outcome.OK, 0, 0))
                .isInstanceOf(IndexOutOfBoundsException.class);

        recorder.begin(0, 1, 1, 1, 5);
        CallDrain drain = new CallDrain();
        drain.reset(10, KEYS);
        recorder.drain(drain, KEYS);
        assertThat(drain.inFlight(1)).isOne();
    }
}
