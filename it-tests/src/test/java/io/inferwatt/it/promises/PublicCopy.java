package io.inferwatt.it.promises;

import ai.onnxruntime.OrtSession;
import io.inferwatt.it.app.AnsweringModel;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.JarFolder;
import io.inferwatt.it.jvm.Launch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * A copy of all that an application with a model needs, in a folder that every user can read and with the engine's native code
 * unpacked, so that nothing has to be written.
 */
record PublicCopy(Path agent, Path application, Path engine, Path natives, Path model) {

    private static final String NATIVE = "ai/onnxruntime/native/linux-";

    static PublicCopy in(Path folder) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path application = folder.resolve("application.jar");
        try (JarFolder jar = JarFolder.create(application)) {
            jar.addAll("", Launch.whereIs(AnsweringModel.class), "app/AnsweringModel", "app/TinyModel", "app/Echo");
        }
        return new PublicCopy(
                Files.copy(AgentRun.JAR, folder.resolve("inferwatt-agent.jar")),
                application,
                engine(folder.resolve("engine.jar")),
                natives(Files.createDirectory(folder.resolve("natives"))),
                AnsweringModel.write(folder.resolve("copy-tokens.onnx")));
    }

    private static Path engine(Path file) throws IOException {
        try (JarFile library = library();
                JarFolder jar = JarFolder.create(file)) {
            for (JarEntry entry : Collections.list(library.entries())) {
                if (entry.getName().endsWith(".class")) {
                    try (InputStream in = library.getInputStream(entry)) {
                        jar.add(entry.getName(), in.readAllBytes());
                    }
                }
            }
        }
        return file;
    }

    private static Path natives(Path folder) throws IOException {
        String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch64/" : "x64/";
        try (JarFile library = library()) {
            for (JarEntry entry : Collections.list(library.entries())) {
                if (entry.getName().startsWith(NATIVE + machine)
                        && entry.getName().endsWith(".so")) {
                    try (InputStream in = library.getInputStream(entry)) {
                        Files.copy(in, folder.resolve(Path.of(entry.getName()).getFileName()));
                    }
                }
            }
        }
        return folder;
    }

    private static JarFile library() throws IOException {
        return new JarFile(Launch.whereIs(OrtSession.class).toFile());
    }

    /** Returns the application without the agent; its argument is the model. */
    Launch launch(Path java) {
        return Launch.bare(java)
                .classPath(application, engine)
                .option("--enable-native-access=ALL-UNNAMED", "-Donnxruntime.native.path=" + natives);
    }
}
