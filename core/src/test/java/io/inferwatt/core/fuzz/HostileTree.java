package io.inferwatt.core.fuzz;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Damages a tree of small files by chance: what is in them, what they are, and what they are called. */
public final class HostileTree {

    /** More than one input may allocate; it has holes, so it takes no room on the disk. */
    private static final long HUGE_BYTES = 600L << 20;

    private final Path root;
    private final Mangler mangler;

    private HostileTree(Path root, Mangler mangler) {
        this.root = root;
        this.mangler = mangler;
    }

    /** Damages a few files or links below a root. */
    public static void damage(Path root, Mangler mangler) throws IOException {
        HostileTree tree = new HostileTree(root, mangler);
        for (int damages = 1 + mangler.below(5); damages > 0; damages--) {
            tree.damageOne();
        }
    }

    private void damageOne() throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(root)) {
            all = walk.filter(path -> !path.equals(root)).sorted().toList();
        } catch (UncheckedIOException vanished) {
            return;
        }
        List<Path> files = all.stream().filter(path -> !Files.isDirectory(path)).toList();
        if (files.isEmpty()) {
            return;
        }
        Path file = mangler.oneOf(mangler.onceIn(5) ? all : files);
        try {
            switch (mangler.below(9)) {
                case 0, 1, 2 -> write(file, mangler.file(text(file)));
                case 3 -> write(file, mangler.anyBytes());
                case 4 -> write(file, new byte[0]);
                case 5 -> write(file, mangler.number().getBytes(StandardCharsets.UTF_8));
                case 6 -> replaceByOddFile(file);
                case 7 -> rename(file);
                default -> delete(file);
            }
        } catch (FileAlreadyExistsException | InvalidPathException notPossible) {
            // Then this one stays as it is.
        }
    }

    private static String text(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) < 100_000
                    ? new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                    : "";
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        delete(file);
        Files.write(file, bytes);
    }

    private void replaceByOddFile(Path file) throws IOException {
        delete(file);
        switch (mangler.below(5)) {
            case 0 -> Files.createDirectory(file);
            case 1 -> Files.createSymbolicLink(file, file); // leads to itself
            case 2 -> Files.createSymbolicLink(file, Path.of("nowhere"));
            case 3 -> Files.createSymbolicLink(file, root); // around for ever
            default -> {
                try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
                    huge.setLength(HUGE_BYTES);
                }
            }
        }
    }

    private void rename(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        String other = mangler.onceIn(2)
                ? name + mangler.oneOf("\n", "\u001b[2J", " ", "\r\nx", ":", "0")
                : mangler.text(name);
        String safe = other.replace("/", "").replace("\0", "");
        if (!safe.isEmpty() && !safe.equals(".") && !safe.equals("..") && safe.length() < 60) {
            Files.move(file, file.resolveSibling(safe));
        }
    }

    /** Deletes a file, a link or a folder with all that is in it. */
    public static void delete(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            Files.delete(path);
            return;
        }
        if (!Files.exists(path)) {
            return;
        }
        List<Path> folders = new ArrayList<>();
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                folders.add(0, folder);
                return FileVisitResult.CONTINUE;
            }
        });
        for (Path folder : folders) {
            Files.delete(folder);
        }
    }
}
