package io.inferwatt.agent.instrumentation.catboost;

import ai.catboost.CatBoostModel;
import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.instrumentation.ModelNames;
import io.inferwatt.agent.instrumentation.WeakIdentityMap;
import io.inferwatt.core.call.ModelKey;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** What the advice on CatBoost does: names models, begins and ends calls. */
final class CatBoostCalls {

    private static final String LIBRARY = "catboost";
    private static final LibraryCalls CALLS = LibraryCalls.of(LIBRARY);

    /** The library for applying models from Java computes on the calling thread. */
    private static final String CPU = "cpu";

    private static final WeakIdentityMap<CatBoostModel, Integer> KEYS = new WeakIdentityMap<>();

    private CatBoostCalls() {}

    /** What the library refuses, such as no features at all, it refuses itself. */
    static Object start(CatBoostModel model, float @Nullable [] @Nullable [] numeric, Object @Nullable [] categoric) {
        return start(model, numeric != null ? numeric.length : categoric != null ? categoric.length : 1);
    }

    static Object start(CatBoostModel model, int rows) {
        Integer key = KEYS.get(model);
        return CALLS.start(key == null ? remember(model, nameOfFeatures(model)) : key, rows);
    }

    private static String nameOfFeatures(CatBoostModel model) {
        return LIBRARY + "-" + model.getFeatureNames().length + "f";
    }

    private static int remember(CatBoostModel model, String name) {
        int key = CALLS.key(name, ModelKey.INFERENCE, LIBRARY, CPU);
        KEYS.put(model, key);
        return key;
    }

    /** @param source a path, bytes or a stream */
    static void loaded(Object source, CatBoostModel model) {
        // A stream may have been read through the method for bytes, which can tell more.
        if (!(source instanceof InputStream)) {
            remember(model, ModelNames.of(source));
        }
    }

    static void finish(@Nullable Object call, @Nullable Throwable error) {
        CALLS.finish(call, error);
    }
}
