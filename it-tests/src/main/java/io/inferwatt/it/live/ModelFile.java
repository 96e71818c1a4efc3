package io.inferwatt.it.live;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Models that ship as resources of library artifacts. */
public final class ModelFile {

    private ModelFile() {}

    /** Copies a model to a file, whose stem becomes its name. */
    public static Path copy(String resource, Path file) throws IOException {
        try (InputStream weights = ModelFile.class.getResourceAsStream("/" + resource + ".onnx")) {
            if (weights == null) {
                throw new IOException(resource + ".onnx is not on the class path: its artifact is missing");
            }
            Files.copy(weights, file);
        }
        return file;
    }
}
