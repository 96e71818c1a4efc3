package io.inferwatt.agent.instrumentation.langchain4j;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Member;
import io.inferwatt.agent.instrumentation.Target;
import java.util.ArrayList;
import java.util.List;

/** Where calls of models pass in LangChain4j. Run with 1.19.0; tests check 1.0.0, 1.20.0 and 1.23.0 as well. */
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

    private static final String MODEL = "dev.langchain4j.model.";
    private static final String RESPONSE = "Ldev/langchain4j/model/output/Response;";
    private static final String IMAGE = "Ldev/langchain4j/data/image/Image;";
    private static final String FUTURE = "Ljava/util/concurrent/CompletableFuture;";
    private static final String CHAT_REQUEST = "Ldev/langchain4j/model/chat/request/ChatRequest;";
    private static final String CHAT_RESPONSE = "Ldev/langchain4j/model/chat/response/ChatResponse;";
    private static final String DO_CHAT_DESCRIPTOR = "(" + CHAT_REQUEST + ")" + CHAT_RESPONSE;
    private static final String DO_CHAT_LATER_DESCRIPTOR = "(" + CHAT_REQUEST + ")" + FUTURE;
    private static final String STREAM_CHAT_DESCRIPTOR =
            "(" + CHAT_REQUEST + "Ldev/langchain4j/model/chat/response/StreamingChatResponseHandler;)V";
    private static final String DO_EMBED_LATER_DESCRIPTOR =
            "(Ldev/langchain4j/model/embedding/request/EmbeddingRequest;)" + FUTURE;
    private static final String DO_MODERATE_DESCRIPTOR = "(Ldev/langchain4j/model/moderation/ModerationRequest;)"
            + "Ldev/langchain4j/model/moderation/ModerationResponse;";

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
        hooks.add(Hook.onSubtypes(models, "doEmbedAsync", DO_EMBED_LATER_DESCRIPTOR, FOLDER + "DoEmbedAsyncAdvice"));
        addChat(hooks);
        addOther(hooks);
        return hooks;
    }

    /** What all ways to call a chat model end in. Where the method is not overridden it only fails. */
    private static void addChat(List<Hook> hooks) {
        Target.Subtypes chats = subtypes("chat.ChatModel", "ChatModel");
        hooks.add(Hook.onSubtypes(chats, "doChat", DO_CHAT_DESCRIPTOR, FOLDER + "DoChatAdvice"));
        // Some override this one instead; where both are called they count once.
        hooks.add(Hook.onSubtypes(chats, "chat", DO_CHAT_DESCRIPTOR, FOLDER + "DoChatAdvice"));
        hooks.add(Hook.onSubtypes(chats, "doChatAsync", DO_CHAT_LATER_DESCRIPTOR, FOLDER + "DoChatAsyncAdvice"));
        Target.Subtypes streams = subtypes("chat.StreamingChatModel", "ChatModel");
        hooks.add(Hook.onSubtypes(streams, "doChat", STREAM_CHAT_DESCRIPTOR, FOLDER + "StreamChatAdvice"));
        hooks.add(Hook.onSubtypes(streams, "chat", STREAM_CHAT_DESCRIPTOR, FOLDER + "StreamChatAdvice"));
        // Since 1.8, as a class of the HTTP client's package.
        hooks.add(Hook.onSubtypes(
                new Target.Subtypes(MODEL + "chat.response.StreamingHandle", "dev.langchain4j.http.client.sse.", ""),
                "cancel",
                "()V",
                FOLDER + "CancelStreamAdvice"));
    }

    private static void addOther(List<Hook> hooks) {
        Target.Subtypes images = subtypes("image.ImageModel", "ImageModel");
        hooks.add(Hook.onSubtypes(images, "generate", "(Ljava/lang/String;)" + RESPONSE, FOLDER + "ImageAdvice"));
        hooks.add(Hook.onSubtypes(images, "generate", "(Ljava/lang/String;I)" + RESPONSE, FOLDER + "ImagesAdvice"));
        hooks.add(Hook.onSubtypes(
                images, "edit", "(" + IMAGE + "Ljava/lang/String;)" + RESPONSE, FOLDER + "ImageAdvice"));
        hooks.add(Hook.onSubtypes(
                images, "edit", "(" + IMAGE + IMAGE + "Ljava/lang/String;)" + RESPONSE, FOLDER + "ImageAdvice"));
        hooks.add(Hook.onSubtypes(
                subtypes("language.LanguageModel", "LanguageModel"),
                "generate",
                "(Ljava/lang/String;)" + RESPONSE,
                FOLDER + "TextAdvice"));
        hooks.add(Hook.onSubtypes(
                subtypes("language.StreamingLanguageModel", "LanguageModel"),
                "generate",
                "(Ljava/lang/String;Ldev/langchain4j/model/StreamingResponseHandler;)V",
                FOLDER + "StreamTextAdvice"));
        hooks.add(Hook.onSubtypes(
                subtypes("scoring.ScoringModel", "ScoringModel"),
                "scoreAll",
                "(Ljava/util/List;Ljava/lang/String;)" + RESPONSE,
                FOLDER + "ScoreAdvice"));
        Target.Subtypes moderations = subtypes("moderation.ModerationModel", "ModerationModel");
        hooks.add(Hook.onSubtypes(moderations, "doModerate", DO_MODERATE_DESCRIPTOR, FOLDER + "ModerateAdvice"));
        hooks.add(
                Hook.onSubtypes(moderations, "moderate", "(Ljava/lang/String;)" + RESPONSE, FOLDER + "ModerateAdvice"));
        hooks.add(Hook.onSubtypes(moderations, "moderate", "(Ljava/util/List;)" + RESPONSE, FOLDER + "ModerateAdvice"));
    }

    private static Target.Subtypes subtypes(String type, String suffix) {
        return new Target.Subtypes(MODEL + type, "dev.langchain4j.", suffix);
    }

    @Override
    public List<Member> requires() {
        return List.of(
                new Member(
                        "dev.langchain4j.model.output.Response",
                        "tokenUsage",
                        "()Ldev/langchain4j/model/output/TokenUsage;"),
                new Member("dev.langchain4j.model.output.TokenUsage", "inputTokenCount", "()Ljava/lang/Integer;"),
                new Member("dev.langchain4j.model.output.TokenUsage", "outputTokenCount", "()Ljava/lang/Integer;"),
                new Member(MODEL + "chat.ChatModel", "doChat", DO_CHAT_DESCRIPTOR),
                new Member(MODEL + "chat.ChatModel", "provider", "()Ldev/langchain4j/model/ModelProvider;"),
                new Member(MODEL + "chat.StreamingChatModel", "doChat", STREAM_CHAT_DESCRIPTOR),
                new Member(MODEL + "chat.request.ChatRequest", "modelName", "()Ljava/lang/String;"),
                new Member(MODEL + "chat.response.ChatResponse", "modelName", "()Ljava/lang/String;"),
                new Member(
                        MODEL + "chat.response.ChatResponse",
                        "metadata",
                        "()Ldev/langchain4j/model/chat/response/ChatResponseMetadata;"),
                new Member(
                        MODEL + "chat.response.ChatResponse",
                        "tokenUsage",
                        "()Ldev/langchain4j/model/output/TokenUsage;"),
                new Member(
                        MODEL + "chat.response.StreamingChatResponseHandler",
                        "onCompleteResponse",
                        "(" + CHAT_RESPONSE + ")V"),
                new Member(
                        MODEL + "chat.response.StreamingChatResponseHandler", "onError", "(Ljava/lang/Throwable;)V"));
    }
}
