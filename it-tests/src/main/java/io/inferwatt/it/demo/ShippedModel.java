package io.inferwatt.it.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An embedding model that ships as a resource of a library artifact.
 *
 * @param name stem of the model's file, and so the name under which the agent meters it
 */
record ShippedModel(String name, Pooling pooling) {

    /** Whether the full-precision models, 161 MB of them, are on the class path is up to the build profile. */
    private static final List<ShippedModel> KNOWN = List.of(
            new ShippedModel("all-minilm-l6-v2-q", Pooling.MEAN),
            new ShippedModel("all-minilm-l6-v2", Pooling.MEAN),
            new ShippedModel("bge-small-en-v1.5-q", Pooling.FIRST_TOKEN),
            new ShippedModel("bge-small-en-v1.5", Pooling.FIRST_TOKEN));

    /** Returns the models whose artifacts are on the class path. */
    static List<ShippedModel> onClassPath() {
        return KNOWN.stream()
                .filter(model -> ShippedModel.class.getResource(model.weights()) != null)
                .toList();
    }

    /** Copies the model into a folder, since the agent names a model after the file that it was loaded from. */
    Path copyWeights(Path folder) throws IOException {
        Path file = folder.resolve(name + ".onnx");
        try (InputStream weights = resource(weights())) {
            Files.copy(weights, file);
        }
        return file;
    }

    /** Opens the description of the tokenizer, JSON as Hugging Face writes it. */
    InputStream tokenizer() throws IOException {
        return resource("/" + name + "-tokenizer.json");
    }

    private String weights() {
        return "/" + name + ".onnx";
    }

    private static InputStream resource(String path) throws IOException {
        InputStream resource = ShippedModel.class.getResourceAsStream(path);
        if (resource == null) {
            throw new IOException(path + " is not on the class path: the artifact of that model is missing");
        }
        return resource;
    }
}
