package io.inferwatt.it.app;

import com.azure.ai.openai.OpenAIAsyncClient;
import com.azure.ai.openai.OpenAIClient;
import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.ai.openai.models.ChatCompletionStreamOptions;
import com.azure.ai.openai.models.ChatCompletionsOptions;
import com.azure.ai.openai.models.ChatRequestUserMessage;
import com.azure.ai.openai.models.EmbeddingsOptions;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.okhttp.OkHttpAsyncHttpClientBuilder;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.http.policy.RetryPolicy;
import java.time.Duration;
import java.util.List;

/** Asks deployments of Azure OpenAI, with a client that tries twice. Its keys are for https only, so it has none. */
public final class AzureAsker {

    private static final String DEPLOYMENT = "our-chat";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final OpenAIClient client;
    private final OpenAIAsyncClient async;

    private AzureAsker(String address) {
        OpenAIClientBuilder builder = new OpenAIClientBuilder()
                .endpoint(address)
                .pipeline(new HttpPipelineBuilder()
                        .httpClient(new OkHttpAsyncHttpClientBuilder().build())
                        .policies(new RetryPolicy(new RetryOptions(new FixedDelayOptions(1, Duration.ofMillis(1)))))
                        .build());
        client = builder.buildClient();
        async = builder.buildAsyncClient();
    }

    public static void main(String[] arguments) {
        Questions.askAll(new AzureAsker(arguments[0])::ask);
    }

    private void ask(String what) {
        switch (what) {
            case "chat" -> client.getChatCompletions(DEPLOYMENT, chat());
            case "later" -> async.getChatCompletions(DEPLOYMENT, chat()).block(PATIENCE);
            case "stream" ->
                client.getChatCompletionsStream(DEPLOYMENT, chat(), usage()).forEach(piece -> {});
            case "stream-without-usage" ->
                client.getChatCompletionsStream(DEPLOYMENT, chat()).forEach(piece -> {});
            case "stream-later" ->
                async.getChatCompletionsStream(DEPLOYMENT, chat(), usage()).blockLast(PATIENCE);
            case "embed" -> client.getEmbeddings("our-vectors", new EmbeddingsOptions(List.of("a", "b")));
            default -> throw new IllegalArgumentException(what);
        }
    }

    private static ChatCompletionsOptions chat() {
        return new ChatCompletionsOptions(List.of(new ChatRequestUserMessage("a question")));
    }

    private static ChatCompletionStreamOptions usage() {
        return new ChatCompletionStreamOptions().setIncludeUsage(true);
    }
}
