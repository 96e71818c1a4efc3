package io.inferwatt.agent.instrumentation.ollama4j;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Member;
import java.util.List;

/** Where calls of models pass in ollama4j. Run with 1.1.6; tests check 1.1.2 as well; 1.1.0 has another API. */
public final class Ollama4jModule implements InstrumentationModule {

    static final String NAME = "ollama4j";

    private static final String FOLDER = "io.inferwatt.agent.instrumentation.ollama4j.";
    private static final String PACKAGE = "io.github.ollama4j.";
    private static final String CLIENT = PACKAGE + "Ollama";
    private static final String MODELS = PACKAGE + "models.";
    private static final String CHAT_CALLER = MODELS + "request.OllamaChatEndpointCaller";
    private static final String GENERATE_CALLER = MODELS + "request.OllamaGenerateEndpointCaller";
    private static final String READER = MODELS + "response.OllamaAsyncResultStreamer";
    private static final String CHAT_PIECE = MODELS + "chat.OllamaChatResponseModel";
    private static final String GENERATE_PIECE = MODELS + "generate.OllamaGenerateResponseModel";
    private static final String GENERATED = MODELS + "response.OllamaResult";
    private static final String TEXT = "()Ljava/lang/String;";
    private static final String COUNT = "()Ljava/lang/Integer;";

    @Override
    public String library() {
        return NAME;
    }

    @Override
    public List<Hook> hooks() {
        return List.of(
                Hook.on(
                        CLIENT,
                        "chat",
                        "(" + model("chat/OllamaChatRequest") + model("chat/OllamaChatTokenHandler") + ")"
                                + model("chat/OllamaChatResult"),
                        FOLDER + "AskAdvice"),
                Hook.on(
                        CLIENT,
                        "generate",
                        "(" + model("generate/OllamaGenerateRequest")
                                + model("generate/OllamaGenerateStreamObserver") + ")"
                                + model("response/OllamaResult"),
                        FOLDER + "AskAdvice"),
                Hook.on(
                        CLIENT,
                        "embed",
                        "(" + model("embed/OllamaEmbedRequest") + ")" + model("embed/OllamaEmbedResult"),
                        FOLDER + "EmbedAdvice"),
                // Its last parameter changed its type.
                Hook.onAll(CLIENT, "generateAsync", FOLDER + "GenerateAsyncAdvice"),
                Hook.onAll(READER, Hook.CONSTRUCTOR, FOLDER + "ReaderMadeAdvice"),
                Hook.on(READER, "run", "()V", FOLDER + "ReaderAdvice"),
                // The overload with a handler ends here.
                Hook.on(
                        CHAT_CALLER,
                        "callSync",
                        "(" + model("chat/OllamaChatRequest") + ")" + model("chat/OllamaChatResult"),
                        FOLDER + "RequestAdvice"),
                Hook.on(
                        GENERATE_CALLER,
                        "callSync",
                        "(Lio/github/ollama4j/utils/OllamaRequestBody;)" + model("response/OllamaResult"),
                        FOLDER + "RequestAdvice"),
                Hook.on(CHAT_PIECE, "isDone", "()Z", FOLDER + "PieceAdvice"),
                Hook.on(GENERATE_PIECE, "isDone", "()Z", FOLDER + "PieceAdvice"));
    }

    @Override
    public List<Member> requires() {
        return List.of(
                new Member(CLIENT, "host", "Ljava/lang/String;"),
                new Member(CHAT_CALLER, "getHost", TEXT),
                new Member(MODELS + "request.OllamaCommonRequest", "getModel", TEXT),
                new Member(MODELS + "request.OllamaCommonRequest", "isStream", "()Z"),
                new Member(
                        MODELS + "chat.OllamaChatResult",
                        "getResponseModel",
                        "()" + model("chat/OllamaChatResponseModel")),
                new Member(CHAT_PIECE, "getModel", TEXT),
                new Member(CHAT_PIECE, "getPromptEvalCount", COUNT),
                new Member(CHAT_PIECE, "getEvalCount", COUNT),
                new Member(GENERATE_PIECE, "getModel", TEXT),
                new Member(GENERATE_PIECE, "getPromptEvalCount", COUNT),
                new Member(GENERATE_PIECE, "getEvalCount", COUNT),
                new Member(GENERATED, "getModel", TEXT),
                new Member(GENERATED, "getPromptEvalCount", COUNT),
                new Member(GENERATED, "getEvalCount", COUNT),
                new Member(READER, "isSucceeded", "()Z"),
                new Member(READER, "getOllamaRequestModel", "()" + model("generate/OllamaGenerateRequest")),
                new Member(MODELS + "embed.OllamaEmbedRequest", "getModel", TEXT),
                new Member(MODELS + "embed.OllamaEmbedRequest", "getInput", "()Ljava/util/List;"),
                new Member(MODELS + "embed.OllamaEmbedResult", "getModel", TEXT),
                new Member(MODELS + "embed.OllamaEmbedResult", "getPromptEvalCount", "()I"));
    }

    private static String model(String name) {
        return "Lio/github/ollama4j/models/" + name + ";";
    }
}
