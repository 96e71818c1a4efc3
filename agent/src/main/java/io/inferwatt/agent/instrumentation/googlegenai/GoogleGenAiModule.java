package io.inferwatt.agent.instrumentation.googlegenai;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Member;
import java.util.List;

/**
 * Where requests to models pass in Google's client. Run with 2.0.0; tests check 1.28.0 as well. Much older versions ask later by
 * asking now on another thread, and are left alone: each such request would count twice.
 */
public final class GoogleGenAiModule implements InstrumentationModule {

    private static final String FOLDER = "io.inferwatt.agent.instrumentation.googlegenai.";
    private static final String GENAI = "com.google.genai.";
    private static final String TYPES = GENAI + "types.";
    private static final String NOW = GENAI + "Models";
    private static final String LATER = GENAI + "AsyncModels";
    private static final String CLIENT = GENAI + "ApiClient";
    private static final String STREAM = GENAI + "ResponseStream";
    private static final String CHUNKS = STREAM + "$ResponseStreamIterator";
    private static final String USAGE = TYPES + "GenerateContentResponseUsageMetadata";
    private static final String ANSWER = TYPES + "GenerateContentResponse";
    private static final String IMAGES = TYPES + "GenerateImagesConfig";
    private static final String TEXT = "Ljava/lang/String;";
    private static final String LIST = "Ljava/util/List;";
    private static final String FUTURE = "Ljava/util/concurrent/CompletableFuture;";
    private static final String OPTIONAL_TYPE = "Ljava/util/Optional;";
    private static final String OPTIONAL = "()" + OPTIONAL_TYPE;

    @Override
    public String library() {
        return "google-genai";
    }

    @Override
    public List<Hook> hooks() {
        String generate = "(" + TEXT + LIST + type(TYPES + "GenerateContentConfig") + ")";
        String embed = "(" + TEXT + LIST + type(TYPES + "EmbedContentConfig") + ")";
        String embedOne = "(" + TEXT + type(TYPES + "Content") + type(TYPES + "EmbedContentConfig") + ")";
        String images = "(" + TEXT + TEXT + type(IMAGES) + ")";
        String answer = type(ANSWER);
        String embedded = type(TYPES + "EmbedContentResponse");
        return List.of(
                Hook.on(NOW, "generateContent", generate + answer, FOLDER + "GenerateAdvice"),
                Hook.on(LATER, "generateContent", generate + FUTURE, FOLDER + "GenerateAsyncAdvice"),
                // One of them is there in each version, in some the one goes through the other.
                Hook.onOptional(NOW, "sendGenerateContent", generate + answer, FOLDER + "RoundAdvice"),
                Hook.onOptional(NOW, "privateGenerateContent", generate + answer, FOLDER + "RoundAdvice"),
                Hook.onOptional(LATER, "sendGenerateContent", generate + FUTURE, FOLDER + "RoundAsyncAdvice"),
                Hook.onOptional(LATER, "privateGenerateContent", generate + FUTURE, FOLDER + "RoundAsyncAdvice"),
                Hook.onAll(LATER, "privateGenerateContentLoopAsync", FOLDER + "RoundsAdvice"),
                Hook.on(NOW, "generateContentStream", generate + type(STREAM), FOLDER + "StreamAdvice"),
                Hook.on(LATER, "generateContentStream", generate + FUTURE, FOLDER + "StreamAsyncAdvice"),
                Hook.on(CHUNKS, "next", "()" + type(GENAI + "JsonSerializable"), FOLDER + "ChunkAdvice"),
                Hook.on(CHUNKS, "hasNext", "()Z", FOLDER + "MoreAdvice"),
                Hook.on(STREAM, "close", "()V", FOLDER + "CloseAdvice"),
                Hook.on(NOW, "embedContent", embed + embedded, FOLDER + "EmbedAdvice"),
                Hook.onOptional(NOW, "embedContent", embedOne + embedded, FOLDER + "EmbedAdvice"),
                Hook.on(LATER, "embedContent", embed + FUTURE, FOLDER + "EmbedAsyncAdvice"),
                Hook.onOptional(LATER, "embedContent", embedOne + FUTURE, FOLDER + "EmbedAsyncAdvice"),
                Hook.on(
                        NOW,
                        "generateImages",
                        images + type(TYPES + "GenerateImagesResponse"),
                        FOLDER + "ImagesAdvice"),
                Hook.on(LATER, "generateImages", images + FUTURE, FOLDER + "ImagesAsyncAdvice"));
    }

    @Override
    public List<Member> requires() {
        return List.of(
                new Member(CLIENT, "asyncRequest", "(" + TEXT + TEXT + TEXT + OPTIONAL_TYPE + ")" + FUTURE),
                new Member(NOW, "apiClient", type(CLIENT)),
                new Member(LATER, "apiClient", type(CLIENT)),
                new Member(CLIENT, "vertexAI", "Z"),
                new Member(CLIENT, "location", OPTIONAL_TYPE),
                new Member(CLIENT, "httpOptions", type(TYPES + "HttpOptions")),
                new Member(TYPES + "HttpOptions", "baseUrl", OPTIONAL),
                new Member(STREAM, "iterator", "()Ljava/util/Iterator;"),
                new Member(ANSWER, "modelVersion", OPTIONAL),
                new Member(ANSWER, "candidates", OPTIONAL),
                new Member(ANSWER, "usageMetadata", OPTIONAL),
                new Member(TYPES + "Candidate", "finishReason", OPTIONAL),
                new Member(USAGE, "promptTokenCount", OPTIONAL),
                new Member(USAGE, "toolUsePromptTokenCount", OPTIONAL),
                new Member(USAGE, "cachedContentTokenCount", OPTIONAL),
                new Member(USAGE, "candidatesTokenCount", OPTIONAL),
                new Member(USAGE, "thoughtsTokenCount", OPTIONAL),
                new Member(USAGE, "totalTokenCount", OPTIONAL),
                new Member(TYPES + "EmbedContentResponse", "embeddings", OPTIONAL),
                new Member(TYPES + "ContentEmbedding", "statistics", OPTIONAL),
                new Member(TYPES + "ContentEmbeddingStatistics", "tokenCount", OPTIONAL),
                new Member(IMAGES, "numberOfImages", OPTIONAL),
                new Member(IMAGES, "imageSize", OPTIONAL),
                new Member(IMAGES, "aspectRatio", OPTIONAL));
    }

    private static String type(String className) {
        return "L" + className.replace('.', '/') + ";";
    }
}
