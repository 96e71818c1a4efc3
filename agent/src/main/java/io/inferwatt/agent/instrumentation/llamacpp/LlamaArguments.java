package io.inferwatt.agent.instrumentation.llamacpp;

import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.instrumentation.ModelNames;
import org.jspecify.annotations.Nullable;

/** What a model was loaded with: arguments as on the command line of llama.cpp, names followed by values. */
final class LlamaArguments {

    private final String[] arguments;

    LlamaArguments(String[] arguments) {
        this.arguments = arguments;
    }

    /** Returns the stem of the file, or where the library fetches the model itself, what it asks for. */
    String model() {
        String file = firstOf("--model", "--hf-file");
        if (file != null) {
            return ModelNames.ofFile(file);
        }
        String url = valueOf("--model-url");
        if (url != null) {
            return ModelNames.ofUrl(url);
        }
        String repository = valueOf("--hf-repo");
        if (repository == null || repository.isBlank()) {
            return LibraryCalls.UNNAMED;
        }
        return repository.substring(repository.lastIndexOf('/') + 1);
    }

    /** Layers that are to be computed on a graphics card make it the device, the library does not tell whether it has one. */
    String device() {
        String layers = valueOf("--gpu-layers");
        return layers == null || layers.startsWith("-") || layers.equals("0") ? "cpu" : "gpu";
    }

    /** Returns how many threads help the one that computes, {@link Integer#MAX_VALUE} where the library chooses. */
    int helpers() {
        int threads = number(valueOf("--threads"));
        if (threads < 1) {
            return Integer.MAX_VALUE;
        }
        return Math.max(threads, number(valueOf("--threads-batch"))) - 1;
    }

    private static int number(@Nullable String text) {
        try {
            return text == null ? 0 : Integer.parseInt(text.strip());
        } catch (NumberFormatException refusedByTheLibrary) {
            return 0;
        }
    }

    private @Nullable String firstOf(String... names) {
        for (String name : names) {
            String value = valueOf(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private @Nullable String valueOf(String name) {
        for (int i = 0; i + 1 < arguments.length; i++) {
            if (name.equals(arguments[i])) {
                return arguments[i + 1];
            }
        }
        return null;
    }
}
