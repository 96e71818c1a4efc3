package io.inferwatt.agent.instrumentation.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDManager;
import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.instrumentation.WeakIdentityMap;
import io.inferwatt.core.call.ModelKey;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the advice on DJL does: names models once, begins and ends calls. */
final class DjlCalls {

    private static final LibraryCalls CALLS = LibraryCalls.of("djl");
    private static final WeakIdentityMap<Model, Integer> KEYS = new WeakIdentityMap<>();

    private DjlCalls() {}

    static Object start(Model model, @Nullable List<?> inputs) {
        Integer key = KEYS.get(model);
        if (key == null) {
            key = key(model);
            KEYS.put(model, key);
        }
        // The library refuses null itself; its error is the application's, not ours.
        return CALLS.start(key, inputs == null ? 1 : inputs.size());
    }

    private static int key(Model model) {
        String name = model.getName();
        NDManager manager = model.getNDManager();
        Device device = manager.getDevice();
        return CALLS.key(
                name == null || name.isBlank() ? LibraryCalls.UNNAMED : name,
                ModelKey.INFERENCE,
                manager.getEngine().getEngineName().toLowerCase(Locale.ROOT),
                device.getDeviceType());
    }

    static void finish(@Nullable Object call, @Nullable Throwable error) {
        CALLS.finish(call, error);
    }
}
