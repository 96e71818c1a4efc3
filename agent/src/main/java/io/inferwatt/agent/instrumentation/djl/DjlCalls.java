package io.inferwatt.agent.instrumentation.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.instrumentation.WeakIdentityMap;
import io.inferwatt.core.call.ModelKey;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the advice on DJL does: names models once, begins and ends calls. */
final class DjlCalls {

    static final LibraryCalls CALLS = LibraryCalls.of("djl");

    private static final WeakIdentityMap<Model, Integer> KEYS = new WeakIdentityMap<>();

    /** The streamed prediction whose method this thread is in. */
    private static final ThreadLocal<DjlStream> STREAM = new ThreadLocal<>();

    private DjlCalls() {}

    static Object start(Model model, @Nullable List<?> inputs) {
        // The library refuses null itself; its error is the application's, not ours.
        return CALLS.start(key(model), inputs == null ? 1 : inputs.size());
    }

    private static int key(Model model) {
        Integer key = KEYS.get(model);
        if (key == null) {
            key = newKey(model);
            KEYS.put(model, key);
        }
        return key;
    }

    private static int newKey(Model model) {
        String name = model.getName();
        NDManager manager = model.getNDManager();
        // What hands its inputs to a server has none, and only names the processor as its device.
        Engine engine = manager == null ? null : manager.getEngine();
        Device device = engine == null ? null : manager.getDevice();
        return CALLS.key(
                name == null || name.isBlank() ? LibraryCalls.UNNAMED : name,
                ModelKey.INFERENCE,
                engine == null ? null : engine.getEngineName().toLowerCase(Locale.ROOT),
                device == null ? null : device.getDeviceType());
    }

    static void finish(@Nullable Object call, @Nullable Throwable error) {
        CALLS.finish(call, error);
    }

    static Object startStream(Model model) {
        int key = key(model);
        DjlStream stream = STREAM.get();
        if (stream == null) {
            STREAM.set(new DjlStream());
        } else {
            stream.enter();
        }
        return CALLS.start(key, 1);
    }

    /** Outputs that nobody asked the predictor for are no prediction, but a part of training or of another one. */
    static <T> Stream<T> watched(Stream<T> outputs) {
        DjlStream stream = STREAM.get();
        if (stream == null) {
            return outputs;
        }
        stream.watch();
        return WatchedOutputs.of(outputs, stream);
    }

    static void streamReturned(@Nullable Object call, @Nullable Throwable error) {
        DjlStream stream = STREAM.get();
        if (stream == null || !stream.leave()) {
            CALLS.finish(call, error);
            return;
        }
        STREAM.remove();
        if (error == null && stream.isWatched()) {
            stream.goOn(CALLS.detach(call));
        } else {
            CALLS.finish(call, error);
        }
    }
}
