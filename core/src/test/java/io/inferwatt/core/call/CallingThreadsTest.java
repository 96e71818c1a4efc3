package io.inferwatt.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the sampler sees of threads that make calls, whenever these begin and end beside it. */
class CallingThreadsTest {

    private static final long SEED = Long.getLong("callers.seed", 20261130L);
    private static final long MILLISECOND = 1_000_000;

    @TempDir
    Path noProc;

    private final AtomicLong now = new AtomicLong(1_000);
    private final AtomicLong cpu = new AtomicLong(500);
    private final CallDrain drain = new CallDrain();
    private final long[] none = new long[KeyTable.CAPACITY];

    private Calls calls() {
        Calls calls = new Calls(new CallRecorder(2, 64), now::get, Duration.ofSeconds(10), new EnginePools(noProc));
        calls.useClock(HandClock.of(cpu));
        return calls;
    }

    private void pass(long cpuNanos) {
        now.addAndGet(2 * cpuNanos);
        cpu.addAndGet(cpuNanos);
    }

    /** As {@link Calls#addCpuInFlight}, on top of what was drained. */
    private long cpuOf(Calls calls, int key) {
        long[] sums = new long[KeyTable.CAPACITY];
        sums[key] = drain.cpuNanos(key);
        calls.addCpuInFlight(sums, none, drain);
        return sums[key];
    }

    @Test
    void callThatEndsBetweenTheDrainAndTheLook_hasItsTimeInThisTickAndOnceAltogether() {
        Calls calls = calls();
        int key = calls.key(ModelKey.of("net"));
        InferenceCall call = calls.start("a", key, 1);
        pass(40);
        calls.drain(drain, now.get());
        assertThat(cpuOf(calls, key)).isEqualTo(40);
        pass(60);
        calls.drain(drain, now.get());
        pass(1);
        calls.finish(call, Outcome.OK);
        pass(5);
        assertThat(cpuOf(calls, key)).as("just ended").isEqualTo(101);
        calls.drain(drain, now.get());
        assertThat(cpuOf(calls, key)).as("drained").isEqualTo(101);
    }

    @Test
    void callThatBeginsAfterOneThatHasJustEnded_isInTheTickToo() {
        Calls calls = calls();
        int first = calls.key(ModelKey.of("first"));
        int second = calls.key(ModelKey.of("second"));
        InferenceCall call = calls.start("a", first, 1);
        pass(60);
        calls.drain(drain, now.get());
        pass(1);
        calls.finish(call, Outcome.OK);
        call = calls.start("a", second, 1);
        pass(7);
        assertThat(cpuOf(calls, first)).isEqualTo(61);
        assertThat(cpuOf(calls, second)).isEqualTo(7);
        calls.rebook(call, first);
        pass(2);
        assertThat(cpuOf(calls, second))
                .as("the stretch before it had another name")
                .isEqualTo(7);
        assertThat(cpuOf(calls, first))
                .as("the call before was drained long ago, as far as is known")
                .isEqualTo(2);
    }

    @Test
    void timeOutsideCalls_isThatBetweenThem_howeverTheLooksFall() {
        Calls calls = calls();
        int key = calls.key(ModelKey.of("net"));
        pass(1_000); // before the first call: nobody knows this thread
        InferenceCall call = calls.start("a", key, 1);
        pass(100);
        assertThat(calls.callersNanos()).isZero();
        calls.finish(call, Outcome.OK);
        pass(30);
        assertThat(calls.callersNanos()).isEqualTo(30);
        pass(5);
        call = calls.start("a", key, 1);
        pass(200);
        assertThat(calls.callersNanos()).isEqualTo(35);
        calls.finish(call, Outcome.OK);
        call = calls.start("a", key, 1);
        calls.finish(call, Outcome.OK);
        pass(3);
        assertThat(calls.callersNanos()).isEqualTo(38);
    }

    @Test
    void timeOfAThreadThatHasLongMadeNoCall_neverComes() {
        Calls calls = calls();
        int key = calls.key(ModelKey.of("net"));
        calls.finish(calls.start("a", key, 1), Outcome.OK);
        for (int i = 0; i <= Calls.LOOKS_AFTER_CALL; i++) {
            pass(10);
            calls.callersNanos();
        }
        long followed = calls.callersNanos();
        pass(10_000);
        assertThat(calls.callersNanos()).isEqualTo(followed);
        InferenceCall call = calls.start("a", key, 1);
        assertThat(calls.callersNanos()).isEqualTo(followed);
        calls.finish(call, Outcome.OK);
        pass(6);
        assertThat(calls.callersNanos()).isEqualTo(followed + 6);
    }

    @Test
    void timeAroundCallsThatAreTooShortToBeRead_isNotTakenForAnyones() {
        Calls calls = calls();
        int key = calls.key(ModelKey.of("net"));
        int quick = calls.key(ModelKey.of("quick"));
        calls.markShort(quick, true);
        calls.finish(calls.start("a", key, 1), Outcome.OK);
        pass(30);
        InferenceCall call = calls.start("a", quick, 1);
        pass(9);
        calls.finish(call, Outcome.OK);
        pass(400);
        assertThat(calls.callersNanos()).isZero();
        calls.finish(calls.start("a", key, 1), Outcome.OK);
        pass(4);
        assertThat(calls.callersNanos()).isEqualTo(4);
    }

