package io.inferwatt.agent.instrumentation.tribuo;

import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.instrumentation.NoInference;
import io.inferwatt.agent.instrumentation.WeakIdentityMap;
import io.inferwatt.core.call.ModelKey;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.tribuo.Dataset;
import org.tribuo.Model;

/** What the advice on Tribuo does: names models, begins and ends calls, leaves out training and evaluation. */
final class TribuoCalls {

    private static final String LIBRARY = "tribuo";
    private static final LibraryCalls CALLS = LibraryCalls.of(LIBRARY);
    private static final String CPU = "cpu";

    /** Models that run elsewhere than in Tribuo, perhaps on another device. */
    private static final String FOREIGN = "org.tribuo.interop.";

    private static final WeakIdentityMap<Model<?>, Integer> KEYS = new WeakIdentityMap<>();

    private TribuoCalls() {}

    static @Nullable Object start(Model<?> model, @Nullable Iterable<?> examples) {
        if (examples instanceof Dataset<?> data) {
            return start(model, data.size());
        }
        // Others may be read only once; the library refuses null itself.
        return start(model, examples instanceof Collection<?> list ? list.size() : 1);
    }

    static @Nullable Object start(Model<?> model, int examples) {
        if (NoInference.isOn()) {
            return null;
        }
        Integer key = KEYS.get(model);
        if (key == null) {
            key = key(model);
            KEYS.put(model, key);
        }
        return CALLS.start(key, examples);
    }

    private static int key(Model<?> model) {
        String name = model.getName();
        Class<?> kind = model.getClass();
        return CALLS.key(
                name == null || name.isBlank() ? kind.getSimpleName() : name,
                ModelKey.INFERENCE,
                LIBRARY,
                kind.getName().startsWith(FOREIGN) ? null : CPU);
    }

    static void finish(@Nullable Object call, @Nullable Throwable error) {
        CALLS.finish(call, error);
    }
}
