package io.inferwatt.it.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.testservers.AnthropicWire;
import io.inferwatt.core.testservers.GeminiWire;
import io.inferwatt.core.testservers.OllamaWire;
import io.inferwatt.core.testservers.OpenAiChatWire;
import io.inferwatt.core.testservers.WireServer;
import io.inferwatt.it.app.LangChainAsker;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.MetricsPage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** LangChain4j's clients of four makers, over the JDK's HTTP client. */
class LangChain4jIT {

    private static final String OLLAMA = "ollama.lab.example";
    private static final String GPT = "gpt-4o-2024-08-06";

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    private AgentRun asker(Path java, WireServer server) throws Exception {
        return ClientRun.launch(
                        java,
                        folder,
                        "api.openai.com",
                        "api.anthropic.com",
                        "generativelanguage.googleapis.com",
                        OLLAMA)
                .jars("langchain4j-core", "langchain4j-open-ai", "langchain4j-http-client", "langchain4j-anthropic")
                .jars("langchain4j-google", "langchain4j-ollama", "jackson", "slf4j-")
                .agent("http.port=0", "remote.hosts=*.lab.example=self/SE")
                .main(LangChainAsker.class, String.valueOf(server.port()));
    }

    @ParameterizedTest
    @MethodSource("javas")
    void calls_areCountedAndEstimatedOnce_withTheTokensOfTheirAnswers(Path java) throws Exception {
        ExpectedModel gpt = new ExpectedModel("gpt-4o", TokenJoules.GPT_4O);
        ExpectedModel claude = new ExpectedModel("claude-3-5-haiku-20241022", TokenJoules.CLAUDE_3_5_HAIKU);
        ExpectedModel gemini = new ExpectedModel("gemini-2.5-flash", TokenJoules.GEMINI_2_5_FLASH);
        ExpectedModel llama = new ExpectedModel("llama3.3:70b", TokenJoules.LLAMA_70B);
        ExpectedModel vectors = new ExpectedModel("text-embedding-3-small", null);
        try (WireServer server = new WireServer();
                AgentRun run = asker(java, server)) {
            ClientRun client = new ClientRun(run, server);
            client.ask("chat", "ok", OpenAiChatWire.chat(GPT, OpenAiChatWire.usage(1000, 400, 500, 100)));
            gpt.answered(1000, 400, 500, 100);
            client.ask("stream", "ok", OpenAiChatWire.streamedChat(GPT, OpenAiChatWire.usage(300, 200, 40, 30)));
            gpt.answered(300, 200, 40, 30);
            client.ask("stream", "ok", OpenAiChatWire.streamedChat(GPT, "null"));
            gpt.silent("ok", "no_usage");
            assertThat(client.attempts()).isEqualTo(3);
            client.ask(
                    "chat",
                    "ok",
                    OpenAiChatWire.error(429),
                    OpenAiChatWire.chat(GPT, OpenAiChatWire.usage(11, 4, 7, 3)));
            gpt.answered(11, 4, 7, 3);
            assertThat(client.attempts()).isEqualTo(2);
            client.ask("chat", "InternalServerException", OpenAiChatWire.error(500));
            gpt.silent("error", "failed");
            assertThat(client.attempts()).isEqualTo(2);
            client.ask("stream", "InternalServerException", OpenAiChatWire.error(500));
            gpt.silent("error", "failed");
            client.ask(
                    "stream",
                    "LangChain4jException",
                    OpenAiChatWire.streamedChat(GPT, OpenAiChatWire.usage(1, 0, 1, 0))
                            .cutAfter(2));
            gpt.silent("error", "failed");

            client.ask("embed", "ok", OpenAiChatWire.embeddings("text-embedding-3-small", 2, 9));
            vectors.answered(9, 0, 0, 0);
            client.ask(
                    "claude",
                    "ok",
                    AnthropicWire.message(
                            "claude-3-5-haiku-20241022",
                            "hello",
                            "\"input_tokens\":100,\"cache_read_input_tokens\":40,"
                                    + "\"cache_creation_input_tokens\":60,\"output_tokens\":50"));
            claude.answered(200, 40, 50, 0);
            client.ask(
                    "gemini",
                    "ok",
                    GeminiWire.answer(
                            "gemini-2.5-flash",
                            "hello",
                            "\"promptTokenCount\":120,\"cachedContentTokenCount\":20,\"candidatesTokenCount\":30,"
                                    + "\"thoughtsTokenCount\":10,\"totalTokenCount\":160"));
            gemini.answered(120, 20, 40, 10);
            client.ask("ollama", "ok", OllamaWire.chat("llama3.3:70b", "hello", 70, 8));
            llama.answered(70, 0, 8, 0);

            MetricsPage page = client.assertTold(gpt, claude, gemini, llama, vectors);
            for (String provider : List.of("openai", "anthropic", "gcp.gemini", "self")) {
                assertThat(page.lines("inferwatt_remote_place_info", "provider=\"" + provider + "\""))
                        .as(provider)
                        .hasSize(1);
            }
        }
    }
}
