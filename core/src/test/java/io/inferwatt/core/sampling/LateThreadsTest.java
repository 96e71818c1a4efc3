package io.inferwatt.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.call.CallDrain;
import io.inferwatt.core.call.Calls;
import io.inferwatt.core.call.EnginePool;
import io.inferwatt.core.call.EnginePools;
import io.inferwatt.core.call.EnginePoolsOf;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.KeyTable;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads that appear after the session was created, below a proc file system of real files. */
class LateThreadsTest {

    private static final int ENGINE = 7;
    private static final int OTHER_ENGINE = 8;
    private static final int LATE = 20;

    @TempDir
    Path proc;

    private final Calls calls = new Calls();
    private final CallDrain drain = new CallDrain();
    private final long[] nanos = new long[KeyTable.CAPACITY];
    private final int key = calls.key(ModelKey.of("a"));
    private final int otherKey = calls.key(ModelKey.of("b"));
    private EnginePools pools;
    private EnginePoolCpu cpu;
    private long now = System.nanoTime();

    @BeforeEach
    void noEngineYet() throws IOException {
        Files.createDirectories(proc.resolve("thread-self"));
        Files.writeString(proc.resolve("thread-self/comm"), "creator\n");
        thread(1, "java", 0);
        thread(2, "creator", 0);
        pools = EnginePoolsOf.proc(proc);
        cpu = new EnginePoolCpu(pools, new CpuClocks.PlainCpuClocks());
    }

    private void thread(int tid, String name, long nanos) throws IOException {
        Path folder = Files.createDirectories(proc.resolve("self/task/" + tid));
        Files.writeString(folder.resolve("comm"), name + "\n");
        Files.writeString(folder.resolve("schedstat"), nanos + " 12 34\n");
    }

    private void ended(int tid) throws IOException {
        Path folder = proc.resolve("self/task/" + tid);
        Files.delete(folder.resolve("comm"));
        Files.delete(folder.resolve("schedstat"));
        Files.delete(folder);
    }

    private EnginePool engine(int tid, boolean grows) throws IOException {
        EnginePools.Snapshot before = pools.beforeCreation();
        thread(tid, "creator", 1_000);
        return pools.afterCreation(before, grows ? Integer.MAX_VALUE : 0);
    }

    private InferenceCall begin(EnginePool pool, int model) {
        InferenceCall call = calls.start("llama-cpp", model, 1);
        pool.usedBy(call);
        return call;
    }

    private void tick() {
        now += 50_000_000;
        calls.drain(drain, now);
        cpu.addTo(nanos, drain, EnginePoolCpu.UNKNOWN);
    }

    private void ticks(int count) {
        for (int i = 0; i < count; i++) {
            tick();
        }
    }

    @Test
    void threadThatAnEngineStartsLater_isBilledFromWhenItIsKnown() throws IOException {
        EnginePool pool = engine(ENGINE, true);
        begin(pool, key);
        tick();
        thread(LATE, "creator", 500);
        ticks(2);
        thread(LATE, "creator", 900);
        tick();
        assertThat(pool.threadIds()).containsExactly(ENGINE, LATE);
        assertThat(nanos[key]).as("what it did before stays with the runtime").isZero();
        thread(LATE, "creator", 1_000);
        thread(ENGINE, "creator", 1_030);
        tick();
        assertThat(nanos[key]).isEqualTo(130);
    }

    /** Ten seconds later the threads are listed once a second only. */
    @Test
    void threadThatComesVeryLate_isFoundWithinASecond() throws IOException {
        EnginePool pool = engine(ENGINE, true);
        begin(pool, key);
        ticks(200);
        thread(LATE, "creator", 500);
        for (int i = 1; i <= 22; i++) {
            thread(LATE, "creator", 500 + i);
            tick();
        }
        assertThat(pool.threadIds()).containsExactly(ENGINE, LATE);
    }

    @Test
    void poolOfASessionWithAllItsThreads_doesNotGrow() throws IOException {
        EnginePool pool = engine(ENGINE, false);
        begin(pool, key);
        work(LATE, "creator");
        assertThat(pool.threadIds()).containsExactly(ENGINE);
    }

    private void work(int tid, String name) throws IOException {
        for (int i = 1; i <= 10; i++) {
            thread(tid, name, 100 * i);
            tick();
        }
    }

    @Test
    void threadThatDoesNotWorkWhileThePoolIsInUse_isNotTheEngines() throws IOException {
        EnginePool pool = engine(ENGINE, true);
        begin(pool, key);
        thread(LATE, "creator", 500);
        ticks(100);
        assertThat(pool.threadIds()).containsExactly(ENGINE);
    }

    @Test
    void threadOfAnotherName_isNotTheEngines() throws IOException {
        EnginePool pool = engine(ENGINE, true);
        begin(pool, key);
        work(LATE, "C2 CompilerThre");
        assertThat(pool.threadIds()).containsExactly(ENGINE);
    }

    @Test
    void threadThatTakesANameOfItsOwn_isNotTheEngines() throws IOException {
        EnginePool pool = engine(ENGINE, true);
        begin(pool, key);
        thread(LATE, "creator", 100);
        tick();
        work(LATE, "pool-1-thread-1");
        assertThat(pool.threadIds()).containsExactly(ENGINE);
    }

