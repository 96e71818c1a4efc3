package io.inferwatt.it.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A real model server under real HTTP: requests come in on Netty's thread and are computed in batches on another. */
@Isolated
class ModelServerIT {

    private static final String MODEL = "all-minilm-l6-v2-q";
    private static final String SERVER = "io.inferwatt.it.server.ModelServer";
    private static final String BATCH = "io.inferwatt.it.server.Batcher#runBatch:requests=arg0:model=unknown";
    private static final int CLIENTS = 200;
    private static final int TOKENS = 32;
    private static final String REQUESTS = "inferwatt_requests_total";
    private static final String ITEMS = "inferwatt_items_total";
    private static final String ENERGY = "inferwatt_energy_joules_total";
    private static final String SHARES = "inferwatt_request_energy_joules";
    private static final String NAME = "model=\"" + MODEL + "\"";

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    static List<Path> javas() {
        return AgentRun.javas();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void eachRequestOfABatch_isCountedAndGetsItsShare(Path java) throws Exception {
        try (AgentRun run = server(java, "http.port=0", "methods=" + BATCH)) {
            Endpoint endpoint = Endpoint.of(run);
            long batches = serve(run);
            // The histogram has a call as soon as it is settled, the counters follow once a second.
            MetricsPage page = endpoint.await(
                    "the energy of all requests",
                    metrics -> metrics.sum(SHARES + "_count") >= CLIENTS
                            && metrics.sum(SHARES + "_sum") <= metrics.sum(ENERGY) * (1 + 1e-9));

            assertThat(batches).as("requests were gathered").isLessThan(CLIENTS / 2);
            assertThat(page.sum(REQUESTS)).isEqualTo(page.sum(REQUESTS, NAME)).isEqualTo(CLIENTS);
            assertThat(page.sum(ITEMS)).isEqualTo(CLIENTS);
            assertThat(page.sum("inferwatt_tokens_total", "type=\"input\"")).isEqualTo(CLIENTS * TOKENS);
            assertThat(page.sum(SHARES + "_count", NAME)).isEqualTo(CLIENTS);
            assertThat(page.sum(SHARES + "_sum", NAME))
                    .isPositive()
                    .isCloseTo(page.sum(ENERGY), within(page.sum(ENERGY) / 10));
            assertBalanced(page);
        }
    }

    /** Nothing says where requests become a batch: then a batch is the request, and energy is compared by items. */
    @ParameterizedTest
    @MethodSource("javas")
    void batchWhoseRequestsNobodyTellsOf_isOneRequestOfManyItems(Path java) throws Exception {
        try (AgentRun run = server(java, "http.port=0")) {
            Endpoint endpoint = Endpoint.of(run);
            long batches = serve(run);
            MetricsPage page = endpoint.await("all batches", metrics -> metrics.sum(REQUESTS) >= batches);

            assertThat(page.sum(REQUESTS, NAME)).isEqualTo(page.sum(REQUESTS)).isEqualTo(batches);
            assertThat(page.sum("inferwatt_tokens_total", "type=\"input\"")).isEqualTo(CLIENTS * TOKENS);
            assertThat(page.sum(ENERGY, NAME)).isPositive();
            assertBalanced(page);
        }
    }

    private AgentRun server(Path java, String... settings) throws IOException {
        Path weights = resource("/" + MODEL + ".onnx", MODEL + ".onnx");
        Path tokenizer = resource("/" + MODEL + "-tokenizer.json", "tokenizer.json");
        return Launch.bare(java)
                .classPath(Path.of("target", "classes"))
                .jars("netty-", "api-", "onnxruntime", "tokenizers-", "slf4j-", "gson-", "jna-", "commons-compress-")
                .option("--enable-native-access=ALL-UNNAMED", "-Dai.djl.offline=true", "-Dio.netty.noUnsafe=true")
                .agent(settings)
                .main(SERVER, weights.toString(), tokenizer.toString());
    }

    private Path resource(String name, String file) throws IOException {
        Path copy = folder.resolve(file);
        try (InputStream resource = ModelServerIT.class.getResourceAsStream(name)) {
            assertThat(resource).as(name).isNotNull();
            Files.copy(resource, copy);
        }
        return copy;
    }

    /** Asks as many clients' questions at once, and returns in how many batches they were answered. */
    private long serve(AgentRun run) throws Exception {
        String port = run.awaitOut("port ").substring("port ".length());
        URI address = URI.create("http://127.0.0.1:" + port + "/");
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .version(HttpClient.Version.HTTP_1_1)
                    .POST(HttpRequest.BodyPublishers.ofString("question number " + i))
                    .build();
            answers.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
        }
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(200);
            assertThat(answer.get().body()).matches("-?\\d\\.\\d{4}");
        }
        run.say("how many");
        return Long.parseLong(run.awaitOut("batches ").substring("batches ".length()));
    }

    private static void assertBalanced(MetricsPage page) {
        for (String component : List.of("cpu", "dram")) {
            double read = page.read(component);
            assertThat(page.booked(component)).as(component).isCloseTo(read, within(read * 1e-9));
        }
    }
}
