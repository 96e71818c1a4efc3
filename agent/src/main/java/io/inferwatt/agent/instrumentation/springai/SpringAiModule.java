package io.inferwatt.agent.instrumentation.springai;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Member;
import io.inferwatt.agent.instrumentation.Target;
import java.util.List;

/** Where calls of models pass in Spring AI. Run with 2.0.1; tests check 1.0.0 as well. */
public final class SpringAiModule implements InstrumentationModule {

    private static final String EMBEDDING = "org.springframework.ai.embedding.";
    private static final String EMBEDDING_MODEL = EMBEDDING + "EmbeddingModel";
    private static final String CALL_DESCRIPTOR = "(Lorg/springframework/ai/embedding/EmbeddingRequest;)"
            + "Lorg/springframework/ai/embedding/EmbeddingResponse;";

    private static final String FOLDER = "io.inferwatt.agent.instrumentation.springai.";
    private static final String CHAT_MODEL = "org.springframework.ai.chat.model.ChatModel";
    private static final String CHAT_DESCRIPTOR =
            "(Lorg/springframework/ai/chat/prompt/Prompt;)Lorg/springframework/ai/chat/model/ChatResponse;";
    private static final String STREAM_DESCRIPTOR =
            "(Lorg/springframework/ai/chat/prompt/Prompt;)Lreactor/core/publisher/Flux;";
    private static final String IMAGE_MODEL = "org.springframework.ai.image.ImageModel";
    private static final String IMAGE_DESCRIPTOR =
            "(Lorg/springframework/ai/image/ImagePrompt;)Lorg/springframework/ai/image/ImageResponse;";

    @Override
    public String library() {
        return "spring-ai";
    }

    @Override
    public List<Hook> hooks() {
        Target.Subtypes chats = subtypes(CHAT_MODEL, "ChatModel");
        return List.of(
                Hook.onSubtypes(
                        subtypes(EMBEDDING_MODEL, "EmbeddingModel"),
                        "call",
                        CALL_DESCRIPTOR,
                        FOLDER + "EmbeddingCallAdvice"),
                Hook.onSubtypes(chats, "call", CHAT_DESCRIPTOR, FOLDER + "ChatCallAdvice"),
                Hook.onSubtypes(chats, "stream", STREAM_DESCRIPTOR, FOLDER + "ChatStreamAdvice"),
                Hook.onSubtypes(
                        subtypes(IMAGE_MODEL, "ImageModel"), "call", IMAGE_DESCRIPTOR, FOLDER + "ImageCallAdvice"));
    }

    private static Target.Subtypes subtypes(String type, String suffix) {
        return new Target.Subtypes(type, "org.springframework.ai.", suffix);
    }

    @Override
    public List<Member> requires() {
        return List.of(
                new Member(EMBEDDING_MODEL, "call", CALL_DESCRIPTOR),
                new Member(EMBEDDING + "EmbeddingRequest", "getInstructions", "()Ljava/util/List;"),
                new Member(
                        EMBEDDING + "EmbeddingRequest",
                        "getOptions",
                        "()Lorg/springframework/ai/embedding/EmbeddingOptions;"),
                new Member(EMBEDDING + "EmbeddingOptions", "getModel", "()Ljava/lang/String;"),
                new Member(
                        EMBEDDING + "EmbeddingResponse",
                        "getMetadata",
                        "()Lorg/springframework/ai/embedding/EmbeddingResponseMetadata;"),
                new Member(EMBEDDING + "EmbeddingResponseMetadata", "getModel", "()Ljava/lang/String;"),
                new Member(
                        EMBEDDING + "EmbeddingResponseMetadata",
                        "getUsage",
                        "()Lorg/springframework/ai/chat/metadata/Usage;"),
                new Member("org.springframework.ai.chat.metadata.Usage", "getPromptTokens", "()Ljava/lang/Integer;"),
                new Member(
                        "org.springframework.ai.chat.metadata.Usage", "getCompletionTokens", "()Ljava/lang/Integer;"),
                new Member("org.springframework.ai.chat.metadata.Usage", "getNativeUsage", "()Ljava/lang/Object;"),
                new Member(CHAT_MODEL, "call", CHAT_DESCRIPTOR),
                new Member(CHAT_MODEL, "stream", STREAM_DESCRIPTOR),
                new Member(
                        "org.springframework.ai.chat.prompt.Prompt",
                        "getOptions",
                        "()Lorg/springframework/ai/chat/prompt/ChatOptions;"),
                new Member("org.springframework.ai.chat.prompt.ChatOptions", "getModel", "()Ljava/lang/String;"),
                new Member(
                        "org.springframework.ai.chat.model.ChatResponse",
                        "getMetadata",
                        "()Lorg/springframework/ai/chat/metadata/ChatResponseMetadata;"),
                new Member(
                        "org.springframework.ai.chat.metadata.ChatResponseMetadata",
                        "getModel",
                        "()Ljava/lang/String;"),
                new Member(
                        "org.springframework.ai.chat.metadata.ChatResponseMetadata",
                        "getUsage",
                        "()Lorg/springframework/ai/chat/metadata/Usage;"),
                new Member(IMAGE_MODEL, "call", IMAGE_DESCRIPTOR),
                new Member("org.springframework.ai.image.ImageOptions", "getModel", "()Ljava/lang/String;"),
                new Member("org.springframework.ai.image.ImageOptions", "getN", "()Ljava/lang/Integer;"),
                new Member("org.springframework.ai.image.ImageOptions", "getWidth", "()Ljava/lang/Integer;"),
                new Member("org.springframework.ai.image.ImageOptions", "getHeight", "()Ljava/lang/Integer;"));
    }
}
