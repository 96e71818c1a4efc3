package io.inferwatt.agent.instrumentation.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.weaving.WovenLibrary;
import io.inferwatt.agent.weaving.WovenLibrary.AskedRemotely;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.call.RemoteTarget.Work;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.testservers.OpenAiWire;
import io.inferwatt.core.testservers.WireServer.Reply;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of request, in each way it can be sent: one call, and the application sees what it would without the agent. */
class OpenAiWaysTest extends OpenAiTest {

    private ClassLoader plain;

    /** Advice is linked to the library that was made last. */
    @Override
    @BeforeAll
    void load() throws Exception {
        plain = new WovenLibrary(
                        List.of(),
                        List.of("com.openai.", OpenAiScenario.class.getName(), OpenAiWays.class.getName()),
                        getClass().getClassLoader())
                .loader;
        super.load();
    }

    private AskedRemotely ask(String way, Reply reply) throws Exception {
        openai.server().answer(reply);
        String seen = openai.ask(way);
        AskedRemotely asked = asked();

        try (OpenAiUse without = open(plain)) {
            without.server().answer(reply);
            assertThat(seen).isEqualTo(without.ask(way)).isNotEmpty();
            assertThat(openai.server().requests().get(0).body())
                    .as("the request, but for a boundary that is drawn by chance")
                    .hasSameSizeAs(without.server().requests().get(0).body());
        }
        assertThat(openai.server().requests()).hasSize(1);
        assertThat(asked.outcome()).isEqualTo(Outcome.OK);
        assertThat(asked.requests()).isOne();
        assertThat(asked.key().remote()).isTrue();
        return asked;
    }

