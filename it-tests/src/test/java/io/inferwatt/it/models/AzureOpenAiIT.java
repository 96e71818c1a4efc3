package io.inferwatt.it.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.testservers.OpenAiWire;
import io.inferwatt.core.testservers.WireServer;
import io.inferwatt.core.testservers.WireServer.Reply;
import io.inferwatt.it.app.AzureAsker;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.MetricsPage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Azure's client, which names deployments; the models are those that its answers name. */
class AzureOpenAiIT {

    private static final String HOST = "our-company.openai.azure.com";
    private static final String GPT = "gpt-4o-2024-08-06";

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    private AgentRun asker(Path java, WireServer server) throws Exception {
        return ClientRun.launch(java, folder, HOST)
                .jars("azure-", "reactor-core", "reactive-streams", "okhttp", "okio", "kotlin", "jackson", "slf4j-")
                .agent("http.port=0")
                .main(AzureAsker.class, "http://" + HOST + ":" + server.port());
    }

    @ParameterizedTest
    @MethodSource("javas")
    void calls_areCountedAndEstimatedOnce_withTheTokensOfTheirAnswers(Path java) throws Exception {
        ExpectedModel chat = new ExpectedModel("our-chat", TokenJoules.GPT_4O);
        ExpectedModel vectors = new ExpectedModel("our-vectors", null);
        try (WireServer server = new WireServer();
                AgentRun run = asker(java, server)) {
            ClientRun client = new ClientRun(run, server);
            client.ask("chat", "ok", Reply.json(OpenAiWire.chat(GPT, OpenAiWire.usage(1000, 400, 500, 100))));
            chat.answered(1000, 400, 500, 100);
            client.ask("later", "ok", Reply.json(OpenAiWire.chat(GPT, OpenAiWire.usage(2000, 0, 50, 0))));
            chat.answered(2000, 0, 50, 0);
            client.ask("stream", "ok", Reply.events(OpenAiWire.chatEvents(GPT, OpenAiWire.usage(300, 200, 40, 30))));
            chat.answered(300, 200, 40, 30);
            client.ask("stream-later", "ok", Reply.events(OpenAiWire.chatEvents(GPT, OpenAiWire.usage(7, 0, 5, 0))));
            chat.answered(7, 0, 5, 0);
            client.ask("stream-without-usage", "ok", Reply.events(OpenAiWire.chatEvents(GPT, "")));
            chat.silent("ok", "no_usage");
            assertThat(client.attempts()).isEqualTo(5);

            client.ask(
                    "chat",
                    "ok",
                    Reply.json(429, OpenAiWire.error("slow down")),
                    Reply.json(OpenAiWire.chat(GPT, OpenAiWire.usage(11, 4, 7, 3))));
            chat.answered(11, 4, 7, 3);
            assertThat(client.attempts()).isEqualTo(2);
            client.ask("chat", "HttpResponseException", Reply.json(500, OpenAiWire.error("broken")));
            chat.silent("error", "failed");
            assertThat(client.attempts()).isEqualTo(2);
            client.ask("later", "HttpResponseException", Reply.json(500, OpenAiWire.error("broken")));
            chat.silent("error", "failed");
            client.ask(
                    "stream",
                    "ReactiveException",
                    Reply.events(OpenAiWire.chatEvents(GPT, OpenAiWire.usage(1, 0, 1, 0)))
                            .cutAfter(2));
            chat.silent("error", "failed");

            client.ask("embed", "ok", Reply.json(OpenAiWire.embeddings("text-embedding-3-small", 2, 9)));
            vectors.answered(9, 0, 0, 0);

            MetricsPage page = client.assertTold(chat, vectors);
            assertThat(page.lines("inferwatt_remote_place_info", "provider=\"azure.ai.openai\""))
                    .hasSize(1);
            assertThat(page.sum("inferwatt_time_to_first_token_seconds_count", "model=\"our-chat\""))
                    .as("the client passes on nothing of an answer that breaks off so early")
                    .isEqualTo(3);
            assertThat(client.logged("told azure-openai no token usage"))
                    .contains("INFO", GPT, "set stream_options.include_usage");
        }
    }
}
