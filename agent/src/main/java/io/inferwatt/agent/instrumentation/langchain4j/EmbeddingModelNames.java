package io.inferwatt.agent.instrumentation.langchain4j;

import dev.langchain4j.model.embedding.EmbeddingModel;
import io.inferwatt.agent.instrumentation.LibraryCalls;
import org.jspecify.annotations.Nullable;

/**
 * Names embedding models: by what they say of themselves, else by the file that their encoder was loaded from, else by their
 * class.
 */
final class EmbeddingModelNames {

    private static final String OWN_CLASSES = "dev.langchain4j.";
    private static final String DECORATOR = "dev.langchain4j.model.embedding.ListeningEmbeddingModel";
    private static final String SUFFIX = "EmbeddingModel";

    private EmbeddingModelNames() {}

    /** Returns the model's name; null if the model says nothing of itself and hands its calls to others. */
    static @Nullable String of(EmbeddingModel model) {
        String told = told(model);
        if (isKnown(told)) {
            return told;
        }
        if (InProcessModels.isOne(model)) {
            String file = InProcessModels.file(model);
            return isKnown(file) ? file : ofClass(model);
        }
        String className = model.getClass().getName();
        return className.startsWith(OWN_CLASSES) && !className.equals(DECORATOR) ? ofClass(model) : null;
    }

    /** Tells whether a name that LangChain4j gives is one; it says {@code unknown} where it has none. */
    static boolean isKnown(@Nullable String name) {
        return name != null && !name.isBlank() && !name.equals(LibraryCalls.UNNAMED);
    }

    /** A model of the application may throw anything, and LangChain4j before 1.10 does not have the method. */
    static @Nullable String told(EmbeddingModel model) {
        try {
            return model.modelName();
        } catch (RuntimeException | LinkageError tellsNothing) {
            return null;
        }
    }

    private static String ofClass(EmbeddingModel model) {
        String simple = model.getClass().getSimpleName();
        if (simple.isEmpty()) {
            return model.getClass().getName(); // an anonymous class
        }
        return simple.endsWith(SUFFIX) && simple.length() > SUFFIX.length()
                ? simple.substring(0, simple.length() - SUFFIX.length())
                : simple;
    }
}
