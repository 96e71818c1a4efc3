package io.inferwatt.agent.instrumentation.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.weaving.WovenLibrary;
import io.inferwatt.agent.weaving.WovenLibrary.AskedRemotely;
import java.util.List;

/** Waits for calls whose end another thread tells just after the application has its answer. */
final class BedrockAnswers {

    private static final long MOST_NANOS = 60_000_000_000L;

    private BedrockAnswers() {}

    /** Returns the one call that ends next. */
    static AskedRemotely await(WovenLibrary woven) {
        long begin = System.nanoTime();
        List<AskedRemotely> asked = woven.askedRemotely();
        while (asked.isEmpty()) {
            assertThat(System.nanoTime() - begin).as("the call never ends").isLessThan(MOST_NANOS);
            Thread.yield();
            asked = woven.askedRemotely();
        }
        assertThat(asked).hasSize(1);
        return asked.get(0);
    }
}
