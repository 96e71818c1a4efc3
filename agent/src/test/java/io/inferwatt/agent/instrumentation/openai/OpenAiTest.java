package io.inferwatt.agent.instrumentation.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.weaving.WovenLibrary;
import io.inferwatt.agent.weaving.WovenLibrary.AskedRemotely;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** The real library, woven once for the tests of a class, and a new client for each of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OpenAiTest {

    private static final long PATIENCE_NANOS = 60_000_000_000L;

    WovenLibrary woven;
    OpenAiUse openai;

    @BeforeAll
    void load() throws Exception {
        woven = new WovenLibrary(
                List.of(new OpenAiModule()),
                List.of("com.openai.", OpenAiScenario.class.getName(), OpenAiWays.class.getName()),
                getClass().getClassLoader());
    }

    @BeforeEach
    void open() throws Exception {
        openai = open(woven.loader);
    }

    static OpenAiUse open(ClassLoader application) throws ReflectiveOperationException {
        return (OpenAiUse) application
                .loadClass(OpenAiScenario.class.getName())
                .getDeclaredConstructor()
                .newInstance();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        openai.close();
        assertThat(woven.inFlight()).isZero();
        assertThat(woven.recorded()).isEmpty();
        assertThat(woven.errors.total()).isZero();
    }

    /** Returns the only call; who waits for a future may go on before those that have heard of it as well. */
    AskedRemotely asked() {
        List<AskedRemotely> asked = new ArrayList<>();
        long begin = System.nanoTime();
        while (asked.isEmpty() && System.nanoTime() - begin < PATIENCE_NANOS) {
            asked.addAll(woven.askedRemotely());
            Thread.onSpinWait();
        }
        assertThat(asked).hasSize(1);
        return asked.get(0);
    }
}
