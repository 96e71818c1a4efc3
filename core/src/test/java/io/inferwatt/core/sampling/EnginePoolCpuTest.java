package io.inferwatt.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.call.CallDrain;
import io.inferwatt.core.call.Calls;
import io.inferwatt.core.call.DetachedCall;
import io.inferwatt.core.call.EnginePool;
import io.inferwatt.core.call.EnginePools;
import io.inferwatt.core.call.EnginePoolsOf;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.KeyTable;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnginePoolCpuTest {

    @TempDir
    Path proc;

    private Calls calls = new Calls();
    private long clockNanos = 1;
    private final CallDrain drain = new CallDrain();
    private final long[] nanos = new long[KeyTable.CAPACITY];
    private long besideNanos = EnginePoolCpu.UNKNOWN;
    private EnginePool pool;
    private EnginePools pools;

    @BeforeEach
    void createPoolOfTwo() throws IOException {
        Files.createDirectories(proc.resolve("thread-self"));
        Files.writeString(proc.resolve("thread-self/comm"), "creator\n");
        Files.createDirectories(proc.resolve("self/task"));
        pools = EnginePoolsOf.proc(proc);
        EnginePools.Snapshot before = pools.beforeCreation();
        ran(7, 5_000);
        ran(8, 6_000);
        pool = pools.afterCreation(before);
    }

    private void ran(int tid, long nanos) throws IOException {
        Path folder = Files.createDirectories(proc.resolve("self/task/" + tid));
        Files.writeString(folder.resolve("comm"), "creator\n");
        Files.writeString(folder.resolve("schedstat"), nanos + " 12 34\n");
    }

    private int useAs(String model) {
        int key = calls.key(ModelKey.of(model));
        InferenceCall call = calls.start("ort", key, 1);
        pool.usedBy(call);
        calls.finish(call, Outcome.OK);
        return key;
    }

    @Test
    void soleUser_getsAllThatThePoolUsed_butNotItsStart() throws IOException {
        int key = useAs("a");
        EnginePoolCpu cpu = new EnginePoolCpu(pools, new CpuClocks.PlainCpuClocks());
        tick(cpu, 0);
        assertThat(nanos[key]).isZero();
        ran(7, 5_100);
        ran(8, 6_030);
        tick(cpu, 0);
        assertThat(nanos[key]).isEqualTo(130);
    }

    /** Runs a call of the shared pool that lasts so long. */
    private int useFor(String model, long durationNanos) {
        int key = calls.key(ModelKey.of(model));
        InferenceCall call = calls.start("tf", key, 1);
        pool.usedBy(call);
        clockNanos += durationNanos;
        calls.finish(call, Outcome.OK);
        return key;
    }

    @Test
    void severalUsers_shareByTheirTimeInFlight_andSpinningWaitsForTheNextUse() throws IOException {
        calls = EnginePoolsOf.calls(proc, () -> clockNanos);
        int small = useFor("small", 5);
        int large = useFor("large", 5);
        EnginePoolCpu cpu = new EnginePoolCpu(pools, new CpuClocks.PlainCpuClocks());
        tickAt(cpu, clockNanos);
        useFor("small", 10);
        useFor("small", 10);
        useFor("large", 60);
        ran(7, 5_400);
        tickAt(cpu, clockNanos);
        assertThat(nanos[small]).isEqualTo(100);
        assertThat(nanos[large]).isEqualTo(300);
        ran(8, 6_080);
        tickAt(cpu, clockNanos);
        assertThat(nanos[small] + nanos[large]).isEqualTo(400);
        useFor("small", 10);
        tickAt(cpu, clockNanos);
        assertThat(nanos[small]).isEqualTo(180);
    }

    @Test
    void userThatComesLater_bringsNoTimeFromBefore() throws IOException {
        calls = EnginePoolsOf.calls(proc, () -> clockNanos);
        int old = useFor("old", 10);
        int late = calls.key(ModelKey.of("late"));
        InferenceCall elsewhere = calls.start("tf", late, 1);
        clockNanos += 1_000;
        calls.finish(elsewhere, Outcome.OK);
        EnginePoolCpu cpu = new EnginePoolCpu(pools, new CpuClocks.PlainCpuClocks());
        tickAt(cpu, clockNanos);
        useFor("old", 30);
        useFor("late", 10);
        ran(7, 5_400);
        tickAt(cpu, clockNanos);
        assertThat(nanos[old]).isEqualTo(300);
        assertThat(nanos[late]).isEqualTo(100);
    }

    @Test
    void userThatWaitsElsewhere_hasNoShareInWhatOthersCompute() throws IOException {
        calls = EnginePoolsOf.calls(proc, () -> clockNanos);
        int waits = useFor("waits", 10);
        int computes = useFor("computes", 10);
        EnginePoolCpu cpu = new EnginePoolCpu(pools, new CpuClocks.PlainCpuClocks());
        tickAt(cpu, clockNanos);
        useFor("waits", 10);
        useFor("computes", 10);
        ran(7, 5_100);
        tickAt(cpu, clockNanos);
        long before = nanos[waits];
        for (int i = 0; i < 5; i++) {
            InferenceCall elsewhere = calls.start("tf", waits, 1);
            clockNanos += 1_000;
            calls.finish(elsewhere, Outcome.OK);
            useFor("computes", 10);
            ran(7, 5_200 + 100 * i);
            tickAt(cpu, clockNanos);
        }
        assertThat(nanos[waits]).isEqualTo(before);
        assertThat(nanos[computes]).isEqualTo(600 - before);
    }

    /** It used the pool once, and that use goes on. */
    @Test
    void longCall_keepsItsShareAtEachTick() throws IOException {
        calls = EnginePoolsOf.calls(proc, () -> clockNanos);
        int small = useFor("short", 10);
        int large = calls.key(ModelKey.of("long"));
        EnginePoolCpu cpu = new EnginePoolCpu(pools, new CpuClocks.PlainCpuClocks());
        tickAt(cpu, clockNanos);
        InferenceCall begun = calls.start("tf", large, 1);
        pool.usedBy(begun);
        DetachedCall generates = calls.detach(begun);
        for (int i = 1; i <= 4; i++) {
            useFor("short", 10);
            clockNanos += 30;
            ran(7, 5_000 + 500 * i);
            tickAt(cpu, clockNanos);
        }
        generates.finish(Outcome.OK);
        assertThat(nanos[large]).isEqualTo(1_600);
        assertThat(nanos[small]).isEqualTo(400);
    }

    /** Property: whoever uses the pool whenever, nothing is billed that it did not use, and at the end nothing is left over. */
    @Test
    void whateverTheUsersDo_allThatThePoolUsedIsBilledOnce() throws IOException {
        Random random = new Random(7);
        calls = EnginePoolsOf.calls(proc, () -> clockNanos);
        EnginePoolCpu cpu = new EnginePoolCpu(pools, new CpuClocks.PlainCpuClocks());
        tickAt(cpu, clockNanos);
        long used = 0;
        for (int tick = 0; tick < 500; tick++) {
            for (int call = random.nextInt(4); call > 0; call--) {
                useFor("model-" + random.nextInt(1 + tick / 20), 1 + random.nextInt(2_000_000));
            }
            used += random.nextInt(3) * 1_000_003L;
            ran(7, 5_000 + used / 3);
            ran(8, 6_000 + used - used / 3);
            clockNanos += 1 + random.nextInt(20_000_000);
            tickAt(cpu, clockNanos);
            assertThat(LongStream.of(nanos).sum()).isLessThanOrEqualTo(used);
        }
        useFor("model-0", 1_000);
        tickAt(cpu, clockNanos);
        assertThat(LongStream.of(nanos).sum()).isBetween(used - KeyTable.CAPACITY, used);
    }

    @Test
    void poolAtRest_isNotRead_untilItsUserCallsAgain_andThenGetsAll() throws IOException {
        int key = useAs("a");
        EnginePoolCpu cpu = new EnginePoolCpu(pools, new CpuClocks.PlainCpuClocks());
        tick(cpu, 0);
        ran(7, 5_100);
        tick(cpu, 1);
        assertThat(nanos[key])
                .as("the first tick after a pause sees the clock move")
                .isZero();
        useAs("a");
        tick(cpu, 1);
        assertThat(nanos[key]).isEqualTo(100);
        ran(7, 5_150);
        tick(cpu, 2);
        assertThat(nanos[key])
                .as("goes on while the clock moves, whoever calls")
                .isEqualTo(150);
        tick(cpu, 2);
        ran(7, 5_200);
        tick(cpu, 3);
        assertThat(nanos[key]).isEqualTo(150);
        useAs("a");
        tick(cpu, 4);
        assertThat(nanos[key]).isEqualTo(200);
    }

    @Test
    void poolThatNeverMoves_isReadNowAndThen_untilItMoves() throws IOException {
        long millis = 1_000_000;
        int key = useAs("a");
        calls.start("ort", key, 1);
        EnginePoolCpu cpu = new EnginePoolCpu(pools, new CpuClocks.PlainCpuClocks());
        long now = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            now += 20 * millis;
            tickAt(cpu, now);
        }
        ran(7, 5_300);
        tickAt(cpu, now + 20 * millis);
        tickAt(cpu, now + 40 * millis);
        assertThat(nanos[key]).isZero();
        tickAt(cpu, now + 60 * millis);
        assertThat(nanos[key]).isEqualTo(300);
        ran(7, 5_400);
        tickAt(cpu, now + 80 * millis);
        assertThat(nanos[key]).as("every tick from now on").isEqualTo(400);
    }

    @Test
    void poolThatNeverMoves_isReadOnceASecond_whileTheProcessUsesNoMoreThanIsBilled() throws IOException {
        long millis = 1_000_000;
        int key = useAs("a");
        calls.start("ort", key, 1);
        EnginePoolCpu cpu = new EnginePoolCpu(pools, new CpuClocks.PlainCpuClocks());
        long now = System.nanoTime();
        besideNanos = 700 * millis;
        for (int i = 0; i < 100; i++) {
            now += 20 * millis;
            tickAt(cpu, now);
        }
        ran(7, 5_300);
        besideNanos = 690 * millis; // some of it has been billed
        tickAt(cpu, now + 900 * millis);
        besideNanos = 694 * millis;
        tickAt(cpu, now + 920 * millis);
        assertThat(nanos[key]).isZero();
        tickAt(cpu, now + 1000 * millis);
        assertThat(nanos[key]).isEqualTo(300);
    }

    @Test
    void poolThatNeverMoved_isReadAsSoonAsTheProcessUsesMoreThanIsBilled() throws IOException {
        long millis = 1_000_000;
        int key = useAs("a");
        calls.start("ort", key, 1);
        EnginePoolCpu cpu = new EnginePoolCpu(pools, new CpuClocks.PlainCpuClocks());
        long now = System.nanoTime();
        besideNanos = 700 * millis;
        for (int i = 0; i < 100; i++) {
            now += 20 * millis;
            tickAt(cpu, now);
        }
        ran(7, 5_300);
        besideNanos = 690 * millis; // some of it has been billed
        tickAt(cpu, now + 20 * millis);
        besideNanos = 700 * millis;
        tickAt(cpu, now + 60 * millis);
        assertThat(nanos[key]).isEqualTo(300);
    }

    /** Two threads cannot have worked more than twice the time in flight. */
    @Test
    void workBeyondTheTimeInFlight_isCountedAsSpinning() throws IOException {
        long millis = 1_000_000;
        int key = useAs("a");
        EnginePoolCpu cpu = new EnginePoolCpu(pools, new CpuClocks.PlainCpuClocks());
        long now = System.nanoTime();
        tickAt(cpu, now);
        tickAt(cpu, now + 20 * millis);
        useAs("a");
        ran(7, 5_000 + 300 * millis);
        ran(8, 6_000 + 200 * millis);
        tickAt(cpu, now + 1100 * millis);
        assertThat(nanos[key]).isEqualTo(500 * millis);
        assertThat(cpu.spinningNanos(key))
                .as("all but the lag of two clocks and the time in flight")
                .isBetween(400 * millis, 480 * millis);
    }

    @Test
    void spinningOfASharedPool_isDividedAsItsWorkIs() throws IOException {
        long millis = 1_000_000;
        calls = EnginePoolsOf.calls(proc, () -> clockNanos);
        clockNanos = System.nanoTime();
        int first = useFor("a", millis);
        int second = useFor("b", millis);
        EnginePoolCpu cpu = new EnginePoolCpu(pools, new CpuClocks.PlainCpuClocks());
        long now = clockNanos;
        tickAt(cpu, now);
        tickAt(cpu, now + 20 * millis);
        clockNanos = now + 20 * millis;
        useFor("a", millis);
        useFor("b", 3 * millis);
        ran(7, 5_000 + 400 * millis);
        tickAt(cpu, now + 1100 * millis);
        assertThat(cpu.spinningNanos(first)).isBetween(70 * millis, 95 * millis);
        assertThat(cpu.spinningNanos(second)).isBetween(210 * millis, 285 * millis);
    }

    private void tickAt(EnginePoolCpu cpu, long now) {
        calls.drain(drain, now);
        cpu.addTo(nanos, drain, besideNanos);
    }

    /** Ticks so many seconds from now. */
    private void tick(EnginePoolCpu cpu, long seconds) {
        calls.drain(drain, System.nanoTime() + seconds * 1_000_000_000L);
        cpu.addTo(nanos, drain, besideNanos);
    }

    @Test
    void closedPool_isForgotten() throws IOException {
        int key = useAs("a");
        EnginePoolCpu cpu = new EnginePoolCpu(pools, new CpuClocks.PlainCpuClocks());
        tick(cpu, 0);
        pool.close();
        ran(7, 9_000);
        tick(cpu, 0);
        assertThat(nanos[key]).isZero();
    }
}
