package io.inferwatt.core.call;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The threads of this process as the kernel sees them, below a {@code task} folder of the proc file system. */
final class NativeThreads {

    private final Path tasks;
    private final Path current;

    NativeThreads(Path procRoot) {
        this.tasks = procRoot.resolve("self/task");
        this.current = procRoot.resolve("thread-self/comm");
    }

    Path folder(int tid) {
        return tasks.resolve(Integer.toString(tid));
    }

    /** Returns the ids of all threads, ascending; none where there is no proc file system. */
    int[] ids() {
        String[] names = tasks.toFile().list();
        if (names == null) {
            return new int[0];
        }
        int[] ids = new int[names.length];
        for (int i = 0; i < names.length; i++) {
            ids[i] = Integer.parseInt(names[i]);
        }
        java.util.Arrays.sort(ids);
        return ids;
    }

    /** Returns the kernel's name of the calling thread, at most 15 bytes, or an empty string. */
    String currentName() {
        return read(current);
    }

    String name(int tid) {
        return read(folder(tid).resolve("comm"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).trim();
        } catch (IOException gone) {
            return "";
        }
    }
}
