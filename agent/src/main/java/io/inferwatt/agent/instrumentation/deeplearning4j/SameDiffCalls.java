package io.inferwatt.agent.instrumentation.deeplearning4j;

import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.instrumentation.ModelNames;
import io.inferwatt.agent.instrumentation.NoInference;
import io.inferwatt.agent.instrumentation.WeakIdentityMap;
import java.io.File;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the advice on SameDiff does: names models once, begins and ends calls. */
final class SameDiffCalls {

    private static final LibraryCalls CALLS = LibraryCalls.of("samediff");
    private static final WeakIdentityMap<SameDiff, Integer> KEYS = new WeakIdentityMap<>();

    private SameDiffCalls() {}

    static void loaded(SameDiff model, File file) {
        KEYS.put(model, Nd4jEngine.key(CALLS, ModelNames.ofFile(file.getPath())));
    }

    /** @param purpose training, validation and evaluation pass here too, and those of a network say inference */
    static @Nullable Object start(
            SameDiff model, @Nullable Map<String, ? extends @Nullable INDArray> inputs, @Nullable At purpose) {
        if (purpose == null || purpose.operation() != Operation.INFERENCE || NoInference.isOn()) {
            return null;
        }
        Integer key = KEYS.get(model);
        if (key == null) {
            key = Nd4jEngine.key(CALLS, "SameDiff-" + model.getOps().size());
            KEYS.put(model, key);
        }
        return Nd4jEngine.start(CALLS, key, inputs == null ? null : first(inputs));
    }

    private static @Nullable INDArray first(Map<String, ? extends @Nullable INDArray> inputs) {
        for (INDArray first : inputs.values()) {
            return first;
        }
        return null;
    }

    static void finish(@Nullable Object call, @Nullable Throwable error) {
        Nd4jEngine.finish(CALLS, call, error);
    }
}
