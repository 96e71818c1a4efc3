package io.inferwatt.it.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Stream;

/** Does to the files that the agent writes what operators, scripts and accidents do; each fault lasts until the next one. One thread. */
final class FileFaults {

    /** What may happen to a file that is written to. */
    enum Fault {
        FILE_DELETED,
        FILE_IS_A_FOLDER,
        FOLDER_DELETED,
        FOLDER_IS_A_FILE,
        FILE_CUT,
        FILE_GARBLED,
        FILE_IS_A_DANGLING_LINK,
        FOLDER_MOVED_AWAY,
        FILE_MAY_NOT_BE_TOUCHED,
        FOLDER_MAY_NOT_BE_WRITTEN,
        FOLDER_MAY_NOT_BE_ENTERED
    }

    private final Path folder;
    private final String file;

    /** @param folder which holds nothing else */
    FileFaults(Path folder, String file) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.file = file;
    }

    Path file() {
        return folder.resolve(file);
    }

    Fault breakIt(Random random) throws IOException {
        Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
        try {
            breakBy(fault, random);
        } catch (IOException raced) {
            // the agent was about to write: as good a fault as any
        }
        return fault;
    }

    private void breakBy(Fault fault, Random random) throws IOException {
        mend();
        switch (fault) {
            case FILE_DELETED -> Files.deleteIfExists(file());
            case FILE_IS_A_FOLDER -> {
                Files.deleteIfExists(file());
                Files.createDirectories(file().resolve("occupied"));
            }
            case FOLDER_DELETED -> deleteAll(folder);
            case FOLDER_IS_A_FILE -> {
                deleteAll(folder);
                Files.writeString(folder, "no folder");
            }
            case FILE_CUT -> Files.write(file(), new byte[0]);
            case FILE_GARBLED -> {
                byte[] bytes = new byte[1000];
                random.nextBytes(bytes);
                Files.write(file(), bytes);
            }
            case FILE_IS_A_DANGLING_LINK -> {
                Files.deleteIfExists(file());
                Files.createSymbolicLink(file(), folder.resolve("missing").resolve("file"));
            }
            case FOLDER_MOVED_AWAY -> {
                Path away = folder.resolveSibling(folder.getFileName() + ".away");
                deleteAll(away);
                Files.move(folder, away);
            }
            case FILE_MAY_NOT_BE_TOUCHED -> Permissions.set(file(), "---------");
            case FOLDER_MAY_NOT_BE_WRITTEN -> Permissions.set(folder, "r-x------");
            case FOLDER_MAY_NOT_BE_ENTERED -> Permissions.set(folder, "---------");
        }
    }

    /** Makes room for the file; what was in it may be gone. */
    void mend() throws IOException {
        if (Files.isRegularFile(folder)) {
            Files.delete(folder);
        }
        Files.createDirectories(folder);
        Permissions.set(folder, "rwx------");
        Permissions.set(file(), "rw-------");
        if (Files.isSymbolicLink(file())) {
            Files.delete(file());
        }
        if (Files.isDirectory(file())) {
            Permissions.set(file(), "rwx------");
            deleteAll(file());
        }
    }

    private static void deleteAll(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> all = Files.walk(root)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                try {
                    Files.delete(each);
                } catch (NoSuchFileException goneAlready) {
                    // the agent was faster
                }
            }
        }
    }
}
