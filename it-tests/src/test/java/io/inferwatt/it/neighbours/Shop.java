package io.inferwatt.it.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtSession;
import io.inferwatt.core.facade.TenantScope;
import io.inferwatt.core.testservers.OpenAiWire;
import io.inferwatt.core.testservers.WireServer;
import io.inferwatt.core.testservers.WireServer.Reply;
import io.inferwatt.it.app.AnsweringModel;
import io.inferwatt.it.app.HttpShop;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** {@link HttpShop} with our agent and another one: asks it, and knows what must come out. One thread at a time. */
final class Shop implements AutoCloseable {

    /** Tokens of each remote answer. */
    static final int INPUT_TOKENS = 1000;

    static final int OUTPUT_TOKENS = 500;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final double ROUNDING = 1e-9;
    private static final String REQUESTS = "inferwatt_requests_total";

    private final WireServer remote = new WireServer();
    private final HttpClient client = HttpClient.newHttpClient();
    private final AgentRun run;
    private final Endpoint endpoint;
    private final String start;
    private final String port;
    private int answers;
    private int chats;

    /** @param others options of the other agent, its {@code -javaagent} among them */
    Shop(Path java, Path folder, Neighbour.Order order, List<String> others, String... settings) throws Exception {
        Path hosts =
                Files.writeString(folder.resolve("hosts"), "127.0.0.1 api.openai.com\n127.0.0.1 api.anthropic.com\n");
        Path model = AnsweringModel.write(folder.resolve("copy-tokens.onnx"));
        Launch launch = Launch.of(java)
                .classPath(Launch.whereIs(TenantScope.class))
                .jars("openai-java", "anthropic-java", "okhttp", "okio", "kotlin", "jackson", "opentelemetry-api")
                .jars("opentelemetry-context", "opentelemetry-common")
                .nativeLibrary(OrtSession.class)
                .option("-Djdk.net.hosts.file=" + hosts)
                .option("-XX:TieredStopAtLevel=1"); // other agents start in half the time
        String[] ours = new String[settings.length + 1];
        System.arraycopy(settings, 0, ours, 1, settings.length);
        ours[0] = "http.port=0";
        if (order == Neighbour.Order.OURS_FIRST) {
            launch.agent(ours).option(others.toArray(String[]::new));
        } else {
            launch.option(others.toArray(String[]::new)).agent(ours);
        }
        run = launch.main(HttpShop.class, model.toString(), String.valueOf(remote.port()));
        endpoint = Endpoint.of(run);
        start = run.awaitErr("is metering");
        String serving = run.awaitOut("serving ");
        port = serving.substring(serving.indexOf(' ') + 1);
    }

    /** Has the model of the application answer so many questions. */
    void answers(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            String question = "question-" + ++answers;
            assertThat(get("/answer?" + question)).isEqualTo(AnsweringModel.expected(question));
        }
    }

    /** Has the remote model answer so many questions. */
    void chats(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            chats++;
            remote.answer(Reply.json(
                    OpenAiWire.chat("gpt-4o-2024-08-06", OpenAiWire.usage(INPUT_TOKENS, 0, OUTPUT_TOKENS, 0))));
            assertThat(get("/chat")).isEqualTo("chatted");
        }
    }

    private String get(String pathAndQuery) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + pathAndQuery))
                .timeout(PATIENCE)
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    /** Waits until all calls are on the page: those asked for, their tokens, no others, and balanced books. */
    MetricsPage assertCounted() {
        int calls = answers + chats;
        MetricsPage page = endpoint.await("all calls", metrics -> metrics.sum(REQUESTS) >= calls);
        assertThat(page.sum(REQUESTS, "model=\"copy-tokens\"", "outcome=\"ok\""))
                .isEqualTo(answers);
        assertThat(page.sum(REQUESTS, "model=\"gpt-4o\"", "outcome=\"ok\"")).isEqualTo(chats);
        assertThat(page.sum(REQUESTS)).isEqualTo(calls);
        assertThat(page.sum("inferwatt_items_total", "model=\"copy-tokens\"")).isEqualTo(answers * AnsweringModel.ROWS);
        assertThat(page.sum("inferwatt_tokens_total", "model=\"gpt-4o\"", "type=\"input\""))
                .isEqualTo(chats * INPUT_TOKENS);
        assertThat(page.sum("inferwatt_tokens_total", "model=\"gpt-4o\"", "type=\"output\""))
                .isEqualTo(chats * OUTPUT_TOKENS);
        assertThat(page.sum("inferwatt_dropped_calls_total")).isZero();
        assertThat(page.sum("inferwatt_agent_instrumentation_errors_total")).isZero();
        assertThat(page.read("cpu")).isPositive();
        for (String component : List.of("cpu", "dram")) {
            double read = page.read(component);
            assertThat(page.booked(component)).as(component).isCloseTo(read, within(read * ROUNDING));
        }
        return page;
    }

    /**
     * Ends the application and compares what it printed.
     *
     * @param ofOthers parts of lines on standard error that the other agent, or the JVM because of it, prints
     */
    void assertEnded(String... ofOthers) throws Exception {
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).containsExactly("serving " + port, "bye");
        assertThat(run.err())
                .filteredOn(line -> List.of(ofOthers).stream().noneMatch(line::contains))
                .containsExactly(start);
    }

    @Override
    public void close() {
        run.close();
        remote.close();
    }
}
