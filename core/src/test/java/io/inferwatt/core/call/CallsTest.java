package io.inferwatt.core.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallsTest {

    @TempDir
    Path noProc;

    private final AtomicLong now = new AtomicLong(1_000);
    private final CallDrain drain = new CallDrain();

    private Calls calls() {
        return new Calls(new CallRecorder(2, 64), now::get, Duration.ofSeconds(10), new EnginePools(noProc));
    }

    private CallDrain drained(Calls calls) {
        calls.drain(drain, now.get());
        return drain;
    }

    @Test
    void requestThatIsNotAdmitted_hasNotBegun_andNothingInsideARequestIsAsked() {
        Calls calls = calls();
        int key = calls.key(ModelKey.of("large"));
        calls.tenants(() -> 7);
        InferenceCall accepted = calls.start("djl", key, 1);
        calls.admitBy((model, tenants) -> model.model() + " for " + tenants.currentHash());

        InferenceCall inside = calls.start("onnxruntime", key, 1);
        calls.finish(inside, Outcome.OK);
        calls.finish(accepted, Outcome.OK);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> calls.start("djl", key, 1))
                    .isInstanceOf(RejectedExecutionException.class)
                    .hasMessage("large for 7");
        }
        assertThat(drained(calls).ended(key)).isOne();
        assertThat(drain.inFlight(key)).isZero();
        assertThat(calls.currentTenant()).isEqualTo(7);

        calls.admitBy(null);
        calls.finish(calls.start("djl", key, 1), Outcome.OK);
        assertThat(drained(calls).ended(key)).isEqualTo(2);
    }

    @Test
    void innerCallOfAnotherLayer_belongsToTheOuter() {
        Calls calls = calls();
        int outer = calls.key(ModelKey.of("outer"));
        int inner = calls.key(ModelKey.of("inner"));
        calls.describe(inner, new ModelFacts("onnxruntime", "cpu"));

        InferenceCall root = calls.start("djl", outer, 4);
        now.addAndGet(10);
        InferenceCall nested = calls.start("onnxruntime", inner, 4);
        assertThat(nested.root()).isSameAs(root);
        assertThat(nested.isRoot()).isFalse();
        now.addAndGet(80);
        calls.finish(nested, Outcome.OK);
        now.addAndGet(10);
        calls.finish(root, Outcome.OK);

        assertThat(drained(calls).ended(outer)).isOne();
        assertThat(drain.unitsEnded(outer)).isEqualTo(4);
        assertThat(drain.durationNanos(outer)).isEqualTo(100);
        assertThat(drain.begun(inner)).isZero();
        assertThat(calls.facts(outer)).isEqualTo(new ModelFacts("onnxruntime", "cpu"));
    }

    @Test
    void tenantOfARequest_isThatOfItsThreadAtItsBegin_alsoWhenItGoesOnElsewhere() {
        Calls calls = calls();
        AtomicLong tenant = new AtomicLong(7);
        calls.tenants(tenant::get);
        int key = calls.key(ModelKey.of("net"));

        InferenceCall root = calls.start("djl", key, 1);
        tenant.set(8);
        InferenceCall inner = calls.start("onnxruntime", key, 1);
        calls.finish(inner, Outcome.OK);
        calls.finish(root, Outcome.OK);
        DetachedCall stream = calls.detach(calls.start("djl", key, 1));
        tenant.set(0);
        stream.finish(Outcome.OK);
        calls.finish(calls.start("djl", key, 1), Outcome.OK);

        CallRecord record = new CallRecord();
        drained(calls);
        assertThat(drain.record(0, record).tenant()).isEqualTo(7);
        assertThat(drain.record(1, record).tenant()).isEqualTo(8);
        assertThat(drain.record(2, record).tenant()).isZero();
        assertThat(drain.recordCount()).isEqualTo(3);
    }

    @Test
    void overloadsOfOneLayer_areOneCall() {
        Calls calls = calls();
        int key = calls.key(ModelKey.of("net"));
        InferenceCall first = calls.start("dl4j", key, 1);
        InferenceCall second = calls.start("dl4j", key, 1);
        assertThat(second).isSameAs(first);
        calls.finish(second, Outcome.OK);
        assertThat(drained(calls).inFlight(key)).isOne();
        calls.finish(first, Outcome.OK);
        assertThat(drained(calls).ended(key)).isOne();
        assertThat(drain.inFlight(key)).isZero();
    }

    @Test
    void endedCall_cannotEndAgain() {
        Calls calls = calls();
        int key = calls.key(ModelKey.of("net"));
        InferenceCall call = calls.start("a", key, 1);
        calls.finish(call, Outcome.OK);
        calls.finish(call, Outcome.ERROR);
        assertThat(drained(calls).ended(key)).isOne();
        assertThat(drain.ended(key, Outcome.ERROR)).isZero();
    }

    @Test
    void innerTokens_countOnlyIfTheRootReportsNone() {
        Calls calls = calls();
        int key = calls.key(ModelKey.of("chat"));
        nestedTokens(calls, key, false);
        nestedTokens(calls, key, true);
        drained(calls);
        CallRecord record = new CallRecord();
        assertThat(drain.record(0, record).inputTokens()).isEqualTo(30);
        assertThat(drain.record(0, record).outputTokens()).isEqualTo(7);
        assertThat(drain.record(1, record).inputTokens()).isEqualTo(100);
        assertThat(drain.record(1, record).outputTokens()).isEqualTo(50);
        assertThat(drain.record(1, record).reasoningTokens()).isEqualTo(TokenUsage.UNKNOWN);
    }

    private static void nestedTokens(Calls calls, int key, boolean rootReports) {
        InferenceCall root = calls.start("framework", key, 1);
        for (int i = 0; i < 2; i++) {
            InferenceCall inner = calls.start("client", key, 1);
            inner.tokens(10 + 10 * i, TokenUsage.UNKNOWN, 3 + i, TokenUsage.UNKNOWN);
            calls.finish(inner, Outcome.OK);
        }
        if (rootReports) {
            root.tokens(100, 0, 50, TokenUsage.UNKNOWN);
        }
        calls.finish(root, Outcome.OK);
    }

    @Test
    void tokensThatTwoInnerLevelsReport_countOnce() {
        Calls calls = calls();
        int key = calls.key(ModelKey.of("chat"));
        InferenceCall root = calls.start("service", key, 1);
        InferenceCall framework = calls.start("framework", key, 1);
        InferenceCall client = calls.start("client", key, 1);
        client.tokens(10, TokenUsage.UNKNOWN, 3, TokenUsage.UNKNOWN);
        calls.finish(client, Outcome.OK);
        framework.tokens(10, TokenUsage.UNKNOWN, 3, TokenUsage.UNKNOWN);
        calls.finish(framework, Outcome.OK);
        calls.finish(root, Outcome.OK);
        CallRecord record = drained(calls).record(0, new CallRecord());
        assertThat(record.inputTokens()).isEqualTo(10);
        assertThat(record.outputTokens()).isEqualTo(3);
    }

    @Test
    void innerCallOfWhichNothingIsKnown_doesNotHideTheFactsOfTheNext() {
        Calls calls = calls();
        int outer = calls.key(ModelKey.of("outer"));
        int tokenizer = calls.key(ModelKey.of("tokenizer"));
        int engine = calls.key(ModelKey.of("engine"));
        calls.describe(engine, new ModelFacts("onnxruntime", "cpu"));
        InferenceCall root = calls.start("djl", outer, 1);
        calls.finish(calls.start("tokenizers", tokenizer, 1), Outcome.OK);
        calls.finish(calls.start("onnxruntime", engine, 1), Outcome.OK);
        calls.finish(root, Outcome.OK);
        assertThat(calls.facts(outer)).isEqualTo(new ModelFacts("onnxruntime", "cpu"));
    }

    @Test
    void modelKnownOnlyInside_movesTheCall() {
        Calls calls = calls();
        int unknown = calls.key(ModelKey.of("unknown"));
        int known = calls.key(ModelKey.of("known"));
        InferenceCall call = calls.start("framework", unknown, 2);
        now.addAndGet(5);
        calls.rebook(call, known);
        now.addAndGet(20);
        calls.finish(call, Outcome.OK);
        assertThat(drained(calls).ended(known)).isOne();
        assertThat(drain.begun(unknown)).isZero();
        assertThat(drain.inFlightNanos(unknown)).isEqualTo(5);
        assertThat(drain.inFlightNanos(known)).isEqualTo(20);
        assertThat(drain.durationNanos(known)).isEqualTo(25);
    }

    @Test
    void movedCall_leavesTheProcessorTimeSoFarWithTheOldKey() {
        Calls calls = calls();
        AtomicLong cpu = new AtomicLong(500);
        calls.useClock(HandClock.of(cpu));
        int unknown = calls.key(ModelKey.of("unknown"));
        int known = calls.key(ModelKey.of("known"));
        InferenceCall call = calls.start("framework", unknown, 1);
        cpu.addAndGet(70);
        calls.rebook(call, known);
        cpu.addAndGet(30);
        long[] inFlight = new long[KeyTable.CAPACITY];
        calls.addCpuInFlight(inFlight, new long[KeyTable.CAPACITY], drained(calls));
        assertThat(inFlight[unknown]).isZero();
        assertThat(inFlight[known]).isEqualTo(30);
        calls.finish(call, Outcome.OK);
        assertThat(drained(calls).cpuNanos(unknown)).isEqualTo(70);
        assertThat(drain.cpuNanos(known)).isEqualTo(30);
    }

    @Test
    void rootThatNeverEnded_isAbandonedAtTheNextCallOfItsThread() {
        Calls calls = calls();
        int key = calls.key(ModelKey.of("stuck"));
        InferenceCall stuck = calls.start("a", key, 1);
        now.addAndGet(Duration.ofSeconds(11).toNanos());
        InferenceCall next = calls.start("b", key, 1);
        assertThat(next.isRoot()).isTrue();
        calls.finish(next, Outcome.OK);
        calls.finish(stuck, Outcome.OK);
        assertThat(drained(calls).ended(key, Outcome.ABANDONED)).isOne();
        assertThat(drain.ended(key, Outcome.OK)).isOne();
        assertThat(drain.inFlight(key)).isZero();
    }

    @Test
    void rootThatNeverEnded_isAbandonedByTheSampler_andItsLateEndIsIgnored() {
        Calls calls = calls();
        int key = calls.key(ModelKey.of("stuck"));
        InferenceCall stuck = calls.start("a", key, 1);
        now.addAndGet(Duration.ofSeconds(11).toNanos());
        calls.addCpuInFlight(new long[KeyTable.CAPACITY], new long[KeyTable.CAPACITY], drained(calls));
        assertThat(drained(calls).ended(key, Outcome.ABANDONED)).isOne();
        calls.finish(stuck, Outcome.OK);
        assertThat(drained(calls).ended(key)).isOne();
        assertThat(drain.inFlight(key)).isZero();
    }

    /** What fails between the stack of a thread and the record of a call, as anything may for want of memory. */
    @Test
    void callWhoseEndFailed_isAbandonedAtTheNextCallOfItsThread() {
        AtomicBoolean starved = new AtomicBoolean();
        Calls calls = new Calls(
                new CallRecorder(2, 64),
                () -> {
                    if (starved.get()) {
                        throw new OutOfMemoryError("none left");
                    }
                    return now.get();
                },
                Duration.ofSeconds(10),
                new EnginePools(noProc));
        int key = calls.key(ModelKey.of("net"));
        InferenceCall call = calls.start("a", key, 1);
        starved.set(true);
        assertThatThrownBy(() -> calls.finish(call, Outcome.OK)).isInstanceOf(OutOfMemoryError.class);
        starved.set(false);
        assertThat(drained(calls).inFlight(key)).isOne();

        InferenceCall next = calls.start("a", key, 1);
        assertThat(next.isRoot()).isTrue();
        assertThat(next.isReentered()).isFalse();
        assertThat(drained(calls).ended(key, Outcome.ABANDONED)).isOne();
        calls.finish(next, Outcome.OK);
        assertThat(drained(calls).ended(key, Outcome.OK)).isOne();
        assertThat(drain.inFlight(key)).isZero();
    }

    @Test
    void clockThatFails_costsNoCallItsEnd() {
        Calls calls = calls();
        AtomicBoolean starved = new AtomicBoolean();
        calls.useClock(new ThreadClock() {
            @Override
            public long currentNanos() {
                if (starved.get()) {
                    throw new InternalError("no memory"); // JUnit itself ends at an OutOfMemoryError
                }
                return 5;
            }

            @Override
            public long nanos(long threadId) {
                return 5;
            }
        });
        int unknown = calls.key(ModelKey.of("unknown"));
        int known = calls.key(ModelKey.of("known"));
        for (int way = 0; way < 4; way++) {
            starved.set(false);
            InferenceCall call = calls.start("a", unknown, 1);
            starved.set(true);
            switch (way) {
                case 0 -> calls.rebook(call, known);
                case 1 -> calls.lend(call);
                case 2 -> Objects.requireNonNull(calls.detach(call)).finish(Outcome.OK);
                default -> {}
            }
            calls.finish(call, Outcome.OK);
        }
        assertThat(drained(calls).ended(unknown, Outcome.OK)).isEqualTo(3);
        assertThat(drain.ended(known, Outcome.OK)).isOne();
        assertThat(drain.inFlight(unknown)).isZero();
        assertThat(drain.inFlight(known)).isZero();
    }

    @Test
    void callOfAThreadThatHasEnded_isAbandonedByTheSampler() throws InterruptedException {
        Calls calls = calls();
        int key = calls.key(ModelKey.of("lost"));
        Thread thread = new Thread(() -> calls.start("a", key, 1));
        thread.start();
        thread.join();
        calls.start("a", key, 1); // of a thread that lives
        calls.addCpuInFlight(new long[KeyTable.CAPACITY], new long[KeyTable.CAPACITY], drained(calls));
        assertThat(drained(calls).ended(key, Outcome.ABANDONED)).isOne();
        assertThat(drain.inFlight(key)).isOne();
    }

    @Test
    void longestDuration_canBeSetLater() {
        Calls calls = calls();
        int key = calls.key(ModelKey.of("long"));
        calls.limitDuration(Duration.ofSeconds(60));
        calls.start("a", key, 1);
        now.addAndGet(Duration.ofSeconds(11).toNanos());
        long[] ignored = new long[KeyTable.CAPACITY];
        calls.addCpuInFlight(ignored, ignored, drained(calls));
        assertThat(drained(calls).inFlight(key)).isOne();
        now.addAndGet(Duration.ofSeconds(50).toNanos());
        calls.addCpuInFlight(ignored, ignored, drained(calls));
        assertThat(drained(calls).ended(key, Outcome.ABANDONED)).isOne();
    }

    @Test
    void layerSwitchedOffInsideACall_freesTheThread() {
        Calls calls = calls();
        int key = calls.key(ModelKey.of("net"));
        calls.start("off", key, 1);
        calls.layerOff("off");
        InferenceCall next = calls.start("on", key, 1);
        assertThat(next.isRoot()).isTrue();
        calls.finish(next, Outcome.OK);
        assertThat(drained(calls).ended(key)).isEqualTo(2);
        assertThat(drain.inFlight(key)).isZero();
    }

    @Test
    void runawayNesting_isCutOffWithoutHarm() {
        Calls calls = calls();
        int key = calls.key(ModelKey.of("deep"));
        InferenceCall[] nest = new InferenceCall[100];
        for (int i = 0; i < nest.length; i++) {
            nest[i] = calls.start("layer" + i, key, 1);
        }
        for (int i = nest.length - 1; i >= 0; i--) {
            calls.finish(nest[i], Outcome.OK);
        }
        assertThat(drained(calls).ended(key)).isOne();
        assertThat(drain.inFlight(key)).isZero();
    }

    @Test
    void randomNesting_alwaysEndsWithNothingInFlight() {
        Calls calls = calls();
        Random random = new Random(7);
        int key = calls.key(ModelKey.of("net"));
        for (int i = 0; i < 500; i++) {
            nest(calls, key, random, 6);
            now.addAndGet(random.nextInt(1_000));
        }
        assertThat(drained(calls).inFlight(key)).isZero();
        assertThat(drain.ended(key)).isEqualTo(500);
    }

    private void nest(Calls calls, int key, Random random, int depth) {
        InferenceCall call = calls.start("layer" + random.nextInt(3), key, 1);
        now.addAndGet(random.nextInt(10));
        if (depth > 0 && random.nextInt(3) > 0) {
            nest(calls, key, random, depth - 1);
        }
        // Some inner call loses its end: whatever ends outside takes it along.
        boolean ownFrame = call.reentries == 0;
        if (depth == 6 || !ownFrame || random.nextInt(5) > 0) {
            calls.finish(call, random.nextBoolean() ? Outcome.OK : Outcome.ERROR);
        }
    }

    @Test
    void tooManyKeys_foldIntoOther() {
        Calls calls = calls();
        for (int i = 0; i < 500; i++) {
            int key = calls.key(ModelKey.of("model" + i));
            assertThat(key).isEqualTo(i < KeyTable.CAPACITY - 1 ? i + 1 : KeyTable.OTHER);
        }
        assertThat(calls.keys().size()).isEqualTo(KeyTable.CAPACITY);
        assertThat(calls.keys().folded()).isEqualTo(500 - KeyTable.CAPACITY + 1);
        assertThat(calls.key(ModelKey.of("model3"))).isEqualTo(4);
    }

    @Test
    void callingThreadsProcessorTime_isTakenFromTheClock_whileInFlightAndAtTheEnd() {
        Calls calls = calls();
        AtomicLong cpu = new AtomicLong(500);
        calls.useClock(HandClock.of(cpu));
        int key = calls.key(ModelKey.of("net"));
        InferenceCall call = calls.start("a", key, 1);
        now.addAndGet(1_000);
        cpu.addAndGet(300);
        long[] inFlight = new long[KeyTable.CAPACITY];
        calls.addCpuInFlight(inFlight, new long[KeyTable.CAPACITY], drained(calls));
        assertThat(inFlight[key]).isEqualTo(300);
        cpu.addAndGet(100);
        calls.finish(call, Outcome.OK);
        assertThat(drained(calls).cpuNanos(key)).isEqualTo(400);

        calls.markShort(key, true);
        call = calls.start("a", key, 1);
        now.addAndGet(50);
        long[] unread = new long[KeyTable.CAPACITY];
        calls.addCpuInFlight(new long[KeyTable.CAPACITY], unread, drained(calls));
        assertThat(unread[key]).isEqualTo(50);
        calls.finish(call, Outcome.OK);
        assertThat(drained(calls).cpuNanos(key)).isEqualTo(400);
        assertThat(drain.unreadNanos(key)).as("time in flight, kept apart").isEqualTo(50);
    }
}
