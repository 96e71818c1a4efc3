package io.inferwatt.it.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.testservers.GeminiWire;
import io.inferwatt.core.testservers.WireServer;
import io.inferwatt.it.app.GeminiAsker;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.MetricsPage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Google's client, by the Gemini API and by Vertex AI. */
class GoogleGenAiIT {

    private static final String GEMINI = "generativelanguage.googleapis.com";
    private static final String VERTEX = "europe-west4-aiplatform.googleapis.com";
    private static final String FLASH = "gemini-2.5-flash";
    private static final String LITE = "gemini-2.5-flash-lite";

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    private AgentRun asker(Path java, WireServer server) throws Exception {
        return ClientRun.launch(java, folder, GEMINI, VERTEX)
                .jars("google-", "guava", "failureaccess", "api-common", "opencensus", "grpc-api", "httpc", "gson")
                .jars("okhttp", "okio", "kotlin", "jackson", "commons-logging")
                .agent("http.port=0")
                .main(
                        GeminiAsker.class,
                        "http://" + GEMINI + ":" + server.port(),
                        "http://" + VERTEX + ":" + server.port());
    }

    /** Cached tokens are among those of the prompt; thoughts are apart from what the candidates hold, and count as output. */
    private static String usage(int prompt, int cached, int candidates, int thoughts) {
        return "\"promptTokenCount\":%d,\"cachedContentTokenCount\":%d,\"candidatesTokenCount\":%d,\"thoughtsTokenCount\":%d"
                .formatted(prompt, cached, candidates, thoughts);
    }

    @ParameterizedTest
    @MethodSource("javas")
    void calls_areCountedAndEstimatedOnce_withTheTokensOfTheirAnswers(Path java) throws Exception {
        ExpectedModel flash = new ExpectedModel(FLASH, TokenJoules.GEMINI_2_5_FLASH);
        ExpectedModel lite = new ExpectedModel(LITE, TokenJoules.GEMINI_2_5_FLASH_LITE);
        ExpectedModel vectors = new ExpectedModel("text-embedding-005", null);
        try (WireServer server = new WireServer();
                AgentRun run = asker(java, server)) {
            ClientRun client = new ClientRun(run, server);
            client.ask("chat", "ok", GeminiWire.answer(FLASH, "hello", usage(1000, 400, 400, 100)));
            flash.answered(1000, 400, 500, 100);
            client.ask("later", "ok", GeminiWire.answer(FLASH, "hello", usage(2000, 0, 50, 0)));
            flash.answered(2000, 0, 50, 0);
            client.ask("conversation", "ok", GeminiWire.answer(FLASH, "hello", usage(13, 0, 6, 0)));
            flash.answered(13, 0, 6, 0);
            client.ask("stream", "ok", GeminiWire.stream(FLASH, "hel", "lo", null, usage(300, 200, 10, 30)));
            flash.answered(300, 200, 40, 30);
            client.ask(
                    "stream-later", "ok", GeminiWire.stream(FLASH, "hel", "lo", usage(7, 0, 1, 0), usage(7, 0, 5, 0)));
            flash.answered(7, 0, 5, 0);
            client.ask("stream", "ok", GeminiWire.stream(FLASH, "hel", "lo", null, null));
            flash.silent("ok", "no_usage");
            assertThat(client.attempts()).isEqualTo(6);

            client.ask(
                    "chat",
                    "ok",
                    GeminiWire.error(429, "RESOURCE_EXHAUSTED"),
                    GeminiWire.answer(FLASH, "hello", usage(11, 4, 4, 3)));
            flash.answered(11, 4, 7, 3);
            assertThat(client.attempts()).isEqualTo(2);
            client.ask("chat", "ServerException", GeminiWire.error(500, "INTERNAL"));
            flash.silent("error", "failed");
            assertThat(client.attempts()).isEqualTo(2);
            client.ask("later", "ServerException", GeminiWire.error(500, "INTERNAL"));
            flash.silent("error", "failed");
            client.ask(
                    "stream",
                    "GenAiIOException",
                    GeminiWire.stream(FLASH, "hel", "lo", null, usage(1, 0, 1, 0))
                            .cutAfter(1));
            flash.silent("error", "failed");

            client.ask("vertex", "ok", GeminiWire.answer(LITE, "hello", usage(100, 0, 20, 0)));
            lite.answered(100, 0, 20, 0);
            client.ask("embed", "ok", GeminiWire.vertexEmbeddings(1, 9));
            vectors.answered(9, 0, 0, 0);

            MetricsPage page = client.assertTold(flash, lite, vectors);
            assertThat(page.lines("inferwatt_remote_place_info", "provider=\"gcp.gemini\"", "region=\"unknown\""))
                    .hasSize(1);
            assertThat(page.lines(
                            "inferwatt_remote_place_info", "provider=\"gcp.vertex_ai\"", "region=\"europe-west4\""))
                    .hasSize(1);
            assertThat(page.sum("inferwatt_time_to_first_token_seconds_count", "model=\"" + FLASH + "\""))
                    .isEqualTo(4);
        }
    }
}
