package io.inferwatt.it.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * One file of {@code docs/kubernetes}.
 *
 * @param tree as YAML reads it: maps, lists, texts, numbers and truths
 */
record Manifest(String file, Map<String, Object> tree) {

    private static final Path FOLDER = Path.of("../docs/kubernetes");

    static List<Manifest> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().map(Manifest::read).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Manifest of(String file) {
        return read(FOLDER.resolve(file));
    }

    private static Manifest read(Path file) {
        try {
            return new Manifest(file.getFileName().toString(), parse(Files.readString(file)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Reads one document; a key that is there twice is an error. */
    static Map<String, Object> parse(String yaml) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(options)).load(yaml);
    }

    /** Returns the manifest that results when another one is laid over it, as {@code kubectl patch} does. */
    Manifest patchedWith(Manifest patch) {
        return new Manifest(file + " with " + patch.file, StrategicMerge.merge(tree, patch.tree));
    }

    @Override
    public String toString() {
        return file;
    }
}
