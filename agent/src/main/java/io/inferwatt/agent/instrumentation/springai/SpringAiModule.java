package io.inferwatt.agent.instrumentation.springai;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Member;
import io.inferwatt.agent.instrumentation.Target;
import java.util.List;

/** Where embeddings pass in Spring AI. Run with 2.0.1; tests check 1.0.0 as well. */
public final class SpringAiModule implements InstrumentationModule {

    private static final String EMBEDDING = "org.springframework.ai.embedding.";
    private static final String EMBEDDING_MODEL = EMBEDDING + "EmbeddingModel";
    private static final String CALL_DESCRIPTOR = "(Lorg/springframework/ai/embedding/EmbeddingRequest;)"
            + "Lorg/springframework/ai/embedding/EmbeddingResponse;";

    @Override
    public String library() {
        return "spring-ai";
    }

    @Override
    public List<Hook> hooks() {
        Target.Subtypes models = new Target.Subtypes(EMBEDDING_MODEL, "org.springframework.ai.", "EmbeddingModel");
        return List.of(Hook.onSubtypes(
                models, "call", CALL_DESCRIPTOR, "io.inferwatt.agent.instrumentation.springai.EmbeddingCallAdvice"));
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
                new Member("org.springframework.ai.chat.metadata.Usage", "getPromptTokens", "()Ljava/lang/Integer;"));
    }
}
