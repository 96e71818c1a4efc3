package io.inferwatt.it.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.facade.TenantScope;
import io.inferwatt.core.testservers.AnthropicWire;
import io.inferwatt.core.testservers.OpenAiWire;
import io.inferwatt.core.testservers.WireServer;
import io.inferwatt.core.testservers.WireServer.Reply;
import io.inferwatt.it.app.RemoteAsker;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Launch;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The clients of OpenAI and Anthropic in one application, and a server that answers in their protocols under their names. */
class RemoteModelsIT {

    private static final String GPT = "gpt-4o-2024-08-06";

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    private AgentRun asker(Path java, WireServer server) throws Exception {
        return ClientRun.launch(java, folder, "api.openai.com", "api.anthropic.com")
                .classPath(Launch.whereIs(TenantScope.class))
                .jars("openai-java", "anthropic-java", "okhttp", "okio", "kotlin", "jackson", "opentelemetry")
                .agent("http.port=0")
                .main(RemoteAsker.class, String.valueOf(server.port()));
    }

    @ParameterizedTest
    @MethodSource("javas")
    void calls_areCountedAndEstimatedOnce_withTheTokensOfTheirAnswers(Path java) throws Exception {
        ExpectedModel gpt = new ExpectedModel("gpt-4o", TokenJoules.GPT_4O);
        ExpectedModel claude = new ExpectedModel("claude-3-5-haiku-latest", TokenJoules.CLAUDE_3_5_HAIKU);
        ExpectedModel vectors = new ExpectedModel("text-embedding-3-small", null);
        try (WireServer server = new WireServer();
                AgentRun run = asker(java, server)) {
            ClientRun client = new ClientRun(run, server);
            String usage = OpenAiWire.usage(1000, 400, 500, 100);
            client.ask("chat", "ok", Reply.json(OpenAiWire.chat(GPT, usage)));
            gpt.answered(1000, 400, 500, 100);
            client.ask("later", "ok", Reply.json(OpenAiWire.chat(GPT, usage)));
            gpt.answered(1000, 400, 500, 100);
            client.ask("stream", "ok", Reply.events(OpenAiWire.chatEvents(GPT, usage)));
            gpt.answered(1000, 400, 500, 100);
            client.ask("stream", "ok", Reply.events(OpenAiWire.chatEvents(GPT, "")));
            gpt.silent("ok", "no_usage");
            assertThat(client.attempts()).isEqualTo(4);
            client.ask(
                    "chat",
                    "ok",
                    Reply.json(429, OpenAiWire.error("slow down")).withHeader("retry-after-ms", "1"),
                    Reply.json(OpenAiWire.chat(GPT, usage)));
            gpt.answered(1000, 400, 500, 100);
            assertThat(client.attempts()).isEqualTo(2);
            client.ask(
                    "chat",
                    "InternalServerException",
                    Reply.json(500, OpenAiWire.error("broken")).withHeader("retry-after-ms", "1"));
            gpt.silent("error", "failed");
            client.ask("embed", "ok", Reply.json(OpenAiWire.embeddings("text-embedding-3-small", 1, 9)));
            vectors.answered(9, 0, 0, 0);
            client.ask(
                    "message",
                    "ok",
                    AnthropicWire.message(
                            "claude-3-5-haiku-20241022",
                            "hello",
                            "\"input_tokens\":100,\"cache_read_input_tokens\":40,"
                                    + "\"cache_creation_input_tokens\":60,\"output_tokens\":50"));
            claude.answered(200, 40, 50, 0);

            client.assertTold(gpt, claude, vectors);
            assertThat(client.logged("told openai-java no token usage")).contains("INFO", "gpt-4o");
            assertThat(client.logged("text-embedding-3-small")).contains("remote.aliases");
        }
    }
}
