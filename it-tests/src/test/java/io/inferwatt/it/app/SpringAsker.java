package io.inferwatt.it.app;

import java.time.Duration;
import java.util.List;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;

/** Asks OpenAI's models through Spring AI, over OpenAI's own client for Java, which tries twice. */
public final class SpringAsker {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final OpenAiChatModel chat;
    private final OpenAiEmbeddingModel embedding;

    private SpringAsker(String address) {
        chat = OpenAiChatModel.builder()
                .options(OpenAiChatOptions.builder()
                        .baseUrl(address + "/v1")
                        .apiKey("none")
                        .model("gpt-4o")
                        .maxRetries(1)
                        .streamUsage(true)
                        .build())
                .build();
        embedding = OpenAiEmbeddingModel.builder()
                .options(OpenAiEmbeddingOptions.builder()
                        .baseUrl(address + "/v1")
                        .apiKey("none")
                        .model("text-embedding-3-small")
                        .build())
                .build();
    }

    public static void main(String[] arguments) {
        Questions.askAll(new SpringAsker(arguments[0])::ask);
    }

    private void ask(String what) {
        switch (what) {
            case "chat" -> chat.call(new Prompt("a question"));
            case "stream" -> chat.stream(new Prompt("a question")).blockLast(PATIENCE);
            case "stream-cancelled" -> chat.stream(new Prompt("a question")).blockFirst(PATIENCE);
            case "embed" -> embedding.embed(List.of("a", "b"));
            default -> throw new IllegalArgumentException(what);
        }
    }
}
