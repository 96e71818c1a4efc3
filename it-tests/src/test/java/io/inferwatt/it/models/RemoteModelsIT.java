package io.inferwatt.it.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.facade.TenantScope;
import io.inferwatt.core.testservers.AnthropicWire;
import io.inferwatt.core.testservers.OpenAiWire;
import io.inferwatt.core.testservers.WireServer;
import io.inferwatt.core.testservers.WireServer.Reply;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real clients of remote models, the packaged agent, and a server that answers in the providers' protocols under their names. */
class RemoteModelsIT {

    private static final String GPT = "model=\"gpt-4o\"";
    private static final String CLAUDE = "model=\"claude-3-5-haiku-latest\"";
    private static final String REMOTE = "component=\"remote\"";
    private static final String ENERGY = "inferwatt_energy_joules_total";
    private static final String IDLE_SHARE = "inferwatt_idle_share_joules_total";
    private static final String REQUESTS = "inferwatt_requests_total";
    private static final String UNESTIMATED = "inferwatt_unestimated_requests_total";

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    private AgentRun asker(Path java, WireServer server) throws Exception {
        Path hosts = folder.resolve("hosts");
        Files.writeString(hosts, "127.0.0.1 api.openai.com\n127.0.0.1 api.anthropic.com\n");
        return Launch.of(java)
                .classPath(Launch.whereIs(TenantScope.class))
                .jars("openai-java", "anthropic-java", "okhttp", "okio", "kotlin", "jackson", "opentelemetry")
                .option("-Djdk.net.hosts.file=" + hosts)
                .agent("http.port=0")
                .main("io.inferwatt.it.app.RemoteAsker", String.valueOf(server.port()));
    }

    private int asked;

    private void ask(AgentRun run, WireServer server, String what, String outcome, Reply... replies) throws Exception {
        String line = what + " " + ++asked; // the same question twice has two answers
        server.answer(replies);
        run.say(line);
        run.awaitOut("done " + line + " " + outcome);
    }

    /**
     * Joules of a call by the formula of {@code docs/remote-models.md}: H100, 128 requests at a time, 8 bits, times 1.571 for host
     * and idle.
     */
    private static double joules(double active, double total, double input, double cached, double output) {
        double perToken =
                Math.exp(-1.790 + 0.246 * Math.log(active) + 0.719 * Math.log(total) - 0.510 * Math.log(128) - 0.541);
        return perToken * (output + 0.3 * (input - cached) + 0.03 * cached) * 1.571;
    }

    @ParameterizedTest
    @MethodSource("javas")
    void calls_areCountedAndEstimatedOnce_withTheTokensOfTheirAnswers(Path java) throws Exception {
        try (WireServer server = new WireServer();
                AgentRun run = asker(java, server)) {
            Endpoint endpoint = Endpoint.of(run);
            String usage = OpenAiWire.usage(1000, 400, 500, 100);
            ask(run, server, "chat", "ok", Reply.json(OpenAiWire.chat("gpt-4o-2024-08-06", usage)));
            ask(run, server, "later", "ok", Reply.json(OpenAiWire.chat("gpt-4o-2024-08-06", usage)));
            ask(run, server, "stream", "ok", Reply.events(OpenAiWire.chatEvents("gpt-4o-2024-08-06", usage)));
            ask(run, server, "stream", "ok", Reply.events(OpenAiWire.chatEvents("gpt-4o-2024-08-06", "")));
            ask(
                    run,
                    server,
                    "chat",
                    "ok",
                    Reply.json(429, OpenAiWire.error("slow down")).withHeader("retry-after-ms", "1"),
                    Reply.json(OpenAiWire.chat("gpt-4o-2024-08-06", usage)));
            ask(
                    run,
                    server,
                    "chat",
                    "InternalServerException",
                    Reply.json(500, OpenAiWire.error("broken")).withHeader("retry-after-ms", "1"));
            ask(run, server, "embed", "ok", Reply.json(OpenAiWire.embeddings("text-embedding-3-small", 1, 9)));
            ask(
                    run,
                    server,
                    "message",
                    "ok",
                    AnthropicWire.message(
                            "claude-3-5-haiku-20241022",
                            "hello",
                            "\"input_tokens\":100,\"cache_read_input_tokens\":40,"
                                    + "\"cache_creation_input_tokens\":60,\"output_tokens\":50"));
            MetricsPage page = endpoint.await("all requests", metrics -> metrics.sum(REQUESTS) >= 8);

            assertThat(page.sum(REQUESTS, GPT, "outcome=\"ok\"")).isEqualTo(5);
            assertThat(page.sum(REQUESTS, GPT, "outcome=\"error\"")).isEqualTo(1);
            assertThat(page.sum(REQUESTS, CLAUDE, "outcome=\"ok\"")).isEqualTo(1);
            assertThat(page.sum("inferwatt_tokens_total", GPT, "type=\"input\""))
                    .isEqualTo(4000);
            assertThat(page.sum("inferwatt_tokens_total", GPT, "type=\"output\""))
                    .isEqualTo(2000);
            assertThat(page.sum("inferwatt_tokens_total", CLAUDE, "type=\"input\""))
                    .isEqualTo(200);

            double gpt = 4 * joules(Math.sqrt(44.0 * 132), 440, 1000, 400, 500);
            double counted = page.sum(ENERGY, GPT, REMOTE) + page.sum(IDLE_SHARE, GPT, REMOTE);
            assertThat(counted).isCloseTo(gpt, within(gpt * 1e-6));
            assertThat(page.sum(ENERGY, GPT, REMOTE)).isCloseTo(gpt * 1.43 / 1.571, within(gpt * 1e-6));
            double claude = joules(Math.sqrt(8.0 * 28), Math.sqrt(8.0 * 28), 200, 40, 50);
            assertThat(page.sum(ENERGY, CLAUDE, REMOTE) + page.sum(IDLE_SHARE, CLAUDE, REMOTE))
                    .isCloseTo(claude, within(claude * 1e-6));
            assertThat(page.sum("inferwatt_remote_bound_joules_total", GPT, "bound=\"low\""))
                    .isPositive()
                    .isLessThan(gpt);
            assertThat(page.sum("inferwatt_remote_bound_joules_total", GPT, "bound=\"high\""))
                    .isGreaterThan(gpt);

            assertThat(page.sum(UNESTIMATED, GPT, "reason=\"no_usage\"")).isEqualTo(1);
            assertThat(page.sum(UNESTIMATED, GPT, "reason=\"failed\"")).isEqualTo(1);
            assertThat(page.sum(UNESTIMATED, "model=\"text-embedding-3-small\"", "reason=\"unknown_model\""))
                    .isEqualTo(1);
            assertThat(run.awaitErr("told openai-java no token usage")).contains("INFO", "gpt-4o");
            assertThat(run.awaitErr("text-embedding-3-small")).contains("remote.aliases");
            for (String component : List.of("cpu", "dram")) {
                double read = page.read(component);
                assertThat(page.booked(component)).as(component).isCloseTo(read, within(read * 1e-9));
            }
        }
    }
}
