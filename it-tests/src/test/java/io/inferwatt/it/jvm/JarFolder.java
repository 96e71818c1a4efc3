package io.inferwatt.it.jvm;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** A jar that a test puts together. One thread at a time. */
public final class JarFolder implements AutoCloseable {

    private final JarOutputStream out;

    private JarFolder(JarOutputStream out) {
        this.out = out;
    }

    public static JarFolder create(Path file) throws IOException {
        OutputStream target = Files.newOutputStream(file);
        return new JarFolder(new JarOutputStream(target));
    }

    public JarFolder add(String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content);
        return this;
    }

    /** Adds a file as it is, which is how loaders of nested jars want them. */
    public JarFolder store(String name, Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        CRC32 sum = new CRC32();
        sum.update(content);
        JarEntry entry = new JarEntry(name);
        entry.setMethod(JarEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(sum.getValue());
        out.putNextEntry(entry);
        out.write(content);
        return this;
    }

    /** Adds the files of a folder whose names contain one of these words, or all if there are none. */
    public JarFolder addAll(String prefix, Path folder, String... words) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                if (words.length == 0 || List.of(words).stream().anyMatch(name::contains)) {
                    add(prefix + name, Files.readAllBytes(file));
                }
            }
        }
        return this;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
