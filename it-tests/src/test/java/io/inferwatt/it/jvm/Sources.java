package io.inferwatt.it.jvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/** Java sources of a test, for classes that must not be on the class path of the tests themselves. */
public final class Sources {

    private static final String RELEASE = "17";

    private final Path folder;
    private final List<String> files = new ArrayList<>();

    private Sources(Path folder) {
        this.folder = folder;
    }

    public static Sources in(Path folder) {
        return new Sources(folder);
    }

    /** Adds a file. */
    public Sources add(String name, String text) throws IOException {
        Path file = folder.resolve("sources").resolve(name);
        Files.createDirectories(file.getParent());
        files.add(Files.writeString(file, text).toString());
        return this;
    }

    /** Returns the folder with the class files. */
    public Path compile(String... options) {
        Path classes = folder.resolve("classes");
        List<String> arguments = new ArrayList<>(List.of("--release", RELEASE, "-d", classes.toString()));
        arguments.addAll(List.of(options));
        arguments.addAll(files);
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)) != 0) {
            throw new IllegalStateException("sources of the test do not compile, see above");
        }
        return classes;
    }
}