    private RemoteTarget target(String model, Work work, String imageSize) {
        return new RemoteTarget(
                "openai-java", "", "127.0.0.1:" + openai.server().port(), "", model, work, imageSize);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat sync", "chat async", "chat raw", "chat rawAsync"})
    void chat(String way) throws Exception {
        AskedRemotely asked =
                ask(way, Reply.json(OpenAiWire.chat("gpt-4o-mini-2026", OpenAiWire.usage(1117, 1024, 250, 192))));

        assertThat(asked.target()).isEqualTo(target("gpt-4o-mini-2026", Work.TEXT, ""));
        assertThat(asked.key().model()).isEqualTo("gpt-4o-mini");
        assertThat(asked.key().operation()).isEqualTo("chat");
        assertThat(asked.tokens()).isEqualTo(new TokenUsage(1117, 1024, 250, 192));
        assertThat(asked.streamed()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat stream sync", "chat stream async", "chat stream raw", "chat stream rawAsync"})
    void chatStream(String way) throws Exception {
        AskedRemotely asked = ask(
                way, Reply.events(OpenAiWire.chatEvents("gpt-4o-mini-2026", OpenAiWire.usage(1117, 1024, 250, 192))));

        assertThat(asked.target()).isEqualTo(target("gpt-4o-mini-2026", Work.TEXT, ""));
        assertThat(asked.tokens()).isEqualTo(new TokenUsage(1117, 1024, 250, 192));
        assertThat(asked.streamed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "response sync",
                "response async",
                "response raw",
                "response rawAsync",
                "beta sync",
                "beta async",
                "beta raw",
                "beta rawAsync"
            })
    void response(String way) throws Exception {
        AskedRemotely asked =
                ask(way, Reply.json(OpenAiWire.response("gpt-5-2026", OpenAiWire.responseUsage(2000, 1500, 900, 800))));

        assertThat(asked.target()).isEqualTo(target("gpt-5-2026", Work.TEXT, ""));
        assertThat(asked.key().model()).isEqualTo("gpt-5");
        assertThat(asked.key().operation()).isEqualTo("chat");
        assertThat(asked.tokens()).isEqualTo(new TokenUsage(2000, 1500, 900, 800));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "response stream sync",
                "response stream async",
                "response stream raw",
                "response stream rawAsync",
                "beta stream sync",
                "beta stream async"
            })
    void responseStream(String way) throws Exception {
        AskedRemotely asked = ask(
                way,
                Reply.events(OpenAiWire.responseEvents(
                        "gpt-5-2026", "completed", OpenAiWire.responseUsage(2000, 1500, 900, 800))));

        assertThat(asked.target()).isEqualTo(target("gpt-5-2026", Work.TEXT, ""));
        assertThat(asked.tokens()).isEqualTo(new TokenUsage(2000, 1500, 900, 800));
        assertThat(asked.streamed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"completion sync", "completion async", "completion raw"})
    void completion(String way) throws Exception {
        AskedRemotely asked = ask(
                way, Reply.json(OpenAiWire.completion("gpt-3.5-turbo-instruct", OpenAiWire.usageWithoutDetails(9, 5))));

        assertThat(asked.target()).isEqualTo(target("gpt-3.5-turbo-instruct", Work.TEXT, ""));
        assertThat(asked.key().operation()).isEqualTo("text_completion");
        assertThat(asked.tokens()).isEqualTo(new TokenUsage(9, TokenUsage.UNKNOWN, 5, TokenUsage.UNKNOWN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"completion stream sync", "completion stream async"})
    void completionStream(String way) throws Exception {
        AskedRemotely asked = ask(
                way,
                Reply.events(
                        OpenAiWire.completionEvents("gpt-3.5-turbo-instruct", OpenAiWire.usageWithoutDetails(9, 5))));

        assertThat(asked.tokens()).isEqualTo(new TokenUsage(9, TokenUsage.UNKNOWN, 5, TokenUsage.UNKNOWN));
        assertThat(asked.streamed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"embedding sync", "embedding async", "embedding raw", "embedding rawAsync"})
    void embedding(String way) throws Exception {
        AskedRemotely asked = ask(way, Reply.json(OpenAiWire.embeddings("text-embedding-3-small", 3, 21)));

        assertThat(asked.target()).isEqualTo(target("text-embedding-3-small", Work.EMBEDDING, ""));
        assertThat(asked.key().operation()).isEqualTo("embeddings");
        assertThat(asked.units()).isEqualTo(3);
        assertThat(asked.tokens())
                .isEqualTo(new TokenUsage(21, TokenUsage.UNKNOWN, TokenUsage.UNKNOWN, TokenUsage.UNKNOWN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"image sync", "image async", "image raw", "image stream sync", "image stream async"})
    void image(String way) throws Exception {
        String usage = OpenAiWire.imageUsage(15, 4160);
        AskedRemotely asked = ask(
                way,
                way.contains("stream")
                        ? Reply.events(OpenAiWire.imageEvents("image_generation", usage))
                        : Reply.json(OpenAiWire.images(usage)));

        assertThat(asked.target()).isEqualTo(target("gpt-image-1", Work.IMAGE, "1024x1024"));
        assertThat(asked.key().operation()).isEqualTo("image_generation");
        assertThat(asked.units()).isEqualTo(2);
        assertThat(asked.tokens()).isEqualTo(new TokenUsage(15, TokenUsage.UNKNOWN, 4160, TokenUsage.UNKNOWN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"edit sync", "edit async", "edit raw", "edit stream sync", "edit stream async"})
    void edit(String way) throws Exception {
        String usage = OpenAiWire.imageUsage(215, 4160);
        AskedRemotely asked = ask(
                way,
                way.contains("stream")
                        ? Reply.events(OpenAiWire.imageEvents("image_edit", usage))
                        : Reply.json(OpenAiWire.images(usage)));

        assertThat(asked.target()).isEqualTo(target("gpt-image-1", Work.IMAGE, "1024x1024"));
        assertThat(asked.units()).isEqualTo(3);
        assertThat(asked.tokens()).isEqualTo(new TokenUsage(215, TokenUsage.UNKNOWN, 4160, TokenUsage.UNKNOWN));
    }

    @Test
    void edit_whoseRawResponseComesLater_isCounted_andItsTokensAreNotKnown() throws Exception {
        AskedRemotely asked = ask("edit rawAsync", Reply.json(OpenAiWire.images(OpenAiWire.imageUsage(215, 4160))));

        assertThat(asked.target()).isEqualTo(target("gpt-image-1", Work.IMAGE, "1024x1024"));
        assertThat(asked.units()).isEqualTo(3);
        assertThat(asked.tokens()).isEqualTo(TokenUsage.NONE);
    }

    @Test
    void variation() throws Exception {
        AskedRemotely asked = ask("variation sync", Reply.json(OpenAiWire.images("")));

        assertThat(asked.target()).isEqualTo(target("dall-e-2", Work.IMAGE, "512x512"));
        assertThat(asked.units()).isOne();
        assertThat(asked.tokens()).isEqualTo(TokenUsage.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "speech sync, tts-1, speech",
                "speech raw, tts-1, speech",
                "speech async, tts-1, speech",
                "transcription sync, whisper-1, transcription",
                "translation sync, whisper-1, translation",
                "moderation sync, omni-moderation-latest, moderation"
            })
    void whatIsOnlyCounted(String wayModelAndOperation) throws Exception {
        String[] expected = wayModelAndOperation.split(", ", -1);
        AskedRemotely asked = ask(
                expected[0],
                Reply.json("{\"text\":\"Hi\",\"id\":\"modr-1\",\"model\":\"omni-moderation-latest\",\"results\":[]}"));

        assertThat(asked.target()).isEqualTo(target(expected[1], Work.OTHER, ""));
        assertThat(asked.key().operation()).isEqualTo(expected[2]);
        assertThat(asked.tokens()).isEqualTo(TokenUsage.NONE);
    }
}
