package io.inferwatt.it.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** The threads of a process as the kernel lists them. */
final class NativeTasks {

    private final Path tasks;

    private NativeTasks(Path tasks) {
        this.tasks = tasks;
    }

    static NativeTasks of(long pid) {
        return new NativeTasks(Path.of("/proc/" + pid + "/task"));
    }

    /** Returns the kernel's id of the calling thread. */
    static int current() throws IOException {
        Path link = Files.readSymbolicLink(Path.of("/proc/thread-self"));
        return Integer.parseInt(link.getFileName().toString());
    }

    Path folder(int tid) {
        return tasks.resolve(Integer.toString(tid));
    }

    /** Returns the ids; none once the process has ended. */
    Set<Integer> ids() {
        Set<Integer> ids = new TreeSet<>();
        String[] names = tasks.toFile().list();
        for (String name : names == null ? new String[0] : names) {
            ids.add(Integer.valueOf(name));
        }
        return ids;
    }

    /** Returns the thread's name, empty if it has ended. */
    String name(int tid) {
        try {
            return Files.readString(folder(tid).resolve("comm")).trim();
        } catch (IOException ended) {
            return "";
        }
    }
}
