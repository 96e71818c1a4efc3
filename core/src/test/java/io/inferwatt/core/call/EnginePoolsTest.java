package io.inferwatt.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnginePoolsTest {

    @TempDir
    Path proc;

    @BeforeEach
    void creator() throws IOException {
        Files.createDirectories(proc.resolve("thread-self"));
        Files.writeString(proc.resolve("thread-self/comm"), "worker-1\n");
        thread(100, "java");
        thread(101, "worker-1");
    }

    private void thread(int tid, String name) throws IOException {
        Path folder = Files.createDirectories(proc.resolve("self/task/" + tid));
        Files.writeString(folder.resolve("comm"), name + "\n");
    }

    @Test
    void newThreadsWithTheCreatorsName_areThePool() throws IOException {
        EnginePools pools = new EnginePools(proc);
        EnginePools.Snapshot before = pools.beforeCreation();
        thread(102, "worker-1");
        thread(103, "C2 CompilerThre");
        thread(104, "worker-1");
        EnginePool pool = pools.afterCreation(before);
        assertThat(pool.threadIds()).containsExactly(102, 104);
        assertThat(pools.open()).containsExactly(pool);
        pool.close();
        assertThat(pools.open()).isEmpty();
    }

    @Test
    void sessionsCreatedAtOnce_neverShareAThread() throws IOException {
        EnginePools pools = new EnginePools(proc);
        EnginePools.Snapshot first = pools.beforeCreation();
        EnginePools.Snapshot second = pools.beforeCreation();
        thread(102, "worker-1");
        thread(103, "worker-1");
        assertThat(pools.afterCreation(first).threadIds()).containsExactly(102, 103);
        assertThat(pools.afterCreation(second).threadIds()).isEmpty();
    }

    @Test
    void whereThereIsNoProcFileSystem_poolsAreEmpty() {
        EnginePools pools = new EnginePools(proc.resolve("missing"));
        EnginePool pool = pools.afterCreation(pools.beforeCreation());
        assertThat(pool.threadIds()).isEmpty();
        assertThat(pools.open()).isEmpty();
    }

    @Test
    void users_areTheKeysOfTheRoots() throws IOException {
        EnginePools pools = new EnginePools(proc);
        EnginePools.Snapshot before = pools.beforeCreation();
        thread(102, "worker-1");
        EnginePool pool = pools.afterCreation(before);
        Calls calls = new Calls(new CallRecorder(2, 64), System::nanoTime, Duration.ofSeconds(10), pools);
        int outer = calls.key(ModelKey.of("outer"));
        int inner = calls.key(ModelKey.of("inner"));

        InferenceCall root = calls.start("djl", outer, 1);
        InferenceCall nested = calls.start("ort", inner, 1);
        pool.usedBy(nested);
        calls.finish(nested, Outcome.OK);
        calls.finish(root, Outcome.OK);
        assertThat(pool.users()).isOne();
        assertThat(pool.key(0)).isEqualTo(outer);

        for (int i = 0; i < 3; i++) {
            InferenceCall direct = calls.start("ort", inner, 1);
            pool.usedBy(direct);
            calls.finish(direct, Outcome.OK);
        }
        assertThat(pool.users()).isEqualTo(2);
        assertThat(pool.key(1)).isEqualTo(inner);
    }

    @Test
    void asManyUsersAsThereAreKeys_areToldApart_fromAllThreads() throws Exception {
        EnginePools pools = new EnginePools(proc);
        EnginePools.Snapshot before = pools.beforeCreation();
        thread(102, "worker-1");
        EnginePool pool = pools.afterCreation(before);
        Calls calls = new Calls(new CallRecorder(2, 64), System::nanoTime, Duration.ofSeconds(10), pools);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(new Thread(() -> {
                for (int model = 0; model < 2 * KeyTable.CAPACITY; model++) {
                    InferenceCall call = calls.start("tf", calls.key(ModelKey.of("model-" + model)), 1);
                    pool.usedBy(call);
                    calls.finish(call, Outcome.OK);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        Set<Integer> users = new TreeSet<>();
        for (int user = 0; user < pool.users(); user++) {
            users.add(pool.key(user));
        }
        assertThat(pool.users()).isEqualTo(KeyTable.CAPACITY).isEqualTo(users.size());
    }
}
