package io.inferwatt.it.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.testservers.BedrockWire;
import io.inferwatt.core.testservers.WireServer;
import io.inferwatt.core.testservers.WireServer.Reply;
import io.inferwatt.it.app.BedrockAsker;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.MetricsPage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both clients of Amazon Bedrock: one protocol for all models, and each model's own. */
class BedrockIT {

    private static final String HOST = "bedrock-runtime.us-east-1.amazonaws.com";
    private static final String TEXT = "{\"generation\":\"hello\"}";
    private static final Reply BROKEN = BedrockWire.error(500, "InternalServerException", "broken");
    private static final Reply BUSY = BedrockWire.error(429, "ThrottlingException", "slow down");

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    /** The SDK's own Netty is older than that of the tests. */
    private AgentRun asker(Path java, WireServer server) throws Exception {
        return ClientRun.launch(java, folder, HOST)
                .jarsOf("software.amazon")
                .jars("reactive-streams", "slf4j-")
                .jarsIn(Path.of(System.getProperty("inferwatt.clients"), "aws-netty"))
                .agent("http.port=0")
                .main(BedrockAsker.class, "http://" + HOST + ":" + server.port());
    }

    @ParameterizedTest
    @MethodSource("javas")
    void calls_areCountedAndEstimatedOnce_withTheTokensOfTheirAnswers(Path java) throws Exception {
        ExpectedModel claude =
                new ExpectedModel("us.anthropic.claude-3-5-haiku-20241022-v1:0", TokenJoules.CLAUDE_3_5_HAIKU);
        ExpectedModel llama = new ExpectedModel("meta.llama3-1-70b-instruct-v1:0", TokenJoules.LLAMA_70B);
        ExpectedModel nova = new ExpectedModel("amazon.nova-pro-v1:0", null);
        try (WireServer server = new WireServer();
                AgentRun run = asker(java, server)) {
            ClientRun client = new ClientRun(run, server);
            // What is read from a cache, and written to one, is apart from the input there, and part of it here.
            client.ask("converse", "ok", BedrockWire.converse("hello", BedrockWire.usage(550, 500, 1500, 400, 50)));
            claude.answered(1000, 400, 500, 0);
            client.ask("converse-later", "ok", BedrockWire.converse("hello", BedrockWire.usage(2000, 50, 2050)));
            claude.answered(2000, 0, 50, 0);
            client.ask(
                    "converse-stream",
                    "ok",
                    BedrockWire.converseStream(BedrockWire.usage(100, 40, 340, 200, 0), "hel", "lo"));
            claude.answered(300, 200, 40, 0);
            client.ask("converse-stream", "ok", BedrockWire.converseStream("", "hel", "lo"));
            claude.silent("ok", "no_usage");
            client.ask("invoke", "ok", BedrockWire.invoked(TEXT, 600, 500, 400, 0));
            llama.answered(1000, 400, 500, 0);
            client.ask("invoke-later", "ok", BedrockWire.invoked(TEXT, 20, 10));
            llama.answered(20, 0, 10, 0);
            client.ask(
                    "invoke-stream",
                    "ok",
                    BedrockWire.invokeStream(TEXT, "{\"generation\":\"\"," + BedrockWire.metrics(30, 4, 6, 0) + "}"));
            llama.answered(36, 6, 4, 0);
            client.ask("invoke-stream", "ok", BedrockWire.invokeStream(TEXT, TEXT));
            llama.silent("ok", "no_usage");
            assertThat(client.attempts()).isEqualTo(8);

            client.ask("converse", "ok", BUSY, BedrockWire.converse("hello", BedrockWire.usage(11, 7, 18)));
            claude.answered(11, 0, 7, 0);
            assertThat(client.attempts()).isEqualTo(2);
            client.ask("invoke-stream", "ok", BUSY, BedrockWire.invokeStream("{" + BedrockWire.metrics(5, 6) + "}"));
            llama.answered(5, 0, 6, 0);
            assertThat(client.attempts()).isEqualTo(2);
            client.ask("converse", "InternalServerException", BROKEN);
            claude.silent("error", "failed");
            assertThat(client.attempts()).isEqualTo(2);
            client.ask("converse-later", "InternalServerException", BROKEN);
            claude.silent("error", "failed");
            client.ask("converse-stream", "InternalServerException", BROKEN);
            claude.silent("error", "failed");
            client.ask("invoke", "InternalServerException", BROKEN);
            llama.silent("error", "failed");
            client.ask(
                    "converse-stream",
                    "ModelStreamErrorException",
                    BedrockWire.failingAfter(
                            BedrockWire.converseStream(BedrockWire.usage(1, 1, 2), "hel", "lo"),
                            2,
                            "modelStreamErrorException",
                            "broken"));
            claude.silent("error", "failed");
            client.ask(
                    "invoke-stream",
                    "SdkClientException",
                    BedrockWire.invokeStream(TEXT, TEXT).cutAfter(1));
            llama.silent("error", "failed");

            client.ask("unknown", "ok", BedrockWire.converse("hello", BedrockWire.usage(9, 3, 12)));
            nova.answered(9, 0, 3, 0);

            MetricsPage page = client.assertTold(claude, llama, nova);
            assertThat(page.lines("inferwatt_remote_place_info", "provider=\"aws.bedrock\"", "region=\"us-east-1\""))
                    .hasSize(1);
        }
    }

    @Test
    void joules_areThoseOfTheExampleInTheDocumentation() {
        assertThat(TokenJoules.LLAMA_70B.of(1000, 400, 500)).isCloseTo(922, within(0.5));
    }
}
