package io.inferwatt.agent.instrumentation.jpmml;

import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.instrumentation.ModelNames;
import io.inferwatt.agent.instrumentation.WeakIdentityMap;
import io.inferwatt.core.call.ModelKey;
import java.io.File;
import org.jspecify.annotations.Nullable;

/** What the advice on JPMML does: names evaluators, begins and ends calls. */
final class JpmmlCalls {

    private static final String LIBRARY = "jpmml";
    private static final LibraryCalls CALLS = LibraryCalls.of(LIBRARY);

    /** All models are computed in Java. */
    private static final String CPU = "cpu";

    private static final WeakIdentityMap<Object, String> FILES = new WeakIdentityMap<>();
    private static final WeakIdentityMap<Object, Integer> KEYS = new WeakIdentityMap<>();

    private JpmmlCalls() {}

    static void loaded(Object builder, File file) {
        FILES.put(builder, ModelNames.ofFile(file.getPath()));
    }

    static void built(Object builder, Object evaluator) {
        String file = FILES.get(builder);
        if (file != null) {
            remember(evaluator, file);
        }
    }

    static Object start(Object evaluator) {
        Integer key = KEYS.get(evaluator);
        return CALLS.start(key == null ? remember(evaluator, name(evaluator)) : key, 1);
    }

    /** By reflection, but once a model. */
    private static String name(Object evaluator) {
        try {
            Object model = evaluator.getClass().getMethod("getModel").invoke(evaluator);
            Object name = model.getClass().getMethod("getModelName").invoke(model);
            return name == null || name.toString().isBlank()
                    ? evaluator.getClass().getSimpleName()
                    : name.toString();
        } catch (ReflectiveOperationException hidden) {
            return evaluator.getClass().getSimpleName();
        }
    }

    private static int remember(Object evaluator, String name) {
        int key = CALLS.key(name, ModelKey.INFERENCE, LIBRARY, CPU);
        KEYS.put(evaluator, key);
        return key;
    }

    static void finish(@Nullable Object call, @Nullable Throwable error) {
        CALLS.finish(call, error);
    }
}
