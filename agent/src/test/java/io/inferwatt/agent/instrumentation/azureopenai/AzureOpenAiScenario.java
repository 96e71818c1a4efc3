package io.inferwatt.agent.instrumentation.azureopenai;

import com.azure.ai.openai.OpenAIAsyncClient;
import com.azure.ai.openai.OpenAIClient;
import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.ai.openai.models.ChatChoice;
import com.azure.ai.openai.models.ChatCompletionStreamOptions;
import com.azure.ai.openai.models.ChatCompletions;
import com.azure.ai.openai.models.ChatCompletionsOptions;
import com.azure.ai.openai.models.ChatRequestUserMessage;
import com.azure.ai.openai.models.CompletionsOptions;
import com.azure.ai.openai.models.EmbeddingsOptions;
import com.azure.ai.openai.models.ImageGenerationOptions;
import com.azure.ai.openai.models.ImageSize;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.okhttp.OkHttpAsyncHttpClientBuilder;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.core.http.rest.RequestOptions;
import com.azure.core.util.BinaryData;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.testservers.OpenAiWire;
import io.inferwatt.core.testservers.WireServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/** An application with a real client and a real server beside it. */
public final class AzureOpenAiScenario implements AzureOpenAiUse {

    static final String DEPLOYMENT = "our-chat";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final WireServer server = new WireServer();
    private final OpenAIClientBuilder builder = new OpenAIClientBuilder()
            .endpoint(server.address())
            .pipeline(new HttpPipelineBuilder()
                    .httpClient(new OkHttpAsyncHttpClientBuilder().build())
                    .policies(new RetryPolicy(new RetryOptions(new FixedDelayOptions(1, Duration.ofMillis(1)))))
                    .build());
    private final OpenAIClient client = builder.buildClient();
    private final OpenAIAsyncClient async = builder.buildAsyncClient();

    public AzureOpenAiScenario() {
        server.answer(WireServer.Reply.json(OpenAiWire.chat("gpt-4o", OpenAiWire.usage(11, 4, 7, 3))));
    }

    @Override
    public WireServer server() {
        return server;
    }

    private static ChatCompletionsOptions options() {
        return new ChatCompletionsOptions(List.of(new ChatRequestUserMessage("Hi")));
    }

    private static ChatCompletionStreamOptions usage() {
        return new ChatCompletionStreamOptions().setIncludeUsage(true);
    }

    @Override
    public void call() {
        client.getChatCompletions(DEPLOYMENT, options());
    }

    @Override
    public void failingCall() {
        server.answer(WireServer.Reply.json(400, OpenAiWire.error("no such thing")));
        client.getChatCompletions(DEPLOYMENT, options());
    }

    @Override
    public void callWithNull() {
        client.getChatCompletions(DEPLOYMENT, null);
    }

    @Override
    public ModelKey key() {
        return new ModelKey(DEPLOYMENT, "chat", true);
    }

    @Override
    public long rows() {
        return 1;
    }

    @Override
    public void callAfterClose() {
        call();
    }

    @Override
    public void close() {
        server.close();
    }

    @Override
    public String ask(String way) {
        BinaryData json = BinaryData.fromObject(options());
        RequestOptions request = new RequestOptions();
        return switch (way) {
            case "sync" -> text(client.getChatCompletions(DEPLOYMENT, options()));
            case "response" ->
                text(client.getChatCompletionsWithResponse(DEPLOYMENT, options(), request)
                        .getValue());
            case "json" ->
                client.getChatCompletionsWithResponse(DEPLOYMENT, json, request)
                        .getValue()
                        .toString();
            case "async" -> text(async.getChatCompletions(DEPLOYMENT, options()).block(PATIENCE));
            case "async response" ->
                text(async.getChatCompletionsWithResponse(DEPLOYMENT, options(), request)
                        .block(PATIENCE)
                        .getValue());
            case "async json" ->
                async.getChatCompletionsWithResponse(DEPLOYMENT, json, request)
                        .block(PATIENCE)
                        .getValue()
                        .toString();
            case "stream" ->
                client.getChatCompletionsStream(DEPLOYMENT, options(), usage()).stream()
                        .map(AzureOpenAiScenario::text)
                        .toList()
                        .toString();
            case "stream without usage" -> {
                List<String> read = new ArrayList<>();
                client.getChatCompletionsStream(DEPLOYMENT, options()).forEach(piece -> read.add(text(piece)));
                yield read.toString();
            }
            case "async stream" ->
                async.getChatCompletionsStream(DEPLOYMENT, options(), usage())
                        .map(AzureOpenAiScenario::text)
                        .collectList()
                        .block(PATIENCE)
                        .toString();
            case "completion" ->
                client.getCompletions(DEPLOYMENT, new CompletionsOptions(List.of("Hi")))
                        .getChoices()
                        .get(0)
                        .getText();
            default -> throw new IllegalArgumentException(way);
        };
    }

    private static String text(ChatCompletions answer) {
        if (answer.getChoices() == null || answer.getChoices().isEmpty()) {
            return "";
        }
        ChatChoice choice = answer.getChoices().get(0);
        String text = choice.getMessage() != null
                ? choice.getMessage().getContent()
                : choice.getDelta().getContent();
        return text == null ? "" : text;
    }

    @Override
    public void embed(boolean later) {
        EmbeddingsOptions options = new EmbeddingsOptions(List.of("a", "b", "c"));
        if (later) {
            async.getEmbeddings("our-vectors", options).block(PATIENCE);
        } else {
            client.getEmbeddings("our-vectors", options);
        }
    }

    @Override
    public void images(boolean later) {
        ImageGenerationOptions options =
                new ImageGenerationOptions("a hill").setN(2).setSize(ImageSize.SIZE1024X1024);
        if (later) {
            async.getImageGenerations("our-pictures", options).block(PATIENCE);
        } else {
            client.getImageGenerations("our-pictures", options);
        }
    }

    @Override
    public List<String> readSome(int pieces) {
        List<String> read = new ArrayList<>();
        try (Stream<ChatCompletions> stream =
                client.getChatCompletionsStream(DEPLOYMENT, options(), usage()).stream()) {
            Iterator<ChatCompletions> iterator = stream.iterator();
            while (read.size() < pieces) {
                read.add(text(iterator.next()));
            }
        }
        return read;
    }

    @Override
    public List<String> takeSome(int pieces) {
        return async.getChatCompletionsStream(DEPLOYMENT, options(), usage())
                .take(pieces)
                .map(AzureOpenAiScenario::text)
                .collectList()
                .block(PATIENCE);
    }

    @Override
    public void subscribe(int times) {
        Mono<ChatCompletions> prepared = async.getChatCompletions(DEPLOYMENT, options());
        for (int i = 0; i < times; i++) {
            prepared.block(PATIENCE);
        }
    }
}
