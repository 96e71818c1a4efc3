package io.inferwatt.it.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.testservers.OllamaWire;
import io.inferwatt.core.testservers.WireServer;
import io.inferwatt.it.app.OllamaAsker;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.MetricsPage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** ollama4j, whose server runs on another machine of one's own. */
class Ollama4jIT {

    private static final String HOST = "ollama.lab.example";
    private static final String LLAMA = "llama3.3:70b-instruct-q4_0";

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    private AgentRun asker(Path java, WireServer server) throws Exception {
        return ClientRun.launch(java, folder, HOST)
                .jars("ollama4j", "mcp-core", "simpleclient", "jackson", "slf4j-")
                .agent("http.port=0", "remote.hosts=*.lab.example=self/SE")
                .main(OllamaAsker.class, "http://" + HOST + ":" + server.port());
    }

    @ParameterizedTest
    @MethodSource("javas")
    void calls_areCountedAndEstimatedOnce_withTheTokensOfTheirAnswers(Path java) throws Exception {
        // In how many bits a packed model is computed was not measured.
        ExpectedModel llama = new ExpectedModel(LLAMA, new TokenJoules(70, 70, true));
        ExpectedModel vectors = new ExpectedModel("qwen3-embedding:8b", new TokenJoules(8, 8, false));
        ExpectedModel own = new ExpectedModel("our-own", null);
        try (WireServer server = new WireServer();
                AgentRun run = asker(java, server)) {
            ClientRun client = new ClientRun(run, server);
            client.ask("chat", "ok", OllamaWire.chat(LLAMA, "hello", 1000, 500));
            llama.answered(1000, 0, 500, 0);
            client.ask("stream", "ok", OllamaWire.chatStream(LLAMA, 300, 40, "hel", "lo"));
            llama.answered(300, 0, 40, 0);
            client.ask("generate", "ok", OllamaWire.generated(LLAMA, "hello", 200, 50));
            llama.answered(200, 0, 50, 0);
            client.ask("generate-stream", "ok", OllamaWire.generatedStream(LLAMA, 7, 5, "hel", "lo"));
            llama.answered(7, 0, 5, 0);
            client.ask("later", "ok", OllamaWire.generatedStream(LLAMA, 11, 6, "hel", "lo"));
            llama.answered(11, 0, 6, 0);
            client.ask("chat", "ok", OllamaWire.chat(LLAMA, "hello", -1, -1));
            llama.silent("ok", "no_usage");

            client.ask("chat", "OllamaException", OllamaWire.error(429, "slow down"));
            llama.silent("error", "failed");
            client.ask("chat", "OllamaException", OllamaWire.error(500, "broken"));
            llama.silent("error", "failed");
            client.ask("later", "IllegalStateException", OllamaWire.error(500, "broken"));
            llama.silent("error", "failed");
            client.ask(
                    "stream",
                    "OllamaException",
                    OllamaWire.chatStream(LLAMA, 1, 1, "hel", "lo").cutAfter(2));
            llama.silent("error", "failed");
            assertThat(client.attempts()).as("it tries once").isEqualTo(10);

            client.ask("embed", "ok", OllamaWire.embedded("qwen3-embedding:8b", 1, 70));
            vectors.answered(70, 0, 0, 0);
            client.ask("unknown", "ok", OllamaWire.chat("our-own", "hello", 9, 3));
            own.answered(9, 0, 3, 0);

            MetricsPage page = client.assertTold(llama, vectors, own);
            assertThat(page.lines("inferwatt_remote_place_info", "provider=\"self\"", "region=\"SE\""))
                    .hasSize(1);
        }
    }
}
