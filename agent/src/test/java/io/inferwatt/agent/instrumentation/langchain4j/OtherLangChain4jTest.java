package io.inferwatt.agent.instrumentation.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.weaving.OtherVersion;
import io.inferwatt.agent.weaving.WovenLibrary;
import io.inferwatt.agent.weaving.WovenLibrary.AskedRemotely;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.call.RemoteTarget.Work;
import io.inferwatt.core.call.TokenUsage;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions of LangChain4j whose handlers have fewer or more methods than the one the agent is compiled with. */
class OtherLangChain4jTest {

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "1.5.0", "1.20.0", "1.23.0"})
    void streamedChat_isMetered_andItsHandlerToldAll(String version) throws Exception {
        try (OtherVersion library = new OtherVersion("langchain4j", version)) {
            WovenLibrary woven = new WovenLibrary(
                    List.of(new LangChain4jModule()),
                    List.of("dev.langchain4j.", AnyVersionScenario.class.getName()),
                    getClass().getClassLoader(),
                    library);
            Callable<?> application = (Callable<?>) woven.loader
                    .loadClass(AnyVersionScenario.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();

            assertThat(application.call()).isEqualTo(List.of("Hello", "end: Hello"));

            assertThat(woven.errors.total()).isZero();
            assertThat(woven.askedRemotely())
                    .containsExactly(new AskedRemotely(
                            ModelKey.remote("at-once-1", "chat"),
                            Outcome.OK,
                            new RemoteTarget("langchain4j", "", "", "", "at-once-1", Work.TEXT, ""),
                            1,
                            1,
                            new TokenUsage(7, TokenUsage.UNKNOWN, 3, TokenUsage.UNKNOWN),
                            true));
            assertThat(woven.inFlight()).isZero();
        }
    }
}
