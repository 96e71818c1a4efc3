package io.inferwatt.agent.instrumentation.djl;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Member;
import io.inferwatt.agent.instrumentation.Target;
import java.util.List;

/** Where inference passes in DJL. Run with 0.38.0; tests check 0.28.0 as well. */
public final class DjlModule implements InstrumentationModule {

    private static final String PREDICTOR = "ai.djl.inference.Predictor";
    private static final String FOLDER = "io.inferwatt.agent.instrumentation.djl.";
    private static final String ADVICE = FOLDER + "PredictorAdvice";
    private static final String STREAM_ADVICE = FOLDER + "StreamAdvice";
    private static final String TO_STREAM =
            "(Ljava/lang/Object;)Lai/djl/inference/streaming/StreamingTranslator$StreamOutput;";
    private static final String LIST_TO_LIST = "(Ljava/util/List;)Ljava/util/List;";

    @Override
    public String library() {
        return "djl";
    }

    @Override
    public List<Hook> hooks() {
        Target.Subtypes predictors = new Target.Subtypes(PREDICTOR, "ai.djl.", "Predictor");
        return List.of(
                Hook.on(PREDICTOR, "batchPredict", LIST_TO_LIST, ADVICE),
                Hook.onSubtypes(predictors, "batchPredict", LIST_TO_LIST, ADVICE),
                Hook.on(PREDICTOR, "streamingPredict", TO_STREAM, STREAM_ADVICE),
                Hook.onSubtypes(predictors, "streamingPredict", TO_STREAM, STREAM_ADVICE),
                // The overload without the last parameter ends here.
                Hook.on(
                        "ai.djl.inference.streaming.StreamingBlock",
                        "forwardStream",
                        "(Lai/djl/training/ParameterStore;Lai/djl/ndarray/NDList;ZLai/djl/util/PairList;)"
                                + "Ljava/util/stream/Stream;",
                        FOLDER + "ForwardStreamAdvice"));
    }

    @Override
    public List<Member> requires() {
        return List.of(
                new Member(PREDICTOR, "model", "Lai/djl/Model;"),
                new Member("ai.djl.Model", "getName", "()Ljava/lang/String;"),
                new Member("ai.djl.Model", "getNDManager", "()Lai/djl/ndarray/NDManager;"),
                new Member("ai.djl.ndarray.NDManager", "getEngine", "()Lai/djl/engine/Engine;"),
                new Member("ai.djl.ndarray.NDManager", "getDevice", "()Lai/djl/Device;"),
                new Member("ai.djl.engine.Engine", "getEngineName", "()Ljava/lang/String;"),
                new Member("ai.djl.Device", "getDeviceType", "()Ljava/lang/String;"));
    }
}
