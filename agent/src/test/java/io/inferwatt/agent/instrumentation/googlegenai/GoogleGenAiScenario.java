package io.inferwatt.agent.instrumentation.googlegenai;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.Content;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GenerateImagesConfig;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.Part;
import com.google.genai.types.Tool;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.testservers.GeminiWire;
import io.inferwatt.core.testservers.WireServer;
import java.util.Collections;
import java.util.Date;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;

/** Asks a server on loopback, as an application would. */
public final class GoogleGenAiScenario implements GoogleGenAiUse {

    private final WireServer server = new WireServer();
    private final HttpOptions options = HttpOptions.builder()
            .baseUrl(server.address())
            .retryOptions(HttpRetryOptions.builder()
                    .attempts(3)
                    .initialDelay(0.001)
                    .maxDelay(0.002)
                    .build())
            .build();
    private final Client client =
            Client.builder().apiKey("none").httpOptions(options).build();
    private final Client vertex = Client.builder()
            .vertexAI(true)
            .project("p")
            .location("europe-west4")
            .credentials(GoogleCredentials.create(new AccessToken("none", new Date(Long.MAX_VALUE))))
            .httpOptions(options)
            .build();

    public GoogleGenAiScenario() {
        server.answer(GeminiWire.answer(MODEL, "hello", "\"promptTokenCount\":7,\"candidatesTokenCount\":5"));
    }

    @Override
    public WireServer server() {
        return server;
    }

    @Override
    public void call() {
        client.models.generateContent(MODEL, "say hello", null);
    }

    @Override
    public void failingCall() {
        server.answer(GeminiWire.error(400, "INVALID_ARGUMENT"));
        client.models.generateContent(MODEL, "say hello", null);
    }

    @Override
    public void callWithNull() {
        client.models.generateContent(null, (Content) null, null);
    }

    @Override
    public ModelKey key() {
        return new ModelKey(MODEL, "chat", true);
    }

    @Override
    public long rows() {
        return 1;
    }

    @Override
    public void callAfterClose() {
        client.close();
        client.models.generateContent(MODEL, "say hello", null);
    }

    @Override
    public String ask(Way way) throws Exception {
        return switch (way) {
            case GENERATE ->
                client.models.generateContent(MODEL, "say hello", null).text();
            case GENERATE_LATER ->
                client.async
                        .models
                        .generateContent(MODEL, "say hello", null)
                        .get()
                        .text();
            case GENERATE_WITH_PATH ->
                client.models
                        .generateContent("models/" + MODEL, "say hello", null)
                        .text();
            case CHAT -> client.chats.create(MODEL).sendMessage("say hello").text();
            case CHAT_LATER ->
                client.async.chats.create(MODEL).sendMessage("say hello").get().text();
            case VERTEX ->
                vertex.models.generateContent(MODEL, "say hello", null).text();
            case STREAM -> read(client.models.generateContentStream(MODEL, "say hello", null));
            case STREAM_LATER ->
                client.async
                        .models
                        .generateContentStream(MODEL, "say hello", null)
                        .thenApply(GoogleGenAiScenario::read)
                        .get();
            case CHAT_STREAM -> read(client.chats.create(MODEL).sendMessageStream("say hello"));
            case CHAT_STREAM_LATER ->
                read(client.async
                        .chats
                        .create(MODEL)
                        .sendMessageStream("say hello")
                        .get());
        };
    }

    private static String read(ResponseStream<GenerateContentResponse> chunks) {
        StringBuilder all = new StringBuilder();
        try (chunks) {
            for (GenerateContentResponse chunk : chunks) {
                all.append(chunk.text());
            }
        }
        return all.toString();
    }

    /** A function that the model may call. */
    public static String weather() {
        return "rain";
    }

    @Override
    public String askWithFunction(boolean later) throws Exception {
        GenerateContentConfig config = GenerateContentConfig.builder()
                .tools(Tool.builder().functions(GoogleGenAiScenario.class.getMethod("weather")))
                .build();
        if (later) {
            return client.async
                    .models
                    .generateContent(MODEL, "how is it outside", config)
                    .get()
                    .text();
        }
        return client.models.generateContent(MODEL, "how is it outside", config).text();
    }

    @Override
    public CompletableFuture<?> later() {
        return client.async.models.generateContent(MODEL, "say hello", null);
    }

    @Override
    public Chunks stream() {
        ResponseStream<GenerateContentResponse> stream = client.models.generateContentStream(MODEL, "say hello", null);
        Iterator<GenerateContentResponse> chunks = stream.iterator();
        return new Chunks() {
            @Override
            public boolean next() {
                boolean more = chunks.hasNext();
                if (more) {
                    chunks.next();
                }
                return more;
            }

            @Override
            public void close() {
                stream.close();
            }
        };
    }

    @Override
    public int embed(boolean onVertex, boolean later, int inputs) throws Exception {
        Client asked = onVertex ? vertex : client;
        var texts = Collections.nCopies(inputs, "some text");
        var response = later
                ? asked.async.models.embedContent(EMBEDDING_MODEL, texts, null).get()
                : inputs == 1
                        ? asked.models.embedContent(
                                EMBEDDING_MODEL, Content.fromParts(Part.fromText("some text")), null)
                        : asked.models.embedContent(EMBEDDING_MODEL, texts, null);
        return response.embeddings().orElseThrow().size();
    }

    @Override
    @SuppressWarnings("deprecation") // still the way to Imagen
    public int images(boolean later, Integer count, String size, String ratio) throws Exception {
        GenerateImagesConfig.Builder config = GenerateImagesConfig.builder();
        if (count != null) {
            config.numberOfImages(count);
        }
        if (size != null) {
            config.imageSize(size);
        }
        if (ratio != null) {
            config.aspectRatio(ratio);
        }
        var response = later
                ? vertex.async
                        .models
                        .generateImages("imagen-test-1", "a lake", config.build())
                        .get()
                : vertex.models.generateImages("imagen-test-1", "a lake", config.build());
        return response.generatedImages().orElseThrow().size();
    }

    @Override
    public void close() {
        client.close();
        vertex.close();
        server.close();
    }
}
