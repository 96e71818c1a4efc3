package io.inferwatt.agent.instrumentation.langchain4j;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Member;
import io.inferwatt.agent.instrumentation.Target;
import java.util.ArrayList;
import java.util.List;

/** Where embeddings pass in LangChain4j. Run with 1.19.0; tests check 1.0.0, 1.20.0 and 1.23.0 as well. */
public final class LangChain4jModule implements InstrumentationModule {

    /** Superclass of the models that run in the process; lies in a jar that need not be there. */
    static final String IN_PROCESS_MODEL = "dev.langchain4j.model.embedding.onnx.AbstractInProcessEmbeddingModel";

    /** The bodies that javac made of {@code parallelizeEmbedding}; which is which differs by version, only their types tell. */
    static final List<String> LAMBDAS = List.of("lambda$parallelizeEmbedding$0", "lambda$parallelizeEmbedding$1");

    static final String WORK_RESULT = "dev.langchain4j.model.embedding.onnx.OnnxBertBiEncoder$EmbeddingAndTokenCount";
    static final String SUBMIT_DESCRIPTOR =
            "(Ldev/langchain4j/data/segment/TextSegment;)Ljava/util/concurrent/CompletableFuture;";
    static final String WORK_DESCRIPTOR =
            "(Ldev/langchain4j/data/segment/TextSegment;)L" + WORK_RESULT.replace('.', '/') + ";";

    private static final String FOLDER = "io.inferwatt.agent.instrumentation.langchain4j.";
    private static final String EMBEDDING_MODEL = "dev.langchain4j.model.embedding.EmbeddingModel";
    private static final String EMBED_ALL = "embedAll";
    private static final String EMBED_ALL_DESCRIPTOR = "(Ljava/util/List;)Ldev/langchain4j/model/output/Response;";
    private static final String DO_EMBED = "doEmbed";
    private static final String DO_EMBED_DESCRIPTOR = "(Ldev/langchain4j/model/embedding/request/EmbeddingRequest;)"
            + "Ldev/langchain4j/model/embedding/response/EmbeddingResponse;";

    @Override
    public String library() {
        return "langchain4j";
    }

    @Override
    public List<Hook> hooks() {
        Target.Subtypes models = new Target.Subtypes(EMBEDDING_MODEL, "dev.langchain4j.", "EmbeddingModel");
        List<Hook> hooks = new ArrayList<>();
        hooks.add(Hook.on(EMBEDDING_MODEL, EMBED_ALL, EMBED_ALL_DESCRIPTOR, FOLDER + "EmbedAllAdvice"));
        hooks.add(Hook.onSubtypes(models, EMBED_ALL, EMBED_ALL_DESCRIPTOR, FOLDER + "EmbedAllAdvice"));
        // Since 1.18; before, everything ended in embedAll.
        hooks.add(Hook.onOptional(EMBEDDING_MODEL, DO_EMBED, DO_EMBED_DESCRIPTOR, FOLDER + "DoEmbedAdvice"));
        hooks.add(Hook.onSubtypes(models, DO_EMBED, DO_EMBED_DESCRIPTOR, FOLDER + "DoEmbedAdvice"));
        hooks.add(Hook.onAll(IN_PROCESS_MODEL, "loadFromJar", FOLDER + "LoadAdvice"));
        hooks.add(Hook.onAll(IN_PROCESS_MODEL, "loadFromFileSystem", FOLDER + "LoadAdvice"));
        for (String lambda : LAMBDAS) {
            hooks.add(Hook.onOptional(IN_PROCESS_MODEL, lambda, SUBMIT_DESCRIPTOR, FOLDER + "SubmitAdvice"));
            hooks.add(Hook.onOptional(IN_PROCESS_MODEL, lambda, WORK_DESCRIPTOR, FOLDER + "WorkAdvice"));
        }
        return hooks;
    }

    @Override
    public List<Member> requires() {
        return List.of(
                new Member(
                        "dev.langchain4j.model.output.Response",
                        "tokenUsage",
                        "()Ldev/langchain4j/model/output/TokenUsage;"),
                new Member("dev.langchain4j.model.output.TokenUsage", "inputTokenCount", "()Ljava/lang/Integer;"));
    }
}
