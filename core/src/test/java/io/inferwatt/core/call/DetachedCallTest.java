package io.inferwatt.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DetachedCallTest {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    @TempDir
    Path noProc;

    private final AtomicLong now = new AtomicLong(1_000);
    private final CallDrain drain = new CallDrain();
    private final CallRecord record = new CallRecord();

    private Calls calls() {
        return new Calls(new CallRecorder(2, 64), now::get, LONGEST, new EnginePools(noProc));
    }

    private CallDrain drained(Calls calls) {
        calls.drain(drain, now.get());
        return drain;
    }

    private static <T> T onAnotherThread(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, command -> new Thread(command).start())
                .join();
    }

    @Test
    void unitTime_isThatOfTheWholeCall_whoeverWorksForIt_untilItsEnd() {
        Calls calls = calls();
        int key = calls.key(ModelKey.of("chat"));
        InferenceCall call = calls.start("client", key, 2);
        now.addAndGet(1_000_000_000);
        assertThat(call.unitTime(now.get())).isEqualTo(new UnitTime(key, 2));
        InferenceCall inside = calls.start("engine", key, 5);
        assertThat(inside.unitTime(now.get())).isNull();
        calls.finish(inside, Outcome.OK);
        DetachedCall lent = calls.lend(call);
        now.addAndGet(1_000_000_000);
        onAnotherThread(() -> {
            InferenceCall work = calls.attach(lent);
            assertThat(work.unitTime(now.get())).isNull();
            calls.finish(work, Outcome.OK);
            return true;
        });
        assertThat(call.unitTime(now.get())).isEqualTo(new UnitTime(key, 4));
        calls.finish(call, Outcome.OK);
        assertThat(call.unitTime(now.get())).isNull();

        DetachedCall detached = calls.detach(calls.start("client", key, 2));
        now.addAndGet(500_000_000);
        assertThat(detached.unitTime(now.get())).isEqualTo(new UnitTime(key, 1));
        detached.finish(Outcome.OK);
        assertThat(detached.unitTime(now.get())).isNull();
    }

    @Test
    void unitTime_beginsAnewWithTheKey() {
        Calls calls = calls();
        int named = calls.key(ModelKey.of("named"));
        InferenceCall call = calls.start("client", calls.key(ModelKey.of("unknown")), 1);
        now.addAndGet(1_000_000_000);
        calls.rebook(call, named);
        now.addAndGet(2_000_000_000);

        assertThat(call.unitTime(now.get())).isEqualTo(new UnitTime(named, 2));
    }

    /** Else it would claim of the new key's energy what was drawn before it was of that key. */
    @Test
    void callThatGotAnotherKey_andGoesOnElsewhere_isBookedUnderItFromThenOnOnly() {
        Calls calls = calls();
        int named = calls.key(ModelKey.of("named"));
        InferenceCall call = calls.start("client", calls.key(ModelKey.of("unknown")), 1);
        long begun = now.get();
        long rebooked = now.addAndGet(100);
        calls.rebook(call, named);
        now.addAndGet(100);
        calls.detach(call).finish(Outcome.OK);

        drained(calls).record(0, record);
        assertThat(record.key()).isEqualTo(named);
        assertThat(record.beginNanos()).isEqualTo(begun);
        assertThat(record.bookedNanos()).isEqualTo(rebooked);
    }

    @Test
    void detach_callGoesOnAfterItsMethodReturned_andEndsOnAnotherThread() {
        Calls calls = calls();
        int key = calls.key(ModelKey.of("chat"));
        InferenceCall call = calls.start("client", key, 2);
        now.addAndGet(10);
        DetachedCall detached = calls.detach(call);
        now.addAndGet(50);
        assertThat(drained(calls).inFlight(key)).isOne();
        InferenceCall next = calls.start("client", key, 1);
        assertThat(next.isRoot()).as("the thread is free for the next one").isTrue();
        calls.finish(next, Outcome.OK);

        onAnotherThread(() -> {
            detached.tokens(5, TokenUsage.UNKNOWN, 7, TokenUsage.UNKNOWN);
            detached.finish(Outcome.OK);
            return true;
        });

        drained(calls);
        assertThat(drain.inFlight(key)).isZero();
        assertThat(drain.ended(key, Outcome.OK)).isEqualTo(2);
        assertThat(drain.durationNanos(key)).isEqualTo(60);
        assertThat(detached.inFlight()).isFalse();
    }

    @Test
    void detach_insideAnotherCall_belongsToThatOne() {
        Calls calls = calls();
        int outer = calls.key(ModelKey.of("outer"));
        int inner = calls.key(ModelKey.of("inner"));
        InferenceCall root = calls.start("framework", outer, 1);
        InferenceCall nested = calls.start("client", inner, 1);

        assertThat(calls.detach(nested)).isNull();
        calls.finish(root, Outcome.OK);

        assertThat(drained(calls).ended(outer)).isOne();
        assertThat(drain.begun(inner)).isZero();
    }

    @Test
    void detach_reenteredCall_endsWithItsOuterMethod() {
        Calls calls = calls();
        int key = calls.key(ModelKey.of("chat"));
        InferenceCall first = calls.start("client", key, 1);
        InferenceCall again = calls.start("client", key, 1);

        assertThat(calls.detach(again)).isNull();
        DetachedCall detached = calls.detach(first);
        assertThat(drained(calls).inFlight(key)).isOne();
        detached.finish(Outcome.OK);

        assertThat(drained(calls).ended(key)).isOne();
    }

    @Test
    void finish_manyThreadsAtOnce_endsOnce() throws Exception {
        Calls calls = calls();
        int key = calls.key(ModelKey.of("chat"));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 200; round++) {
                DetachedCall detached = calls.detach(calls.start("client", key, 1));
                CyclicBarrier barrier = new CyclicBarrier(4);
                List<Future<?>> ends = new ArrayList<>();
                for (Outcome outcome : Outcome.values()) {
                    ends.add(threads.submit(() -> {
                        barrier.await();
                        detached.finish(outcome);
                        return null;
                    }));
                }
                for (Future<?> end : ends) {
                    end.get(10, TimeUnit.SECONDS);
                }
                drained(calls);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(drained(calls).ended(key)).isEqualTo(200);
        assertThat(drain.begun(key)).isEqualTo(200);
    }

    @Test
    void rebookWhileAnotherThreadEndsIt_losesNoEnd() throws Exception {
        Calls calls = calls();
        int unknown = calls.key(ModelKey.of("unknown"));
        int named = calls.key(ModelKey.of("named"));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 500; round++) {
                DetachedCall detached = calls.detach(calls.start("client", unknown, 1));
                CyclicBarrier barrier = new CyclicBarrier(2);
                Future<?> rebook = threads.submit(() -> {
                    barrier.await();
                    detached.rebook(named);
                    return null;
                });
                Future<?> end = threads.submit(() -> {
                    barrier.await();
                    detached.finish(Outcome.OK);
                    return null;
                });
                rebook.get(10, TimeUnit.SECONDS);
                end.get(10, TimeUnit.SECONDS);
                drained(calls);
                assertThat(drain.inFlight(unknown) + drain.inFlight(named)).isZero();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(drained(calls).ended(unknown) + drain.ended(named)).isEqualTo(500);
    }

    @Test
    void neverEnded_isGivenUpWhenTooOld() {
        Calls calls = calls();
        int key = calls.key(ModelKey.of("chat"));
        DetachedCall detached = calls.detach(calls.start("client", key, 1));
        now.addAndGet(LONGEST.toNanos());
        calls.forgetDeadThreads();
        assertThat(drained(calls).inFlight(key)).isOne();
        now.addAndGet(1);
        calls.forgetDeadThreads();

        assertThat(drained(calls).ended(key, Outcome.ABANDONED)).isOne();
        detached.finish(Outcome.OK);
        assertThat(drained(calls).ended(key)).isOne();
    }

    @Test
    void attach_callsOnTheOtherThread_arePartOfIt() {
        Calls calls = calls();
        int outer = calls.key(ModelKey.of("pipeline"));
        int inner = calls.key(ModelKey.of("net"));
        calls.describe(inner, new ModelFacts("onnxruntime", "cpu"));
        DetachedCall detached = calls.detach(calls.start("server", outer, 3));

        onAnotherThread(() -> {
            InferenceCall part = calls.attach(detached);
            InferenceCall nested = calls.start("onnxruntime", inner, 3);
            assertThat(nested.isRoot()).isFalse();
            nested.tokens(9, TokenUsage.UNKNOWN, 4, TokenUsage.UNKNOWN);
            calls.finish(nested, Outcome.OK);
            calls.finish(part, Outcome.OK);
            assertThat(calls.start("onnxruntime", inner, 1).isRoot()).isTrue();
            return true;
        });
        detached.finish(Outcome.OK);

        assertThat(drained(calls).ended(outer)).isOne();
        assertThat(drain.begun(outer)).isOne();
        assertThat(drain.unitsEnded(outer)).isEqualTo(3);
        assertThat(drain.begun(inner)).as("the one after it was detached").isOne();
        assertThat(drain.record(0, record).inputTokens()).isEqualTo(9);
        assertThat(calls.facts(outer)).isEqualTo(new ModelFacts("onnxruntime", "cpu"));
    }

    @Test
    void attach_processorTimeOfTheThread_isTheCalls() {
        Calls calls = calls();
        AtomicLong cpu = new AtomicLong(100);
        calls.useClock(HandClock.of(cpu));
        int key = calls.key(ModelKey.of("pipeline"));
        InferenceCall call = calls.start("server", key, 1);
        cpu.addAndGet(7);
        DetachedCall detached = calls.detach(call);
        cpu.addAndGet(1_000); // the thread does something else
        InferenceCall part = calls.attach(detached);
        cpu.addAndGet(30);
        calls.finish(part, Outcome.OK);
        cpu.addAndGet(1_000);
        detached.finish(Outcome.OK);

        assertThat(drained(calls).cpuNanos(key)).isEqualTo(37);
    }

    @Test
    void attach_threadInsideACallOfItsOwnOrCallEnded_isRefused() {
        Calls calls = calls();
        int key = calls.key(ModelKey.of("net"));
        DetachedCall detached = calls.detach(calls.start("server", key, 1));
        InferenceCall own = calls.start("other", key, 1);
        assertThat(calls.attach(detached)).isNull();
        calls.finish(own, Outcome.OK);
        detached.finish(Outcome.OK);

        assertThat(calls.attach(detached)).isNull();
        assertThat(drained(calls).ended(key)).isEqualTo(2);
    }

    @Test
    void rebookInsideAnAttachedThread_movesTheWholeCallOnce() {
        Calls calls = calls();
        int unknown = calls.key(ModelKey.of("unknown"));
        int named = calls.key(ModelKey.of("named"));
        DetachedCall detached = calls.detach(calls.start("server", unknown, 1));
        InferenceCall part = calls.attach(detached);
        calls.rebook(part, named);
        calls.finish(part, Outcome.OK);
        detached.finish(Outcome.OK);

        drained(calls);
        assertThat(drain.ended(named)).isOne();
        assertThat(drain.begun(named)).isOne();
        assertThat(drain.begun(unknown)).isZero();
        assertThat(drain.inFlight(named) + drain.inFlight(unknown)).isZero();
    }

    /** Whatever the order of events, begun minus ended is what is in flight, and the sums of times are exact. */
    @Test
    void randomStreams_timeInFlightIsExact() {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            Calls calls = calls();
            int key = calls.key(ModelKey.of("net"));
            List<DetachedCall> open = new ArrayList<>();
            double trueNanos = 0;
            for (int i = 0; i < 500; i++) {
                long step = random.nextInt(1_000);
                now.addAndGet(step);
                trueNanos += (double) step * open.size();
                if (open.isEmpty() || random.nextBoolean()) {
                    open.add(calls.detach(calls.start("client", key, 1)));
                } else {
                    DetachedCall some = open.remove(random.nextInt(open.size()));
                    InferenceCall part = random.nextBoolean() ? calls.attach(some) : null;
                    some.finish(Outcome.OK);
                    if (part != null) {
                        calls.finish(part, Outcome.OK);
                    }
                }
                drained(calls);
                assertThat(drain.inFlight(key)).isEqualTo(open.size());
            }
            for (DetachedCall rest : open) {
                rest.finish(Outcome.OK);
            }
            assertThat((double) drained(calls).durationNanos(key)).isEqualTo(trueNanos);
        }
    }

    @Test
    void lend_othersWorkForTheCallThatItsOwnMethodEnds() {
        Calls calls = calls();
        int outer = calls.key(ModelKey.of("embedAll"));
        int inner = calls.key(ModelKey.of("engine"));
        InferenceCall call = calls.start("framework", outer, 3);
        now.addAndGet(10);
        DetachedCall whole = calls.lend(call);
        assertThat(calls.lend(call)).isSameAs(whole);
        now.addAndGet(5);
        onAnotherThread(() -> {
            InferenceCall part = calls.attach(whole);
            InferenceCall nested = calls.start("engine", inner, 1);
            nested.tokens(7, TokenUsage.UNKNOWN, TokenUsage.UNKNOWN, TokenUsage.UNKNOWN);
            calls.finish(nested, Outcome.OK);
            calls.finish(part, Outcome.OK);
            return true;
        });
        assertThat(drained(calls).ended(outer))
                .as("its method has not returned")
                .isZero();
        now.addAndGet(20);
        calls.finish(call, Outcome.ERROR);

        drained(calls);
        assertThat(drain.ended(outer, Outcome.ERROR)).isOne();
        assertThat(drain.inFlight(outer)).isZero();
        assertThat(drain.durationNanos(outer)).isEqualTo(35);
        assertThat(drain.begun(inner)).isZero();
        assertThat(drain.record(0, record).inputTokens()).isEqualTo(7);
        assertThat(calls.attach(whole)).as("who comes late is no part of it").isNull();
        InferenceCall next = calls.start("framework", outer, 1);
        assertThat(next.isRoot()).isTrue();
    }

    @Test
    void lend_insideAnotherCall_lendsTheOutermost() {
        Calls calls = calls();
        int outer = calls.key(ModelKey.of("outer"));
        InferenceCall root = calls.start("framework", outer, 1);
        InferenceCall nested = calls.start("embeddings", calls.key(ModelKey.of("nested")), 1);
        DetachedCall whole = calls.lend(nested);
        calls.finish(nested, Outcome.OK);

        assertThat(whole.inFlight()).isTrue();
        calls.finish(root, Outcome.OK);
        assertThat(whole.inFlight()).isFalse();
        assertThat(drained(calls).ended(outer)).isOne();
    }

    @Test
    void finish_ofAHeldCall_waitsForThoseWhoStillWorkForIt() {
        Calls calls = calls();
        int key = calls.key(ModelKey.of("embedAll"));
        InferenceCall call = calls.start("framework", key, 2);
        DetachedCall whole = calls.lend(call);
        whole.hold();
        whole.hold();
        whole.release();
        now.addAndGet(10);
        calls.finish(call, Outcome.ERROR);

        assertThat(drained(calls).inFlight(key)).as("one is queued still").isOne();
        InferenceCall next = calls.start("framework", key, 1);
        assertThat(next.isRoot()).as("its own thread is free").isTrue();
        calls.finish(next, Outcome.OK);
        now.addAndGet(30);
        onAnotherThread(() -> {
            InferenceCall part = calls.attach(whole);
            assertThat(part).isNotNull();
            calls.finish(part, Outcome.OK);
            whole.release();
            return true;
        });

        drained(calls);
        assertThat(drain.ended(key, Outcome.ERROR)).isOne();
        assertThat(drain.ended(key, Outcome.OK)).isOne();
        assertThat(drain.inFlight(key)).isZero();
        assertThat(drain.durationNanos(key)).isEqualTo(40);
        assertThat(calls.attach(whole)).isNull();
    }

    @Test
    void heldCallThatNobodyReleases_isGivenUp() {
        Calls calls = calls();
        int key = calls.key(ModelKey.of("embedAll"));
        InferenceCall call = calls.start("framework", key, 1);
        DetachedCall whole = calls.lend(call);
        whole.hold();
        calls.finish(call, Outcome.OK);
        now.addAndGet(LONGEST.toNanos() + 1);
        calls.forgetDeadThreads();
        whole.release();

        assertThat(drained(calls).ended(key, Outcome.ABANDONED)).isOne();
        assertThat(drain.ended(key)).isOne();
        assertThat(drain.inFlight(key)).isZero();
    }

    @Test
    void layerOff_heldCalls_endWithTheirOwnMethod() {
        Calls calls = calls();
        int key = calls.key(ModelKey.of("embedAll"));
        InferenceCall call = calls.start("framework", key, 1);
        calls.lend(call).hold();
        DetachedCall gone = onAnotherThread(() -> {
            InferenceCall other = calls.start("framework", key, 1);
            DetachedCall lent = calls.lend(other);
            lent.hold();
            calls.finish(other, Outcome.OK);
            return lent;
        });
        assertThat(drained(calls).inFlight(key)).isEqualTo(2);

        calls.layerOff("framework");
        assertThat(gone.inFlight()).isFalse();
        assertThat(drained(calls).inFlight(key)).isOne();
        calls.finish(call, Outcome.OK);

        assertThat(drained(calls).ended(key, Outcome.OK)).isEqualTo(2);
        assertThat(drain.inFlight(key)).isZero();
    }

    @Test
    void lend_tokensThatItsOwnMethodKnows_standForThoseOfTheOthers() {
        Calls calls = calls();
        int key = calls.key(ModelKey.of("embedAll"));
        InferenceCall call = calls.start("framework", key, 1);
        assertThat(call.isLent()).isFalse();
        DetachedCall whole = calls.lend(call);
        onAnotherThread(() -> {
            InferenceCall part = calls.attach(whole);
            InferenceCall nested = calls.start("engine", calls.key(ModelKey.of("engine")), 1);
            nested.tokens(7, TokenUsage.UNKNOWN, TokenUsage.UNKNOWN, TokenUsage.UNKNOWN);
            assertThat(nested.isLent()).isTrue();
            calls.finish(nested, Outcome.OK);
            calls.finish(part, Outcome.OK);
            return true;
        });
        assertThat(call.isLent()).isTrue();
        call.tokens(5, TokenUsage.UNKNOWN, TokenUsage.UNKNOWN, TokenUsage.UNKNOWN);
        calls.finish(call, Outcome.OK);

        assertThat(drained(calls).record(0, record).inputTokens()).isEqualTo(5);
    }

    @Test
    void callOfManyRequests_countsAsThatManyAndItsUnitsOnce() {
        Calls calls = calls();
        int key = calls.key(ModelKey.of("served"));
        InferenceCall batch = calls.start("server", key, 4, 8);
        now.addAndGet(10);
        assertThat(drained(calls).inFlight(key)).isEqualTo(4);
        calls.finish(batch, Outcome.OK);

        drained(calls);
        assertThat(drain.ended(key, Outcome.OK)).isEqualTo(4);
        assertThat(drain.unitsEnded(key)).isEqualTo(8);
        assertThat(drain.unitNanos(key)).isEqualTo(80);
        assertThat(drain.durationNanos(key)).isEqualTo(40);
        assertThat(drain.recordCount()).isOne();
        assertThat(drain.record(0, record).requests()).isEqualTo(4);
        assertThat(record.key()).isEqualTo(key);
    }
}
