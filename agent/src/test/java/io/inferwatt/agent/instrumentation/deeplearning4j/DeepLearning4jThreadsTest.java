package io.inferwatt.agent.instrumentation.deeplearning4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inferwatt.agent.instrumentation.OwnJvm;
import io.inferwatt.agent.weaving.WovenLibrary;
import io.inferwatt.core.call.EnginePool;
import io.inferwatt.core.call.EnginePools;
import io.inferwatt.core.call.ModelKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The engine is loaded once a JVM, so this needs a new one. */
@OwnJvm
@EnabledOnOs(value = OS.LINUX, disabledReason = "threads are found in /proc")
class DeepLearning4jThreadsTest {

    private static final ModelKey LARGE = ModelKey.of("MultiLayerNetwork-1181184");

    @Test
    void threadsOfTheEngineAndOfTheCaller_workForTheCall() throws Exception {
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "one processor needs no further threads");
        List<String> application = new ArrayList<>(SameDiffModuleTest.engine());
        application.add("org.deeplearning4j.");
        application.add(DeepLearning4jScenario.class.getName());
        WovenLibrary woven = new WovenLibrary(
                List.of(new DeepLearning4jModule(), new SameDiffModule()),
                application,
                getClass().getClassLoader());
        Thread.currentThread().setContextClassLoader(woven.loader);
        EnginePools pools = woven.calls.enginePools();

        try (DeepLearning4jUse networks = (DeepLearning4jUse) woven.loader
                .loadClass(DeepLearning4jScenario.class.getName())
                .getDeclaredConstructor()
                .newInstance()) {
            assertThat(pools.open()).as("started with the engine").hasSize(1);
            EnginePool shared = pools.open().get(0);

            networks.callLarge();
            assertThat(users(shared, woven)).containsExactly(LARGE);
            assertThat(pools.open()).as("started for this thread").hasSize(2);
            EnginePool own = pools.open().get(1);
            assertThat(users(own, woven)).containsExactly(LARGE);

            networks.call();
            assertThat(users(shared, woven)).containsExactly(LARGE, networks.key());
            assertThat(users(own, woven)).containsExactly(LARGE, networks.key());
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
}
