package io.inferwatt.agent.instrumentation.langchain4j;

import dev.langchain4j.model.embedding.EmbeddingModel;
import io.inferwatt.agent.instrumentation.ModelNames;
import io.inferwatt.agent.instrumentation.WeakIdentityMap;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * What is known of embedding models that run in the process. By name and reflection, once a model: their jar need not be
 * there.
 */
final class InProcessModels {

    /** File stems by encoder; an encoder is often shared by all models of its class. */
    private static final WeakIdentityMap<Object, String> ENCODERS = new WeakIdentityMap<>();

    private InProcessModels() {}

    /** @param source path, or name of a resource */
    static void loaded(Object source, Object encoder) {
        ENCODERS.put(encoder, ModelNames.of(source));
    }

    static boolean isOne(EmbeddingModel model) {
        return superclass(model) != null;
    }

    /** Returns the stem of the file that the model was loaded from, or null; it is behind a protected method. */
    static @Nullable String file(EmbeddingModel model) {
        Class<?> type = superclass(model);
        if (type == null) {
            return null;
        }
        try {
            Method encoderOf = type.getDeclaredMethod("model");
            encoderOf.setAccessible(true);
            Object encoder = encoderOf.invoke(model);
            return encoder == null ? null : ENCODERS.get(encoder);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError notReachable) {
            return null;
        }
    }

    /**
     * Tells whether the advice is in what the pool's threads run. In a version compiled otherwise it may not be; a call must
     * not wait for threads that are not seen.
     */
    static boolean poolIsSeen(EmbeddingModel model) {
        Class<?> type = superclass(model);
        if (type == null) {
            return false;
        }
        try {
            for (Method method : type.getDeclaredMethods()) {
                if (LangChain4jModule.LAMBDAS.contains(method.getName())
                        && method.getReturnType().getName().equals(LangChain4jModule.WORK_RESULT)) {
                    return true;
                }
            }
        } catch (LinkageError incomplete) {
            return false;
        }
        return false;
    }

    private static @Nullable Class<?> superclass(EmbeddingModel model) {
        Class<?> type = model.getClass();
        while (type != null && !type.getName().equals(LangChain4jModule.IN_PROCESS_MODEL)) {
            type = type.getSuperclass();
        }
        return type;
    }
}
