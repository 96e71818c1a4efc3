package io.inferwatt.it.app;

import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import io.inferwatt.core.facade.TenantScope;
import java.util.concurrent.ExecutionException;

/** Asks remote models for what it is told on its standard input, one line each, and says when it is done. */
public final class RemoteAsker {

    private final OpenAIClient openai;
    private final com.anthropic.client.AnthropicClient anthropic;

    RemoteAsker(String port) {
        openai = OpenAIOkHttpClient.builder()
                .apiKey("none")
                .baseUrl("http://api.openai.com:" + port + "/v1")
                .maxRetries(1)
                .build();
        anthropic = AnthropicOkHttpClient.builder()
                .apiKey("none")
                .baseUrl("http://api.anthropic.com:" + port)
                .maxRetries(0)
                .build();
    }

    public static void main(String[] arguments) {
        Questions.askAll(new RemoteAsker(arguments[0])::askFor);
    }

    /** @param what on whose behalf, as in {@code chat@acme}, if on somebody's */
    private void askFor(String what) {
        int sign = what.indexOf('@');
        if (sign < 0) {
            ask(what);
            return;
        }
        try (TenantScope scope = TenantScope.enter(what.substring(sign + 1))) {
            ask(what.substring(0, sign));
        }
    }

    /** Asks for what the first word of a line says, and waits for the answer. From any thread. */
    void ask(String what) {
        switch (what) {
            case "chat" -> openai.chat().completions().create(chat());
            case "later" -> later();
            case "stream" -> read();
            case "embed" ->
                openai.embeddings()
                        .create(EmbeddingCreateParams.builder()
                                .model("text-embedding-3-small")
                                .input("a text")
                                .build());
            case "message" ->
                anthropic
                        .messages()
                        .create(com.anthropic.models.messages.MessageCreateParams.builder()
                                .model("claude-3-5-haiku-latest")
                                .maxTokens(100)
                                .addUserMessage("a question")
                                .build());
            default -> throw new IllegalArgumentException(what);
        }
    }

    private static ChatCompletionCreateParams chat() {
        return ChatCompletionCreateParams.builder()
                .model("gpt-4o")
                .addUserMessage("a question")
                .build();
    }

    private void later() {
        try {
            openai.async().chat().completions().create(chat()).get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void read() {
        try (StreamResponse<ChatCompletionChunk> answer =
                openai.chat().completions().createStreaming(chat())) {
            answer.stream().forEach(chunk -> {});
        }
    }
}
