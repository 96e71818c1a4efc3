package io.inferwatt.agent.instrumentation.h2o;

import hex.genmodel.GenModel;
import hex.genmodel.MojoModel;
import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.instrumentation.ModelNames;
import io.inferwatt.agent.instrumentation.WeakIdentityMap;
import io.inferwatt.core.call.ModelKey;
import org.jspecify.annotations.Nullable;

/** What the advice on models exported from H2O does: names models, begins and ends calls. */
final class H2oCalls {

    private static final String LIBRARY = "h2o";
    private static final LibraryCalls CALLS = LibraryCalls.of(LIBRARY);

    /** All models are computed in Java. */
    private static final String CPU = "cpu";

    private static final WeakIdentityMap<GenModel, Integer> KEYS = new WeakIdentityMap<>();

    private H2oCalls() {}

    static Object start(GenModel model) {
        Integer key = KEYS.get(model);
        return CALLS.start(key == null ? remember(model, name(model)) : key, 1);
    }

    /** A POJO is a class generated for the one model; a MOJO that no file names is found again by its number. */
    private static String name(GenModel model) {
        return model instanceof MojoModel mojo
                ? mojo._algoName + "-" + mojo.getUUID()
                : model.getClass().getSimpleName();
    }

    private static int remember(GenModel model, String name) {
        int key = CALLS.key(name, ModelKey.INFERENCE, LIBRARY, CPU);
        KEYS.put(model, key);
        return key;
    }

    static void loaded(String file, MojoModel model) {
        remember(model, ModelNames.ofFile(file));
    }

    static void finish(@Nullable Object call, @Nullable Throwable error) {
        CALLS.finish(call, error);
    }
}
