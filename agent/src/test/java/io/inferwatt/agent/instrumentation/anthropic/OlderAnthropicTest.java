package io.inferwatt.agent.instrumentation.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.instrumentation.anthropic.AnthropicUse.Way;
import io.inferwatt.agent.weaving.OtherVersion;
import io.inferwatt.agent.weaving.WovenLibrary;
import io.inferwatt.agent.weaving.WovenLibrary.AskedRemotely;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.call.RemoteTarget.Work;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.testservers.AnthropicWire;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The lowest version that is supported, run: it tells neither place nor thinking, and only its HTTP client knows where it is set
 * to.
 */
class OlderAnthropicTest {

    @Test
    void olderVersion_isMeteredWithWhatItTells() throws Exception {
        try (OtherVersion older = new OtherVersion("anthropic-java", "2.0.0")) {
            WovenLibrary woven = new WovenLibrary(
                    List.of(new AnthropicModule()),
                    List.of("com.anthropic.", AnthropicScenario.class.getName()),
                    getClass().getClassLoader(),
                    older);
            try (AnthropicUse anthropic = (AnthropicUse) woven.loader
                    .loadClass(AnthropicScenario.class.getName())
                    .getDeclaredConstructor()
                    .newInstance()) {
                String usage = "\"input_tokens\":7,\"cache_read_input_tokens\":11,\"output_tokens\":17,"
                        + "\"output_tokens_details\":{\"thinking_tokens\":4},\"inference_geo\":\"us\"";
                anthropic.server().answer(AnthropicWire.message(AnthropicUse.MODEL, "hello", usage));
                assertThat(anthropic.ask(Way.MESSAGE)).isEqualTo("hello");
                assertThat(anthropic.ask(Way.BETA_RAW)).isEqualTo("200 hello");
                anthropic.server().answer(AnthropicWire.stream(AnthropicUse.MODEL, "hel", "lo", usage, usage));
                AnthropicUse.Events events = anthropic.stream(false);
                while (events.next()) {
                    // to its end
                }
                events.close();

                String host = "127.0.0.1:" + anthropic.server().port();
                RemoteTarget target =
                        new RemoteTarget("anthropic-java", "", host, "", AnthropicUse.MODEL, Work.TEXT, "");
                TokenUsage told = new TokenUsage(18, 11, 17, TokenUsage.UNKNOWN);
                ModelKey key = ModelKey.remote(AnthropicUse.MODEL, "chat");
                assertThat(woven.askedRemotely())
                        .containsExactly(
                                new AskedRemotely(key, Outcome.OK, target, 1, 1, told, false),
                                new AskedRemotely(key, Outcome.OK, target, 1, 1, told, false),
                                new AskedRemotely(key, Outcome.OK, target, 1, 1, told, true));
                assertThat(woven.inFlight()).isZero();
                assertThat(woven.errors.total()).isZero();
            }
        }
    }
}
