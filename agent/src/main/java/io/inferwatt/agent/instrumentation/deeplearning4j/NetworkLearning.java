package io.inferwatt.agent.instrumentation.deeplearning4j;

import io.inferwatt.agent.instrumentation.Hook;
import java.util.ArrayList;
import java.util.List;

/** Where networks train, score and evaluate. On the way they call themselves, and SameDiff if they have layers of it. */
final class NetworkLearning {

    static final String LAYERS = "org.deeplearning4j.nn.multilayer.MultiLayerNetwork";
    static final String GRAPH = "org.deeplearning4j.nn.graph.ComputationGraph";

    private static final List<String> METHODS = List.of(
            "fit",
            "pretrain",
            "pretrainLayer",
            "computeGradientAndScore",
            "score",
            "scoreExamples",
            "f1Score",
            "doEvaluationHelper");

    private NetworkLearning() {}

    /** Returns hooks that need not be there: SameDiff is used without networks as well. */
    static List<Hook> hooks(String advice) {
        List<Hook> hooks = new ArrayList<>();
        for (String method : METHODS) {
            hooks.add(Hook.onAll(LAYERS, method, advice));
            hooks.add(Hook.onAll(GRAPH, method, advice));
        }
        return hooks;
    }
}
