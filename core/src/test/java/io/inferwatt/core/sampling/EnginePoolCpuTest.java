package io.inferwatt.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnginePoolCpuTest {

    @TempDir
    Path proc;

    private Calls calls = new Calls();
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
        long[] nanos = new long[KeyTable.CAPACITY];
        cpu.addTo(nanos);
        assertThat(nanos[key]).isZero();
        ran(7, 5_100);
        ran(8, 6_030);
        cpu.addTo(nanos);
        assertThat(nanos[key]).isEqualTo(130);
    }

    @Test
    void severalUsers_shareByUses_andSpinningWaitsForTheNextUse() throws IOException {
        int first = useAs("a");
        int second = useAs("b");
        EnginePoolCpu cpu = new EnginePoolCpu(pools, new CpuClocks.PlainCpuClocks());
        long[] nanos = new long[KeyTable.CAPACITY];
        cpu.addTo(nanos);
        useAs("a");
        useAs("b");
        useAs("b");
        useAs("b");
        ran(7, 5_400);
        cpu.addTo(nanos);
        assertThat(nanos[first]).isEqualTo(100);
        assertThat(nanos[second]).isEqualTo(300);
        ran(8, 6_080);
        cpu.addTo(nanos);
        assertThat(nanos[first] + nanos[second]).isEqualTo(400);
        useAs("a");
        cpu.addTo(nanos);
        assertThat(nanos[first]).isEqualTo(180);
    }

    @Test
    void closedPool_isForgotten() throws IOException {
        int key = useAs("a");
        EnginePoolCpu cpu = new EnginePoolCpu(pools, new CpuClocks.PlainCpuClocks());
        long[] nanos = new long[KeyTable.CAPACITY];
        cpu.addTo(nanos);
        pool.close();
        ran(7, 9_000);
        cpu.addTo(nanos);
        assertThat(nanos[key]).isZero();
    }
}
