package io.inferwatt.agent.instrumentation.onnxruntime;

import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEpDevice;
import ai.onnxruntime.OrtSession;
import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.instrumentation.ModelNames;
import io.inferwatt.agent.instrumentation.WeakIdentityMap;
import io.inferwatt.core.call.EnginePool;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.TokenUsage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the advice on ONNX Runtime does: remembers sessions and options, begins and ends calls. */
final class OnnxRuntimeCalls {

    private static final LibraryCalls CALLS = LibraryCalls.of("onnxruntime");
    private static final String RUNTIME = "onnxruntime";
    private static final String CPU = "cpu";
    private static final String TOKEN_IDS = "input_ids";
    private static final String PROVIDER_METHOD = "add";
    private static final String PROVIDER_SUFFIX = "ExecutionProvider";

    private static final WeakIdentityMap<OrtSession, OrtModel> MODELS = new WeakIdentityMap<>();
    private static final WeakIdentityMap<OrtSession.SessionOptions, String> DEVICES = new WeakIdentityMap<>();

    private OnnxRuntimeCalls() {}

    static Object beforeSession() {
        return CALLS.beforeEngine();
    }

    /** @param model a path, or the bytes of the model */
    static void opened(
            @Nullable Object before, OrtSession session, Object model, OrtSession.@Nullable SessionOptions options) {
        EnginePool pool = CALLS.engineStarted(before);
        String device = options == null ? null : DEVICES.get(options);
        MODELS.put(session, model(ModelNames.of(model), device == null ? CPU : device, pool));
    }

    private static OrtModel model(String name, @Nullable String device, @Nullable EnginePool pool) {
        return new OrtModel(CALLS.key(name, ModelKey.INFERENCE, RUNTIME, device), pool);
    }

    static void providerAdded(OrtSession.SessionOptions options, String method) {
        deviceChosen(options, method.substring(PROVIDER_METHOD.length()));
    }

    /** @param devices of the library's type, which older versions do not have */
    static void devicesAdded(OrtSession.SessionOptions options, List<?> devices) {
        String provider = ((OrtEpDevice) devices.get(0)).getEpName();
        deviceChosen(
                options,
                provider.endsWith(PROVIDER_SUFFIX)
                        ? provider.substring(0, provider.length() - PROVIDER_SUFFIX.length())
                        : provider);
    }

    /** The provider added first is asked first, so it is the device; the others take what it cannot compute. */
    private static void deviceChosen(OrtSession.SessionOptions options, String name) {
        if (DEVICES.get(options) == null) {
            DEVICES.put(options, name.toLowerCase(Locale.ROOT));
        }
    }

    /** Tokens are counted with their padding, which is computed as well; the mask could only be copied out of the library. */
    static Object start(OrtSession session, @Nullable Map<String, ? extends @Nullable OnnxTensorLike> inputs) {
        OrtModel model = MODELS.get(session);
        if (model == null) {
            model = model(LibraryCalls.UNNAMED, null, null);
            MODELS.put(session, model);
        }
        // What the library refuses, such as null, it refuses itself: the error is the application's, not ours.
        OnnxTensorLike tokenIds = inputs == null ? null : inputs.get(TOKEN_IDS);
        if (tokenIds != null) {
            long[] shape = tokenIds.getInfo().getShape();
            return CALLS.start(model.key(), rows(shape), elements(shape), model.pool());
        }
        return CALLS.start(model.key(), inputs == null ? 1 : rowsOfFirst(inputs), TokenUsage.UNKNOWN, model.pool());
    }

    private static long rowsOfFirst(Map<String, ? extends @Nullable OnnxTensorLike> inputs) {
        for (OnnxTensorLike first : inputs.values()) {
            return first == null ? 1 : rows(first.getInfo().getShape());
        }
        return 1;
    }

    private static long rows(long[] shape) {
        return shape.length == 0 ? 1 : shape[0];
    }

    private static long elements(long[] shape) {
        long elements = 1;
        for (long size : shape) {
            elements *= size;
        }
        return elements;
    }

    static void finish(@Nullable Object call, @Nullable Throwable error) {
        CALLS.finish(call, error);
    }

    /** Remembers the model nevertheless: calls that come too late should be seen as its own. */
    static void closed(OrtSession session) {
        OrtModel model = MODELS.get(session);
        if (model != null && model.pool() != null) {
            model.pool().close();
        }
    }
}
