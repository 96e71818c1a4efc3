package io.inferwatt.agent.instrumentation.azureopenai;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Member;
import java.util.ArrayList;
import java.util.List;

/**
 * Where calls pass in {@code azure-ai-openai}. Each method that gives an answer calls the one that gives JSON, which applications may
 * call as well: that is the same call, seen twice. Run with 1.0.0-beta.16; tests check
 * 1.0.0-beta.14 as well.
 */
public final class AzureOpenAiModule implements InstrumentationModule {

    private static final String FOLDER = "io.inferwatt.agent.instrumentation.azureopenai.";
    private static final String CLIENT = "com.azure.ai.openai.OpenAIClient";
    private static final String ASYNC_CLIENT = "com.azure.ai.openai.OpenAIAsyncClient";
    private static final String IMPLEMENTATION = "com.azure.ai.openai.implementation.";
    private static final String MODELS = "com/azure/ai/openai/models/";
    private static final String JSON = "Lcom/azure/core/util/BinaryData;";
    private static final String OPTIONS = "Lcom/azure/core/http/rest/RequestOptions;";
    private static final String RESPONSE = "Lcom/azure/core/http/rest/Response;";
    private static final String MONO = "Lreactor/core/publisher/Mono;";
    private static final String FLUX = "Lreactor/core/publisher/Flux;";

    @Override
    public String library() {
        return "azure-openai";
    }

    @Override
    public List<Hook> hooks() {
        List<Hook> hooks = new ArrayList<>();
        addAnswer(hooks, "getChatCompletions", "ChatCompletionsOptions", "ChatCompletions");
        addAnswer(hooks, "getCompletions", "CompletionsOptions", "Completions");
        addAnswer(hooks, "getEmbeddings", "EmbeddingsOptions", "Embeddings");
        addAnswer(hooks, "getImageGenerations", "ImageGenerationOptions", "ImageGenerations");
        addStream(hooks, "getChatCompletionsStream", "ChatCompletionsOptions");
        addStream(hooks, "getCompletionsStream", "CompletionsOptions");
        return List.copyOf(hooks);
    }

    private static void addAnswer(List<Hook> hooks, String method, String options, String answer) {
        String asked = "(Ljava/lang/String;L" + MODELS + options + ";";
        String json = "(Ljava/lang/String;" + JSON + OPTIONS + ")";
        String raw = method + "WithResponse";
        hooks.add(Hook.on(CLIENT, method, asked + ")L" + MODELS + answer + ";", FOLDER + "AnswerAdvice"));
        hooks.add(Hook.onOptional(CLIENT, raw, asked + OPTIONS + ")" + RESPONSE, FOLDER + "AnswerAdvice"));
        hooks.add(Hook.onOptional(CLIENT, raw, json + RESPONSE, FOLDER + "AnswerAdvice"));
        hooks.add(Hook.on(ASYNC_CLIENT, method, asked + ")" + MONO, FOLDER + "MonoAdvice"));
        hooks.add(Hook.onOptional(ASYNC_CLIENT, raw, asked + OPTIONS + ")" + MONO, FOLDER + "MonoAdvice"));
        hooks.add(Hook.onOptional(ASYNC_CLIENT, raw, json + MONO, FOLDER + "MonoAdvice"));
    }

    private static void addStream(List<Hook> hooks, String method, String options) {
        String asked = "(Ljava/lang/String;L" + MODELS + options + ";";
        String withUsage = asked + "L" + MODELS + "ChatCompletionStreamOptions;)";
        String iterable = "Lcom/azure/core/util/IterableStream;";
        hooks.add(Hook.on(CLIENT, method, asked + ")" + iterable, FOLDER + "StreamAdvice"));
        hooks.add(Hook.onOptional(CLIENT, method, withUsage + iterable, FOLDER + "StreamAdvice"));
        hooks.add(Hook.on(ASYNC_CLIENT, method, asked + ")" + FLUX, FOLDER + "FluxAdvice"));
        hooks.add(Hook.onOptional(ASYNC_CLIENT, method, withUsage + FLUX, FOLDER + "FluxAdvice"));
    }

    @Override
    public List<Member> requires() {
        String service = "L" + IMPLEMENTATION.replace('.', '/') + "OpenAIClientImpl;";
        return List.of(
                new Member(CLIENT, "serviceClient", service),
                new Member(ASYNC_CLIENT, "serviceClient", service),
                new Member(IMPLEMENTATION + "OpenAIClientImpl", "getEndpoint", "()Ljava/lang/String;"),
                new Member(
                        "com.azure.ai.openai.models.CompletionsUsage",
                        "getPromptTokensDetails",
                        "()L" + MODELS + "CompletionsUsagePromptTokensDetails;"),
                new Member("com.azure.core.http.rest.Response", "getValue", "()Ljava/lang/Object;"),
                new Member("com.azure.core.util.IterableStream", "stream", "()Ljava/util/stream/Stream;"),
                new Member("com.azure.core.util.IterableStream", "iterator", "()Ljava/util/Iterator;"));
    }
}