    @Test
    void callThatGoesOnElsewhere_leavesItsThreadOutside_andOneThatIsLentDoesNot() {
        Calls calls = calls();
        int key = calls.key(ModelKey.of("net"));
        calls.detach(calls.start("a", key, 1));
        pass(30);
        assertThat(calls.callersNanos()).isEqualTo(30);
        InferenceCall call = calls.start("a", key, 1);
        pass(10);
        calls.lend(call);
        pass(20);
        assertThat(calls.callersNanos()).isEqualTo(30);
        calls.finish(call, Outcome.OK);
        pass(5);
        assertThat(calls.callersNanos()).isEqualTo(35);
    }

    @Test
    void stepThatAThreadNeverClosed_keepsNoCallInFlight_andIsClosedByTheNextOne() {
        Calls calls = calls();
        int key = calls.key(ModelKey.of("net"));
        InferenceCall call = calls.start("a", key, 1);
        call.thread.notes.open(); // as where the stack ends just behind it
        pass(40);
        calls.drain(drain, now.get());
        assertThat(cpuOf(calls, key)).as("in the middle of a step").isZero();
        now.addAndGet(Duration.ofSeconds(11).toNanos());
        calls.drain(drain, now.get());
        calls.addCpuInFlight(none, none, drain);
        calls.drain(drain, now.get());
        assertThat(drain.ended(key, Outcome.ABANDONED)).isOne();
        calls.finish(call, Outcome.OK);
        call = calls.start("a", key, 1);
        pass(7);
        calls.drain(drain, now.get());
        assertThat(cpuOf(calls, key)).isEqualTo(47);
    }

    @Test
    void callGivenUpByTheSampler_isNotTakenForTimeOutside() {
        Calls calls = calls();
        int key = calls.key(ModelKey.of("stuck"));
        calls.start("a", key, 1);
        now.addAndGet(Duration.ofSeconds(11).toNanos());
        cpu.addAndGet(Duration.ofSeconds(11).toNanos());
        calls.drain(drain, now.get());
        calls.addCpuInFlight(none, none, drain);
        calls.drain(drain, now.get());
        assertThat(drain.ended(key, Outcome.ABANDONED)).isOne();
        assertThat(calls.callersNanos()).isZero();
    }

    /**
     * Threads that compute, and a sampler that is held up between the drain and the look: what it sees of a model neither falls back nor
     * runs ahead of the time that has passed, and of the threads' time outside calls there is no more than they had.
     */
    @Test
    void realThreads_areNeverSeenToHaveUsedMoreThanTimeHasPassed() throws InterruptedException {
        Calls calls =
                new Calls(new CallRecorder(4, 1024), System::nanoTime, Duration.ofMinutes(10), new EnginePools(noProc));
        calls.useClock(new JvmClock());
        int key = calls.key(ModelKey.of("net"));
        AtomicBoolean stop = new AtomicBoolean();
        AtomicLong outside = new AtomicLong();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Random random = new Random(SEED + i);
            Thread thread = new Thread(() -> call(calls, key, random, stop, outside));
            thread.start();
            callers.add(thread);
        }
        Random random = new Random(SEED);
        long seen = 0;
        long lookedNanos = System.nanoTime();
        int ticks = 400;
        int fallen = 0;
        int ahead = 0;
        for (int i = 0; i < ticks; i++) {
            LockSupport.parkNanos(2 * MILLISECOND);
            calls.drain(drain, System.nanoTime());
            if (i % 2 == 0) {
                LockSupport.parkNanos(random.nextInt(3) * MILLISECOND);
            }
            long used = cpuOf(calls, key);
            long looked = System.nanoTime();
            calls.callersNanos();
            fallen += used < seen ? 1 : 0;
            ahead += used - seen > callers.size() * (looked - lookedNanos) + MILLISECOND ? 1 : 0;
            seen = Math.max(seen, used);
            lookedNanos = looked;
        }
        stop.set(true);
        for (Thread thread : callers) {
            thread.join();
        }
        // A call may end in the microseconds of the drain itself, and two of a thread in one pause: rare, and made good
        // by the next tick.
        assertThat(fallen).as("of %d ticks, seed %d", ticks, SEED).isLessThan(ticks / 20);
        assertThat(ahead).as("of %d ticks, seed %d", ticks, SEED).isLessThan(ticks / 20);
        assertThat(calls.callersNanos()).isBetween(outside.get() / 2, outside.get() + MILLISECOND);
    }

    private static void call(Calls calls, int key, Random random, AtomicBoolean stop, AtomicLong outside) {
        JvmClock clock = new JvmClock();
        while (!stop.get()) {
            InferenceCall call = calls.start("a", key, 1);
            spin(clock, (5 + random.nextInt(15)) * MILLISECOND);
            long insideUntil = clock.currentNanos();
            calls.finish(call, Outcome.OK);
            spin(clock, random.nextInt(2) * MILLISECOND);
            outside.addAndGet(clock.currentNanos() - insideUntil);
        }
    }

    private static void spin(JvmClock clock, long nanos) {
        long until = clock.currentNanos() + nanos;
        while (clock.currentNanos() < until) {
            Thread.onSpinWait();
        }
    }

    private static final class JvmClock implements ThreadClock {

        @Override
        public long currentNanos() {
            return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }

        @Override
        public long nanos(long threadId) {
            return ManagementFactory.getThreadMXBean().getThreadCpuTime(threadId);
        }
    }
}