    @Test
    void threadThatIsOlderThanTheEngine_isNotTheEngines() throws IOException {
        EnginePool pool = engine(ENGINE, true);
        begin(pool, key);
        work(2, "creator");
        assertThat(pool.threadIds()).containsExactly(ENGINE);
    }

    @Test
    void threadThatEndsBeforeItIsKnown_isForgotten() throws IOException {
        EnginePool pool = engine(ENGINE, true);
        begin(pool, key);
        thread(LATE, "creator", 100);
        tick();
        ended(LATE);
        ticks(3);
        assertThat(pool.threadIds()).containsExactly(ENGINE);
    }

    @Test
    void whileTwoEnginesOfOneNameAreInUse_itIsNotKnownWhoseAThreadIs_andThenIs() throws IOException {
        EnginePool pool = engine(ENGINE, true);
        EnginePool other = engine(OTHER_ENGINE, true);
        InferenceCall[] calling = new InferenceCall[2];
        calling[0] = begin(pool, key);
        onThread(() -> calling[1] = begin(other, otherKey));
        work(LATE, "creator");
        assertThat(pool.threadIds()).containsExactly(ENGINE);
        assertThat(other.threadIds()).containsExactly(OTHER_ENGINE);

        calls.finish(calling[0], Outcome.OK);
        for (int i = 1; i <= 40; i++) {
            thread(LATE, "creator", 1_000 + 100 * i);
            tick();
        }
        assertThat(pool.threadIds()).containsExactly(ENGINE);
        assertThat(other.threadIds()).containsExactly(OTHER_ENGINE, LATE);
        assertThat(nanos[key]).isZero();
    }

    private static void onThread(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whileASessionIsBeingCreated_newThreadsMayBeItsOwn() throws IOException {
        EnginePool pool = engine(ENGINE, true);
        begin(pool, key);
        EnginePools.Snapshot before = pools.beforeCreation();
        work(LATE, "creator");
        assertThat(pool.threadIds()).containsExactly(ENGINE);
        EnginePool other = pools.afterCreation(before);
        assertThat(other.threadIds()).containsExactly(LATE);
        work(LATE, "creator");
        assertThat(pool.threadIds()).containsExactly(ENGINE);
        Reference.reachabilityFence(before);
    }

    /** All that threads did, whoever they belong to, goes to one model at most. */
    @Test
    void timeIsNeverBilledTwice() throws IOException {
        EnginePool pool = engine(ENGINE, true);
        EnginePool other = engine(OTHER_ENGINE, true);
        long done = 0;
        InferenceCall call = begin(pool, key);
        onThread(() -> calls.finish(begin(other, otherKey), Outcome.OK));
        for (int i = 1; i <= 60; i++) {
            done += 4 * 100;
            for (int tid : new int[] {ENGINE, OTHER_ENGINE, LATE, LATE + 1}) {
                thread(tid, "creator", 1_000 + 100 * i);
            }
            if (i == 20) {
                calls.finish(call, Outcome.OK);
            } else if (i > 20) {
                calls.finish(begin(i < 40 ? other : pool, i < 40 ? otherKey : key), Outcome.OK);
            }
            tick();
        }
        assertThat(pool.threadIds().length + other.threadIds().length).isEqualTo(4);
        assertThat(LongStream.of(nanos).sum()).isPositive().isLessThanOrEqualTo(done);
    }

    @Test
    void closedPool_takesNoMoreThreads_andThoseItHadAreForgotten() throws IOException {
        EnginePool pool = engine(ENGINE, true);
        begin(pool, key);
        tick();
        work(LATE, "creator");
        assertThat(pool.threadIds()).containsExactly(ENGINE, LATE);
        pool.close();
        long before = nanos[key];
        work(LATE, "creator");
        work(LATE + 1, "creator");
        assertThat(pool.threadIds()).containsExactly(ENGINE, LATE);
        assertThat(nanos[key]).isEqualTo(before);
        assertThat(pools.claim(LATE + 1, pool)).isFalse();
    }

    /** Two models are always busy, but only one of them was told to divide its work. */
    @Test
    void threadOfTheOneEngineThatLacksOne_isTakenInThoughOthersAreInUse() throws IOException {
        EnginePools.Snapshot before = pools.beforeCreation();
        thread(ENGINE, "creator", 1_000);
        EnginePool lacksOne = pools.afterCreation(before, 1);
        EnginePool complete = engine(OTHER_ENGINE, false);
        begin(lacksOne, key);
        begin(complete, otherKey);
        tick();
        thread(LATE, "creator", 500);
        ticks(2);
        thread(LATE, "creator", 900);
        tick();
        assertThat(lacksOne.threadIds()).containsExactly(ENGINE, LATE);
        assertThat(lacksOne.grows()).as("it has all that it may have").isFalse();

        thread(LATE + 1, "creator", 500);
        ticks(30);
        thread(LATE + 1, "creator", 900);
        ticks(30);
        assertThat(pools.isClaimed(LATE + 1)).isFalse();
    }
}
