package io.inferwatt.it.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.testservers.OpenAiChatWire;
import io.inferwatt.core.testservers.WireServer;
import io.inferwatt.it.app.SpringAsker;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.MetricsPage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Spring AI over OpenAI's client for Java; both are woven, and a request is one. */
class SpringAiIT {

    private static final String HOST = "api.openai.com";
    private static final String GPT = "gpt-4o-2024-08-06";

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    private AgentRun asker(Path java, WireServer server) throws Exception {
        return ClientRun.launch(java, folder, HOST)
                .jars("spring-", "reactor-core", "reactive-streams", "micrometer-", "context-propagation")
                .jars("openai-java", "okhttp", "okio", "kotlin", "jackson", "commons-logging", "slf4j-")
                .agent("http.port=0")
                .main(SpringAsker.class, "http://" + HOST + ":" + server.port());
    }

    @ParameterizedTest
    @MethodSource("javas")
    void calls_areCountedAndEstimatedOnce_withTheTokensOfTheirAnswers(Path java) throws Exception {
        ExpectedModel gpt = new ExpectedModel("gpt-4o", TokenJoules.GPT_4O);
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
                    OpenAiChatWire.error(429).withHeader("retry-after-ms", "1"),
                    OpenAiChatWire.chat(GPT, OpenAiChatWire.usage(11, 4, 7, 3)));
            gpt.answered(11, 4, 7, 3);
            assertThat(client.attempts()).isEqualTo(2);
            client.ask(
                    "chat", "InternalServerException", OpenAiChatWire.error(500).withHeader("retry-after-ms", "1"));
            gpt.silent("error", "failed");
            assertThat(client.attempts()).isEqualTo(2);
            client.ask(
                    "stream",
                    "InternalServerException",
                    OpenAiChatWire.error(500).withHeader("retry-after-ms", "1"));
            gpt.silent("error", "failed");
            client.ask("embed", "ok", OpenAiChatWire.embeddings("text-embedding-3-small", 2, 9));
            vectors.answered(9, 0, 0, 0);

            MetricsPage page = client.assertTold(gpt, vectors);
            assertThat(page.lines("inferwatt_remote_place_info", "provider=\"openai\""))
                    .hasSize(1);
            assertThat(client.logged("told spring-ai no token usage")).contains("INFO", "gpt-4o", "set stream-usage");
        }
    }
}
