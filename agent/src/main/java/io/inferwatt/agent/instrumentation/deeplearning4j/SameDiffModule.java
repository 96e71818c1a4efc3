package io.inferwatt.agent.instrumentation.deeplearning4j;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Member;
import java.util.ArrayList;
import java.util.List;

/** Where inference passes in SameDiff. Run with 1.0.0-M2.1; tests check 1.0.0-beta7 as well. */
public final class SameDiffModule implements InstrumentationModule {

    private static final String FOLDER = "io.inferwatt.agent.instrumentation.deeplearning4j.";
    private static final String SAME_DIFF = "org.nd4j.autodiff.samediff.SameDiff";
    private static final String AT = "org.nd4j.autodiff.listeners.At";
    private static final String OPERATION = "org.nd4j.autodiff.listeners.Operation";
    private static final String REST = "Lorg/nd4j/autodiff/listeners/At;Lorg/nd4j/linalg/dataset/api/MultiDataSet;"
            + "Ljava/util/Collection;Ljava/util/List;[Ljava/lang/String;)";

    @Override
    public String library() {
        return "samediff";
    }

    @Override
    public List<Hook> hooks() {
        List<Hook> hooks = new ArrayList<>(NetworkLearning.hooks(FOLDER + "SameDiffLearningAdvice"));
        hooks.addAll(List.of(
                Hook.onOptional(
                        SAME_DIFF,
                        "directExecHelper",
                        "(Ljava/util/Map;Ljava/util/Map;" + REST
                                + "Lorg/nd4j/autodiff/samediff/config/ExecutionResult;",
                        FOLDER + "SameDiffAdvice"),
                // Until 1.0.0-M2.
                Hook.onOptional(
                        SAME_DIFF,
                        "directExecHelper",
                        "(Ljava/util/Map;" + REST + "Ljava/util/Map;",
                        FOLDER + "SameDiffUntilM2Advice"),
                Hook.on(
                        SAME_DIFF,
                        "fromFlatFile",
                        "(Ljava/io/File;Z)Lorg/nd4j/autodiff/samediff/SameDiff;",
                        FOLDER + "SameDiffFileAdvice"),
                Hook.on("org.nd4j.linalg.factory.Nd4j", "initContext", "()V", FOLDER + "SameDiffBackendAdvice")));
        return hooks;
    }

    @Override
    public List<Member> requires() {
        return List.of(
                new Member(SAME_DIFF, "getOps", "()Ljava/util/Map;"),
                new Member(AT, "operation", "()L" + OPERATION.replace('.', '/') + ";"),
                new Member(OPERATION, "INFERENCE", "L" + OPERATION.replace('.', '/') + ";"),
                new Member("org.nd4j.linalg.api.ndarray.INDArray", "rank", "()I"),
                new Member("org.nd4j.linalg.api.ndarray.INDArray", "size", "(I)J"),
                new Member("org.nd4j.linalg.factory.Nd4j", "getBackend", "()Lorg/nd4j/linalg/factory/Nd4jBackend;"));
    }
}
