package io.inferwatt.it.app;

import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import java.time.Duration;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.google.genai.GoogleGenAiChatModel;
import org.springframework.ai.google.genai.GoogleGenAiChatOptions;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;

/** Asks models of several makers through Spring AI. */
public final class SpringMakersAsker {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ChatModel claude;
    private final ChatModel gemini;
    private final ChatModel ollama;

    private SpringMakersAsker(String port) {
        claude = AnthropicChatModel.builder()
                .options(AnthropicChatOptions.builder()
                        .baseUrl("http://api.anthropic.com:" + port)
                        .apiKey("none")
                        .model("claude-3-5-haiku-20241022")
                        .maxTokens(100)
                        .maxRetries(0)
                        .build())
                .build();
        gemini = GoogleGenAiChatModel.builder()
                .genAiClient(Client.builder()
                        .apiKey("none")
                        .httpOptions(HttpOptions.builder()
                                .baseUrl("http://generativelanguage.googleapis.com:" + port)
                                .build())
                        .build())
                .options(GoogleGenAiChatOptions.builder()
                        .model("gemini-2.5-flash")
                        .build())
                .build();
        ollama = OllamaChatModel.builder()
                .ollamaApi(OllamaApi.builder()
                        .baseUrl("http://ollama.lab.example:" + port)
                        .build())
                .options(OllamaChatOptions.builder().model("llama3.3:70b").build())
                .build();
    }

    public static void main(String[] arguments) {
        Questions.askAll(new SpringMakersAsker(arguments[0])::ask);
    }

    private void ask(String what) {
        switch (what) {
            case "claude" -> claude.call(new Prompt("a question"));
            case "claude-stream" -> claude.stream(new Prompt("a question")).blockLast(PATIENCE);
            case "gemini" -> gemini.call(new Prompt("a question"));
            case "gemini-stream" -> gemini.stream(new Prompt("a question")).blockLast(PATIENCE);
            case "ollama" -> ollama.call(new Prompt("a question"));
            case "ollama-stream" -> ollama.stream(new Prompt("a question")).blockLast(PATIENCE);
            default -> throw new IllegalArgumentException(what);
        }
    }
}
