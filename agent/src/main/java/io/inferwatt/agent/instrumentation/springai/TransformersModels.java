package io.inferwatt.agent.instrumentation.springai;

import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.instrumentation.ModelNames;
import java.lang.reflect.Field;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;

/** Names the models of {@code TransformersEmbeddingModel} by their resource. By reflection, once a model: its jar need not be there. */
final class TransformersModels {

    private static final String CLASS = "org.springframework.ai.transformers.TransformersEmbeddingModel";

    /** What most files are called where each model has a folder; a variant such as {@code model_quantized} goes with it. */
    private static final String COMMON_STEM = "model";

    /** Folders between that file and the model's own, as Hugging Face has them. */
    private static final Set<String> COMMON_FOLDERS = Set.of("onnx", "main", "resolve", "raw", "blob");

    private TransformersModels() {}

    /** Returns the stem of the file a model was loaded from; null if it is no such model, or its file is not known. */
    static @Nullable String file(Object model) {
        Class<?> type = model.getClass();
        while (type != null && !type.getName().equals(CLASS)) {
            type = type.getSuperclass();
        }
        if (type == null) {
            return null;
        }
        try {
            Field resource = type.getDeclaredField("modelResource");
            resource.setAccessible(true);
            return name((Resource) resource.get(model));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError notReachable) {
            return null;
        }
    }

    static @Nullable String name(@Nullable Resource resource) {
        String file = resource == null ? null : resource.getFilename();
        return resource == null || file == null ? null : nameOf(path(resource.getDescription(), file));
    }

    /** Descriptions hold the whole path in brackets, without asking whether there is such a file. */
    private static String path(String description, String file) {
        int end = description.lastIndexOf(file);
        int begin = description.indexOf('['); // the first: there may be more in what it says
        return begin < 0 || end <= begin ? file : description.substring(begin + 1, end + file.length());
    }

    /**
     * Returns the stem of the file, or for a stem that says nothing the name of the model's folder.
     *
     * @param location a path or a URL
     */
    static @Nullable String nameOf(String location) {
        String path = ModelNames.isUrl(location) ? ModelNames.pathOf(location) : location;
        String stem = ModelNames.ofFile(path);
        if (stem.equals(LibraryCalls.UNNAMED)) {
            return null;
        }
        if (!stem.startsWith(COMMON_STEM)) {
            return stem;
        }
        String[] folders = path.split("[/\\\\]", -1);
        for (int i = folders.length - 2; i >= 0; i--) {
            if (!folders[i].isBlank() && !COMMON_FOLDERS.contains(folders[i])) {
                return folders[i] + stem.substring(COMMON_STEM.length());
            }
        }
        return stem;
    }
}
