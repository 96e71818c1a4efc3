package io.inferwatt.agent.instrumentation.deeplearning4j;

import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.instrumentation.OpenMpThreads;
import io.inferwatt.agent.instrumentation.SharedThreads;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.ModelKey;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;

/**
 * ND4J, which computes for networks and SameDiff alike: on threads that all callers share (OpenBLAS), started with the
 * engine, and on threads for each caller (OpenMP).
 */
final class Nd4jEngine {

    private static final LibraryCalls CALLS = LibraryCalls.of("nd4j");
    private static final SharedThreads SHARED = new SharedThreads();

    private Nd4jEngine() {}

    static Object beforeLoad() {
        return CALLS.beforeEngine();
    }

    static void loaded(@Nullable Object before) {
        SHARED.add(CALLS.engineStarted(before));
    }

    /** Large arrays of random weights are filled by the threads of the caller. */
    static @Nullable Object beforeInit() {
        return OpenMpThreads.beforeOtherWork(CALLS);
    }

    static void initialised(@Nullable Object before) {
        OpenMpThreads.afterOtherWork(before);
    }

    static int key(LibraryCalls calls, String model) {
        return calls.key(model, ModelKey.INFERENCE, "nd4j", device());
    }

    /** Of all arrays, since there is one backend. */
    private static @Nullable String device() {
        Nd4jBackend backend = Nd4j.getBackend();
        String name = backend == null ? "" : backend.getClass().getSimpleName();
        return switch (name) {
            case "CpuBackend" -> "cpu";
            case "JCublasBackend" -> "cuda";
            default -> null;
        };
    }

    static InferenceCall start(LibraryCalls calls, int key, @Nullable INDArray input) {
        InferenceCall call = OpenMpThreads.start(calls, key, rows(input));
        SHARED.usedBy(call);
        return call;
    }

    private static long rows(@Nullable INDArray input) {
        return input == null || input.rank() == 0 ? 1 : input.size(0);
    }

    static void finish(LibraryCalls calls, @Nullable Object call, @Nullable Throwable error) {
        OpenMpThreads.finish(calls, call, error);
    }
}
