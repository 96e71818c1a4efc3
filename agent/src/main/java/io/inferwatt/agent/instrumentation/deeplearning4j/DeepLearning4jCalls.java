package io.inferwatt.agent.instrumentation.deeplearning4j;

import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.instrumentation.ModelNames;
import io.inferwatt.agent.instrumentation.NoInference;
import io.inferwatt.agent.instrumentation.WeakIdentityMap;
import java.io.File;
import org.deeplearning4j.nn.api.Model;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the advice on Deeplearning4j does: names networks once, begins and ends calls, leaves out training and evaluation. */
final class DeepLearning4jCalls {

    private static final LibraryCalls CALLS = LibraryCalls.of("deeplearning4j");
    private static final WeakIdentityMap<Model, Integer> KEYS = new WeakIdentityMap<>();

    private DeepLearning4jCalls() {}

    static void restored(Object restored, File file) {
        Object network = restored instanceof Pair<?, ?> pair ? pair.getFirst() : restored;
        if (network instanceof Model model) {
            KEYS.put(model, Nd4jEngine.key(CALLS, ModelNames.ofFile(file.getPath())));
        }
    }

    static @Nullable Object start(Model network, @Nullable INDArray @Nullable [] inputs) {
        return start(network, inputs == null || inputs.length == 0 ? null : inputs[0]);
    }

    static @Nullable Object start(Model network, @Nullable INDArray input) {
        if (NoInference.isOn()) {
            return null;
        }
        Integer key = KEYS.get(network);
        return Nd4jEngine.start(CALLS, key == null ? key(network) : key, input);
    }

    private static int key(Model network) {
        String kind = network.getClass().getSimpleName();
        INDArray parameters = network.params();
        if (parameters == null) {
            return Nd4jEngine.key(CALLS, kind); // not initialised, which the library refuses
        }
        int key = Nd4jEngine.key(CALLS, kind + "-" + parameters.length());
        KEYS.put(network, key);
        return key;
    }

    static void finish(@Nullable Object call, @Nullable Throwable error) {
        Nd4jEngine.finish(CALLS, call, error);
    }
}
