package io.inferwatt.it.app;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import java.util.Date;

/** Asks Google's models, by the Gemini API and by Vertex AI, with clients that try twice. */
public final class GeminiAsker {

    private static final String MODEL = "gemini-2.5-flash";

    private final Client gemini;
    private final Client vertex;

    private GeminiAsker(String ofGemini, String ofVertex) {
        gemini = Client.builder().apiKey("none").httpOptions(at(ofGemini)).build();
        vertex = Client.builder()
                .vertexAI(true)
                .project("p")
                .location("europe-west4")
                .credentials(GoogleCredentials.create(new AccessToken("none", new Date(Long.MAX_VALUE))))
                .httpOptions(at(ofVertex))
                .build();
    }

    private static HttpOptions at(String address) {
        return HttpOptions.builder()
                .baseUrl(address)
                .retryOptions(HttpRetryOptions.builder()
                        .attempts(2)
                        .initialDelay(0.001)
                        .maxDelay(0.002)
                        .build())
                .build();
    }

    public static void main(String[] arguments) {
        Questions.askAll(new GeminiAsker(arguments[0], arguments[1])::ask);
    }

    private void ask(String what) throws Exception {
        switch (what) {
            case "chat" -> gemini.models.generateContent(MODEL, "a question", null);
            case "later" ->
                gemini.async.models.generateContent(MODEL, "a question", null).get();
            case "stream" -> read(gemini.models.generateContentStream(MODEL, "a question", null));
            case "stream-later" ->
                read(gemini.async
                        .models
                        .generateContentStream(MODEL, "a question", null)
                        .get());
            case "conversation" -> gemini.chats.create(MODEL).sendMessage("a question");
            case "vertex" -> vertex.models.generateContent("gemini-2.5-flash-lite", "a question", null);
            case "embed" -> vertex.models.embedContent("text-embedding-005", "a text", null);
            default -> throw new IllegalArgumentException(what);
        }
    }

    private static void read(ResponseStream<GenerateContentResponse> answer) {
        try (answer) {
            answer.forEach(chunk -> {});
        }
    }
}
