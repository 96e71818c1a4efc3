package io.inferwatt.core.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The folders of processes below a proc file system. */
final class ProcFolders {

    /** No process. */
    static final int NONE = -1;

    private ProcFolders() {}

    /** Returns the ids of all processes that can be seen, ascending. */
    static int[] pids(Path procRoot) {
        String[] names = procRoot.toFile().list();
        if (names == null) {
            return new int[0];
        }
        int[] pids = new int[names.length];
        int count = 0;
        for (String name : names) {
            if (Character.isDigit(name.charAt(0))) {
                pids[count++] = (int) TextFile.number(name);
            }
        }
        int[] found = Arrays.copyOf(pids, count);
        Arrays.sort(found);
        return found;
    }

    /** Returns the id by which a proc file system knows this process, which in a container another one than its own may be. */
    static int self(Path procRoot) {
        try {
            return (int) TextFile.number(
                    Files.readSymbolicLink(procRoot.resolve("self")).toString());
        } catch (IOException | UnsupportedOperationException e) {
            return NONE;
        }
    }

    static Path of(Path procRoot, int pid) {
        return procRoot.resolve(Integer.toString(pid));
    }
}
