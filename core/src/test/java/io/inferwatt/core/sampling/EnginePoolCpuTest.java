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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnginePoolCpuTest {

    @TempDir
    Path proc;

    private final Calls calls = new Calls();
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

    @Test
    void severalUsers_shareByUses_andSpinningWaitsForTheNextUse() throws IOException {
        int first = useAs("a");
        int second = useAs("b");
        EnginePoolCpu cpu = new EnginePoolCpu(pools, new CpuClocks.PlainCpuClocks());
        tick(cpu, 0);
        useAs("a");
        useAs("b");
        useAs("b");
        useAs("b");
        ran(7, 5_400);
        tick(cpu, 0);
        assertThat(nanos[first]).isEqualTo(100);
        assertThat(nanos[second]).isEqualTo(300);
        ran(8, 6_080);
        tick(cpu, 0);
        assertThat(nanos[first] + nanos[second]).isEqualTo(400);
        useAs("a");
        tick(cpu, 0);
        assertThat(nanos[first]).isEqualTo(180);
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
        int first = useAs("a");
        int second = useAs("b");
        EnginePoolCpu cpu = new EnginePoolCpu(pools, new CpuClocks.PlainCpuClocks());
        long now = System.nanoTime();
        tickAt(cpu, now);
        tickAt(cpu, now + 20 * millis);
        useAs("a");
        useAs("b");
        useAs("b");
        useAs("b");
        ran(7, 5_000 + 400 * millis);
        tickAt(cpu, now + 1100 * millis);
        assertThat(cpu.spinningNanos(first)).isBetween(70 * millis, 95 * millis);
        assertThat(cpu.spinningNanos(second)).isBetween(210 * millis, 285 * millis);
    }

    /** The fifth is not known, so neither is how long its calls were in flight. */
    @Test
    void poolOfManyUsers_isNotSaidToSpin() throws IOException {
        long millis = 1_000_000;
        int key = useAs("a");
        for (String model : List.of("b", "c", "d", "e")) {
            useAs(model);
        }
        EnginePoolCpu cpu = new EnginePoolCpu(pools, new CpuClocks.PlainCpuClocks());
        long now = System.nanoTime();
        tickAt(cpu, now);
        tickAt(cpu, now + 20 * millis);
        useAs("a");
        ran(7, 5_000 + 400 * millis);
        tickAt(cpu, now + 1100 * millis);
        assertThat(nanos[key]).isPositive();
        assertThat(cpu.spinningNanos(key)).isZero();
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
