package io.inferwatt.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that is gone when its benchmark is done. */
record Scratch(Path folder) implements AutoCloseable {

    static Scratch make() throws IOException {
        return new Scratch(Files.createTempDirectory("inferwatt-bench"));
    }

    @Override
    public void close() throws IOException {
        List<Path> insideOut;
        try (Stream<Path> all = Files.walk(folder)) {
            insideOut = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : insideOut) {
            Files.delete(path);
        }
    }
}
