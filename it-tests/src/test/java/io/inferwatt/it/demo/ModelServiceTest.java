package io.inferwatt.it.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real models, real HTTP. */
class ModelServiceTest {

    private static final String MINILM = "all-minilm-l6-v2-q";
    private static final String BGE = "bge-small-en-v1.5-q";
    private static final Pattern VECTOR = Pattern.compile("\"answer\":\\[([^\\]]+)\\]");

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    private static List<ServedModel> models;
    private static ModelService service;

    @BeforeAll
    static void start() throws Exception {
        List<ShippedModel> quantised = ShippedModel.onClassPath().stream()
                .filter(model -> model.name().endsWith("-q"))
                .toList();
        assertThat(quantised).extracting(ShippedModel::name).containsExactly(MINILM, BGE);
        models = List.of(EmbeddingModel.open(quantised.get(0), folder), EmbeddingModel.open(quantised.get(1), folder));
        service = ModelService.start(models);
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        for (ServedModel model : models) {
            model.close();
        }
    }

    @ParameterizedTest
    @CsvSource({MINILM, BGE})
    void embed_putsCloseMeaningsCloserThanUnrelatedOnes(String model) throws Exception {
        double[] dog = vector(model, "A dog is chasing a ball in the park.");
        double[] puppy = vector(model, "In the garden a puppy runs after a toy.");
        double[] invoice = vector(model, "The invoice is due at the end of the quarter.");

        assertThat(dog).hasSize(384);
        assertThat(cosine(dog, dog)).isCloseTo(1, within(1e-4));
        assertThat(cosine(dog, puppy)).isGreaterThan(cosine(dog, invoice) + 0.1);
    }

    @Test
    void embed_ofATextBeyondTheModelsLimit_cutsIt() throws Exception {
        assertThat(vector(MINILM, "word ".repeat(2_000))).hasSize(384);
    }

    @Test
    void embed_ofWrongRequests_tellsWhatIsAllowed() throws Exception {
        assertThat(post("gpt", "text").statusCode()).isEqualTo(404);
        assertThat(post("gpt", "text").body()).contains(MINILM, BGE);
        assertThat(post(MINILM, "  ").statusCode()).isEqualTo(400);
        assertThat(post(MINILM, "x".repeat(65 * 1024)).statusCode()).isEqualTo(413);
        HttpRequest get = HttpRequest.newBuilder(service.address()).build();
        assertThat(CLIENT.send(get, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isEqualTo(405);
    }

    @Test
    void load_endsAtItsCountAndAsksEveryModel() throws Exception {
        Pace pace = new Pace(2, 0, Duration.ofMinutes(1), 9);
        try (LoadGenerator load = LoadGenerator.start(service.address(), List.of(MINILM, BGE), pace, CLIENT)) {
            assertThat(load.awaitEnd(Duration.ofSeconds(30))).isTrue();
            assertThat(load.failed()).isZero();
            assertThat(load.answered()).isBetween(9L, 10L);
        }
    }

    @Test
    void load_countsRefusedRequestsAsFailed() throws Exception {
        Pace pace = new Pace(1, 0, Duration.ofMinutes(1), 2);
        try (LoadGenerator load = LoadGenerator.start(service.address(), List.of("nobody"), pace, CLIENT)) {
            assertThat(load.awaitEnd(Duration.ofSeconds(30))).isTrue();
            assertThat(load.failed()).isEqualTo(2);
            assertThat(load.answered()).isZero();
            assertThat(load.firstFailure()).contains("nobody", "404");
        }
    }

    @Test
    void corpus_mixesShortAndLongTexts() {
        Random random = new Random(1);
        List<Integer> words = random.ints(200)
                .map(i -> Corpus.text(random).split(" ").length)
                .boxed()
                .toList();
        assertThat(words).anyMatch(count -> count < 8).anyMatch(count -> count > 60);
    }

    private static double[] vector(String model, String text) throws Exception {
        HttpResponse<String> response = post(model, text);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        Matcher vector = VECTOR.matcher(response.body());
        assertThat(vector.find()).isTrue();
        return List.of(vector.group(1).split(",")).stream()
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static HttpResponse<String> post(String model, String text) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(service.address() + "?model=" + model))
                .POST(HttpRequest.BodyPublishers.ofString(text))
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static double cosine(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
