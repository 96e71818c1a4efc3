package io.inferwatt.agent.instrumentation.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.instrumentation.OwnJvm;
import io.inferwatt.agent.weaving.WovenLibrary;
import io.inferwatt.core.call.EnginePool;
import io.inferwatt.core.call.EnginePools;
import io.inferwatt.core.call.ModelKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The first session of a JVM starts the threads of all, so this needs a new one. */
@OwnJvm
@EnabledOnOs(value = OS.LINUX, disabledReason = "threads are found in /proc")
class TensorFlowThreadsTest {

    @Test
    void threadsOfTheEngine_workForAllSessions_exceptThoseOfOneSession() throws Exception {
        List<String> application = new ArrayList<>(new TensorFlowModuleTest().packages());
        application.add(TensorFlowScenario.class.getName());
        WovenLibrary woven = new WovenLibrary(
                List.of(new TensorFlowModule()), application, getClass().getClassLoader());
        EnginePools pools = woven.calls.enginePools();

        try (TensorFlowUse tensorFlow = (TensorFlowUse) woven.loader
                .loadClass(TensorFlowScenario.class.getName())
                .getDeclaredConstructor()
                .newInstance()) {
            assertThat(pools.open()).as("started by the first session").hasSize(1);
            EnginePool shared = pools.open().get(0);
            assertThat(shared.threadIds()).isNotEmpty();

            tensorFlow.call();
            assertThat(users(shared, woven)).containsExactly(tensorFlow.key());

            long before = nanosOf(shared);
            tensorFlow.callLarge();
            assertThat(nanosOf(shared)).isGreaterThan(before);
            assertThat(pools.open()).as("the second session starts none").hasSize(1);

            Runnable threeOwnThreads = () -> {
                assertThat(pools.open()).hasSize(2);
                assertThat(pools.open().get(1).threadIds()).hasSize(3);
                assertThat(users(pools.open().get(1), woven)).containsExactly(tensorFlow.key());
            };
            tensorFlow.openWithOwnThreads(threeOwnThreads);
            assertThat(pools.open()).containsExactly(shared);
            tensorFlow.openWithOwnPool("", threeOwnThreads);
            assertThat(pools.open()).containsExactly(shared);

            tensorFlow.callFunctionWithOperand();
            assertThat(users(shared, woven)).contains(ModelKey.of("twice"));
            assertThat(pools.open()).as("the eager session is closed").containsExactly(shared);

            tensorFlow.openWithOwnPool("of all that know its name", threeOwnThreads);
            assertThat(pools.open()).as("the named pool stays").hasSize(2).contains(shared);
            assertThat(woven.errors.total()).isZero();
        }
    }

    private static List<ModelKey> users(EnginePool pool, WovenLibrary woven) {
        List<ModelKey> users = new ArrayList<>();
        for (int user = 0; user < pool.users(); user++) {
            users.add(woven.calls.keys().key(pool.key(user)));
        }
        return users;
    }

    private static long nanosOf(EnginePool pool) throws IOException {
        long nanos = 0;
        for (int thread : pool.threadIds()) {
            String[] statistics = Files.readString(Path.of("/proc/self/task", Integer.toString(thread), "schedstat"))
                    .split(" ");
            nanos += Long.parseLong(statistics[0]);
        }
        return nanos;
    }
}
