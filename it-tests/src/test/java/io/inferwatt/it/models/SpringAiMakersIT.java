package io.inferwatt.it.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.testservers.AnthropicWire;
import io.inferwatt.core.testservers.GeminiWire;
import io.inferwatt.core.testservers.OllamaWire;
import io.inferwatt.core.testservers.WireServer;
import io.inferwatt.it.app.SpringMakersAsker;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.MetricsPage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Spring AI over the clients of Anthropic and Google, of the versions it is made for, and over its own of Ollama. */
class SpringAiMakersIT {

    private static final String CLAUDE = "claude-3-5-haiku-20241022";
    private static final String GEMINI = "gemini-2.5-flash";
    private static final String LLAMA = "llama3.3:70b";

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    /** The folder has what Spring AI wants in other versions than the tests of the clients alone. */
    private AgentRun asker(Path java, WireServer server) throws Exception {
        return ClientRun.launch(
                        java, folder, "api.anthropic.com", "generativelanguage.googleapis.com", "ollama.lab.example")
                .jarsIn(Path.of(System.getProperty("inferwatt.clients"), "spring-ai"))
                .jars("spring-", "reactor-core", "reactive-streams", "micrometer-", "context-propagation")
                .jars("google-auth", "google-http", "guava", "failureaccess", "api-common", "opencensus", "grpc-api")
                .jars("httpc", "gson", "okhttp", "okio", "kotlin", "jackson", "commons-logging", "slf4j-")
                .agent("http.port=0", "remote.hosts=*.lab.example=self/SE")
                .main(SpringMakersAsker.class, String.valueOf(server.port()));
    }

    @ParameterizedTest
    @MethodSource("javas")
    void calls_areCountedAndEstimatedOnce_withTheTokensOfTheirAnswers(Path java) throws Exception {
        ExpectedModel claude = new ExpectedModel(CLAUDE, TokenJoules.CLAUDE_3_5_HAIKU);
        ExpectedModel gemini = new ExpectedModel(GEMINI, TokenJoules.GEMINI_2_5_FLASH);
        ExpectedModel llama = new ExpectedModel(LLAMA, TokenJoules.LLAMA_70B);
        String input = "\"input_tokens\":100,\"cache_read_input_tokens\":40,\"cache_creation_input_tokens\":60";
        String usage = "\"promptTokenCount\":120,\"cachedContentTokenCount\":20,\"candidatesTokenCount\":30,"
                + "\"thoughtsTokenCount\":10,\"totalTokenCount\":160";
        try (WireServer server = new WireServer();
                AgentRun run = asker(java, server)) {
            ClientRun client = new ClientRun(run, server);
            client.ask("claude", "ok", AnthropicWire.message(CLAUDE, "hello", input + ",\"output_tokens\":50"));
            claude.answered(200, 40, 50, 0);
            client.ask(
                    "claude-stream",
                    "ok",
                    AnthropicWire.stream(CLAUDE, "hel", "lo", input + ",\"output_tokens\":1", "\"output_tokens\":70"));
            claude.answered(200, 40, 70, 0);
            client.ask("gemini", "ok", GeminiWire.answer(GEMINI, "hello", usage));
            gemini.answered(120, 20, 40, 10);
            client.ask("gemini-stream", "ok", GeminiWire.stream(GEMINI, "hel", "lo", null, usage));
            gemini.answered(120, 20, 40, 10);
            client.ask("ollama", "ok", OllamaWire.chat(LLAMA, "hello", 70, 8));
            llama.answered(70, 0, 8, 0);
            client.ask("ollama-stream", "ok", OllamaWire.chatStream(LLAMA, 30, 5, "hel", "lo"));
            llama.answered(30, 0, 5, 0);

            for (int i = 0; i < 3; i++) {
                client.ask("claude", "InternalServerException", AnthropicWire.error(500, "api_error"));
                claude.silent("error", "failed");
                client.ask("claude-stream", "InternalServerException", AnthropicWire.error(500, "api_error"));
                claude.silent("error", "failed");
            }
            client.ask("gemini", "RuntimeException", GeminiWire.error(400, "INVALID_ARGUMENT"));
            gemini.silent("error", "failed");
            client.ask("ollama-stream", "BadRequest", OllamaWire.error(400, "broken"));
            llama.silent("error", "failed");

            MetricsPage page = client.assertTold(claude, gemini, llama);
            for (String provider : List.of("anthropic", "gcp.gemini", "self")) {
                assertThat(page.lines("inferwatt_remote_place_info", "provider=\"" + provider + "\""))
                        .as(provider)
                        .hasSize(1);
            }
        }
    }
}
