package io.inferwatt.agent.instrumentation.bedrock;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Member;
import java.util.List;

/** Where calls of models pass in the clients of Amazon Bedrock. Run with 2.54.14; tests check 2.30.0 and 2.57.8 as well. */
public final class BedrockModule implements InstrumentationModule {

    static final String NAME = "aws-bedrock";

    private static final String FOLDER = "io.inferwatt.agent.instrumentation.bedrock.";
    private static final String SDK = "software.amazon.awssdk.";
    private static final String PACKAGE = SDK + "services.bedrockruntime.";
    private static final String MODEL = PACKAGE + "model.";
    private static final String CLIENT = PACKAGE + "DefaultBedrockRuntimeClient";
    private static final String ASYNC_CLIENT = PACKAGE + "DefaultBedrockRuntimeAsyncClient";
    private static final String FUTURE = "Ljava/util/concurrent/CompletableFuture;";
    private static final String TEXT = "()Ljava/lang/String;";
    private static final String COUNT = "()Ljava/lang/Integer;";
    private static final String BYTES = "()Lsoftware/amazon/awssdk/core/SdkBytes;";

    @Override
    public String library() {
        return NAME;
    }

    @Override
    public List<Hook> hooks() {
        return List.of(
                Hook.on(
                        CLIENT,
                        "converse",
                        "(" + model("ConverseRequest") + ")" + model("ConverseResponse"),
                        FOLDER + "ConverseAdvice"),
                Hook.on(
                        CLIENT,
                        "invokeModel",
                        "(" + model("InvokeModelRequest") + ")" + model("InvokeModelResponse"),
                        FOLDER + "InvokeAdvice"),
                Hook.on(
                        ASYNC_CLIENT,
                        "converse",
                        "(" + model("ConverseRequest") + ")" + FUTURE,
                        FOLDER + "ConverseAsyncAdvice"),
                Hook.on(
                        ASYNC_CLIENT,
                        "invokeModel",
                        "(" + model("InvokeModelRequest") + ")" + FUTURE,
                        FOLDER + "InvokeAsyncAdvice"),
                Hook.on(
                        ASYNC_CLIENT,
                        "converseStream",
                        "(" + model("ConverseStreamRequest") + model("ConverseStreamResponseHandler") + ")" + FUTURE,
                        FOLDER + "ConverseStreamAdvice"),
                Hook.on(
                        ASYNC_CLIENT,
                        "invokeModelWithResponseStream",
                        "(" + model("InvokeModelWithResponseStreamRequest")
                                + model("InvokeModelWithResponseStreamResponseHandler") + ")" + FUTURE,
                        FOLDER + "InvokeStreamAdvice"),
                Hook.onOptional(
                        ASYNC_CLIENT,
                        "invokeModelWithBidirectionalStream",
                        "(" + model("InvokeModelWithBidirectionalStreamRequest")
                                + "Lorg/reactivestreams/Publisher;"
                                + model("InvokeModelWithBidirectionalStreamResponseHandler") + ")" + FUTURE,
                        FOLDER + "BothWaysAdvice"));
    }

    @Override
    public List<Member> requires() {
        return List.of(
                new Member(MODEL + "ConverseRequest", "modelId", TEXT),
                new Member(MODEL + "ConverseStreamRequest", "modelId", TEXT),
                new Member(MODEL + "InvokeModelRequest", "modelId", TEXT),
                new Member(MODEL + "InvokeModelRequest", "body", BYTES),
                new Member(MODEL + "InvokeModelWithResponseStreamRequest", "modelId", TEXT),
                new Member(MODEL + "InvokeModelWithResponseStreamRequest", "body", BYTES),
                new Member(MODEL + "ConverseResponse", "usage", "()" + model("TokenUsage")),
                new Member(MODEL + "ConverseResponse", "trace", "()" + model("ConverseTrace")),
                new Member(MODEL + "ConverseTrace", "promptRouter", "()" + model("PromptRouterTrace")),
                new Member(MODEL + "ConverseStreamMetadataEvent", "usage", "()" + model("TokenUsage")),
                new Member(MODEL + "ConverseStreamMetadataEvent", "trace", "()" + model("ConverseStreamTrace")),
                new Member(MODEL + "ConverseStreamTrace", "promptRouter", "()" + model("PromptRouterTrace")),
                new Member(MODEL + "PromptRouterTrace", "invokedModelId", TEXT),
                new Member(MODEL + "TokenUsage", "inputTokens", COUNT),
                new Member(MODEL + "TokenUsage", "outputTokens", COUNT),
                new Member(MODEL + "TokenUsage", "totalTokens", COUNT),
                new Member(
                        MODEL + "TokenUsage",
                        "getValueForField",
                        "(Ljava/lang/String;Ljava/lang/Class;)Ljava/util/Optional;"),
                new Member(MODEL + "PayloadPart", "bytes", BYTES),
                new Member(SDK + "core.SdkBytes", "asByteArrayUnsafe", "()[B"),
                new Member(
                        SDK + "core.SdkResponse", "sdkHttpResponse", "()Lsoftware/amazon/awssdk/http/SdkHttpResponse;"),
                new Member(
                        SDK + "http.SdkHttpResponse",
                        "firstMatchingHeader",
                        "(Ljava/lang/String;)Ljava/util/Optional;"));
    }

    private static String model(String name) {
        return "Lsoftware/amazon/awssdk/services/bedrockruntime/model/" + name + ";";
    }
}
