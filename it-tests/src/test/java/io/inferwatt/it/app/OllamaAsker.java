package io.inferwatt.it.app;

import io.github.ollama4j.Ollama;
import io.github.ollama4j.models.chat.OllamaChatMessage;
import io.github.ollama4j.models.chat.OllamaChatMessageRole;
import io.github.ollama4j.models.chat.OllamaChatRequest;
import io.github.ollama4j.models.embed.OllamaEmbedRequest;
import io.github.ollama4j.models.generate.OllamaGenerateRequest;
import io.github.ollama4j.models.generate.OllamaGenerateStreamObserver;
import io.github.ollama4j.models.request.ThinkMode;
import io.github.ollama4j.models.response.OllamaAsyncResultStreamer;
import java.util.ArrayList;
import java.util.List;

/** Asks an Ollama server, with a client that tries once. */
public final class OllamaAsker {

    private static final String MODEL = "llama3.3:70b-instruct-q4_0";

    private final Ollama client;

    private OllamaAsker(String address) {
        client = new Ollama(address);
    }

    public static void main(String[] arguments) {
        Questions.askAll(new OllamaAsker(arguments[0])::ask);
    }

    private void ask(String what) throws Exception {
        switch (what) {
            case "chat" -> client.chat(chat(MODEL), null);
            case "stream" -> client.chat(chat(MODEL), piece -> {});
            case "generate" -> client.generate(generate(), null);
            case "generate-stream" -> client.generate(generate(), new OllamaGenerateStreamObserver(null, piece -> {}));
            case "later" -> later();
            case "embed" -> client.embed(new OllamaEmbedRequest("qwen3-embedding:8b", List.of("a text")));
            case "unknown" -> client.chat(chat("our-own"), null);
            default -> throw new IllegalArgumentException(what);
        }
    }

    private static OllamaChatRequest chat(String model) {
        OllamaChatRequest request = new OllamaChatRequest();
        request.setModel(model);
        request.setMessages(new ArrayList<>(List.of(new OllamaChatMessage(OllamaChatMessageRole.USER, "a question"))));
        return request;
    }

    private static OllamaGenerateRequest generate() {
        OllamaGenerateRequest request = new OllamaGenerateRequest(MODEL, "a question");
        request.setThink(ThinkMode.DISABLED);
        return request;
    }

    /** Waits for the library's own thread, which reads the answer. */
    private void later() throws Exception {
        OllamaAsyncResultStreamer answer = client.generateAsync(MODEL, "a question", false, ThinkMode.DISABLED);
        answer.join();
        if (!answer.isSucceeded()) {
            throw new IllegalStateException("no answer");
        }
    }
}
