package io.inferwatt.agent.instrumentation.jlama;

import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.instrumentation.WeakIdentityMap;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.TokenUsage;
import java.io.File;
import org.jspecify.annotations.Nullable;

/** What the advice on Jlama does: remembers models, begins and ends calls. */
final class JlamaCalls {

    private static final LibraryCalls CALLS = LibraryCalls.of("jlama");
    private static final String RUNTIME = "jlama";
    private static final String CPU = "cpu";

    private static final WeakIdentityMap<Object, Integer> KEYS = new WeakIdentityMap<>();

    /** Each class loader of the application that has the library has this class, too. */
    private static volatile @Nullable JlamaTokens tokens;

    private JlamaCalls() {}

    static void loaded(Object model, File folder) {
        KEYS.put(model, key(name(folder)));
    }

    /** Folders of models are named after them, and versions are no extensions. */
    private static String name(File folder) {
        String name = folder.getName();
        return name.isBlank() ? LibraryCalls.UNNAMED : name;
    }

    private static int key(String model) {
        return CALLS.key(model, ModelKey.INFERENCE, RUNTIME, CPU);
    }

    static InferenceCall start(Object model) {
        Integer key = KEYS.get(model);
        if (key == null) {
            key = key(LibraryCalls.UNNAMED);
            KEYS.put(model, key);
        }
        return CALLS.start(key, 1);
    }

    /** @param response null where the method has none, or threw */
    static void finish(@Nullable Object call, @Nullable Object response, @Nullable Throwable error)
            throws ReflectiveOperationException {
        try {
            if (call != null && response != null) {
                JlamaTokens counts = tokens(response);
                ((InferenceCall) call)
                        .tokens(
                                counts.prompt(response),
                                TokenUsage.UNKNOWN,
                                counts.generated(response),
                                TokenUsage.UNKNOWN);
            }
        } finally {
            CALLS.finish(call, error);
        }
    }

    private static JlamaTokens tokens(Object response) throws ReflectiveOperationException {
        JlamaTokens known = tokens;
        if (known == null) {
            known = JlamaTokens.of(response.getClass());
            tokens = known;
        }
        return known;
    }
}
