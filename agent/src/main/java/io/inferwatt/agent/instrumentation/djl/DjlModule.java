package io.inferwatt.agent.instrumentation.djl;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Member;
import io.inferwatt.agent.instrumentation.Target;
import java.util.List;

/** Where inference passes in DJL. Checked with 0.38.0. */
public final class DjlModule implements InstrumentationModule {

    private static final String PREDICTOR = "ai.djl.inference.Predictor";
    private static final String ADVICE = "io.inferwatt.agent.instrumentation.djl.PredictorAdvice";
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
                Hook.onSubtypes(predictors, "batchPredict", LIST_TO_LIST, ADVICE));
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
