package io.inferwatt.agent.instrumentation.deeplearning4j;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Member;
import java.util.ArrayList;
import java.util.List;

/** Where inference passes in the networks of Deeplearning4j. Run with 1.0.0-M2.1; tests check 1.0.0-beta7 as well. */
public final class DeepLearning4jModule implements InstrumentationModule {

    private static final String FOLDER = "io.inferwatt.agent.instrumentation.deeplearning4j.";
    private static final String LAYERS = NetworkLearning.LAYERS;
    private static final String GRAPH = NetworkLearning.GRAPH;
    private static final String SERIALIZER = "org.deeplearning4j.util.ModelSerializer";
    private static final String ARRAY = "Lorg/nd4j/linalg/api/ndarray/INDArray;";
    private static final String ARRAYS = "[" + ARRAY;
    private static final String WORKSPACE = "Lorg/nd4j/linalg/api/memory/MemoryWorkspace;";
    private static final String PAIR = "Lorg/nd4j/common/primitives/Pair;";

    @Override
    public String library() {
        return "deeplearning4j";
    }

    /** Not the protected methods below those hooked: training and scoring pass there too. */
    @Override
    public List<Hook> hooks() {
        List<Hook> hooks = new ArrayList<>(NetworkLearning.hooks(advice("NetworkLearning")));
        hooks.addAll(List.of(
                Hook.on(
                        LAYERS,
                        "output",
                        "(" + ARRAY + "Z" + ARRAY + ARRAY + WORKSPACE + ")" + ARRAY,
                        advice("Layers")),
                Hook.on(LAYERS, "rnnTimeStep", "(" + ARRAY + WORKSPACE + ")" + ARRAY, advice("Layers")),
                Hook.on(
                        GRAPH,
                        "output",
                        "(Z" + ARRAYS + ARRAYS + ARRAYS + WORKSPACE + ")" + ARRAYS,
                        advice("GraphSecond")),
                Hook.on(GRAPH, "output", "(ZZ" + ARRAYS + ")" + ARRAYS, advice("GraphThird")),
                Hook.on(GRAPH, "output", "(Ljava/util/List;Z" + ARRAYS + ARRAYS + ")" + ARRAYS, advice("GraphThird")),
                Hook.on(GRAPH, "rnnTimeStepHelper", "(" + WORKSPACE + ARRAYS + ")" + ARRAYS, advice("GraphSecond")),
                Hook.on(LAYERS, "init", "(" + ARRAY + "Z)V", advice("Init")),
                Hook.on(GRAPH, "init", "(" + ARRAY + "Z)V", advice("Init")),
                Hook.on(SERIALIZER, "restoreMultiLayerNetwork", restored(LAYERS), advice("Restore")),
                Hook.on(SERIALIZER, "restoreComputationGraph", restored(GRAPH), advice("Restore")),
                Hook.on(
                        SERIALIZER,
                        "restoreMultiLayerNetworkAndNormalizer",
                        "(Ljava/io/File;Z)" + PAIR,
                        advice("Restore")),
                Hook.on(
                        SERIALIZER,
                        "restoreComputationGraphAndNormalizer",
                        "(Ljava/io/File;Z)" + PAIR,
                        advice("Restore")),
                Hook.on("org.nd4j.linalg.factory.Nd4j", "initContext", "()V", advice("NetworkBackend"))));
        return hooks;
    }

    private static String advice(String name) {
        return FOLDER + name + "Advice";
    }

    private static String restored(String network) {
        return "(Ljava/io/File;Z)L" + network.replace('.', '/') + ";";
    }

    @Override
    public List<Member> requires() {
        return List.of(
                new Member("org.deeplearning4j.nn.api.Model", "params", "()" + ARRAY),
                new Member("org.nd4j.linalg.api.ndarray.INDArray", "length", "()J"),
                new Member("org.nd4j.linalg.api.ndarray.INDArray", "rank", "()I"),
                new Member("org.nd4j.linalg.api.ndarray.INDArray", "size", "(I)J"),
                new Member("org.nd4j.linalg.factory.Nd4j", "getBackend", "()Lorg/nd4j/linalg/factory/Nd4jBackend;"),
                new Member("org.nd4j.common.primitives.Pair", "getFirst", "()Ljava/lang/Object;"));
    }
}
