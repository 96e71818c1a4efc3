package io.inferwatt.core.host;

import io.inferwatt.core.host.Listener.State;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the process that listens on a port of this machine: the kernel tells the number of the socket, and the open files of each
 * process whether it is theirs. In small steps, since there may be very many open files. One thread; of no use when done.
 *
 * <p>Processes of the user that opened the port come first. Of several that hold it, such as a server and its workers, it is the
 * one that started the others; of unrelated ones that share the port, one.
 */
public final class ListenerSearch implements AutoCloseable {

    /** They copy bytes; who computes is elsewhere. */
    private static final Set<String> FORWARDERS = Set.of(
            "docker-proxy", "rootlessport", "slirp4netns", "pasta", "pasta.avx2", "ssh", "sshd", "socat", "kubectl");

    private static final String USER = "unix:uid";

    private final ServerAddress address;
    private final Path procRoot;
    private final Set<String> links = new HashSet<>();
    private final Deque<Integer> likely = new ArrayDeque<>();
    private final Deque<Integer> others = new ArrayDeque<>();

    /** This process and those it descends from, itself first. */
    private final List<Integer> ownLine = new ArrayList<>();

    /** How many of the own line were looked at. */
    private int ownLooked;

    /** The process that holds the port, of those found so far the one that started the others. */
    private int top = ProcFolders.NONE;

    private int port;
    private long userId = -1;
    private boolean started;
    private @Nullable OpenFiles openFiles;
    private @Nullable Path held;
    private @Nullable Listener result;

    public ListenerSearch(ServerAddress address, Path procRoot) {
        this.address = address;
        this.procRoot = procRoot;
    }

    /**
     * Goes on; returns what was found, or null while it is not done.
     *
     * @param mostFiles how many open files to look at, some 7.5 µs each
     */
    public @Nullable Listener step(int mostFiles) {
        if (!started) {
            started = true;
            result = start();
        }
        for (int left = mostFiles; result == null && left > 0; ) {
            left -= lookAtSome(left);
        }
        return result;
    }

    private @Nullable Listener start() {
        try {
            List<ListeningSocket> sockets = ListeningSocket.reachedBy(address, procRoot);
            if (sockets.isEmpty()) {
                return Listener.nobody();
            }
            port = sockets.get(0).port();
            userId = sockets.get(0).userId();
            for (ListeningSocket socket : sockets) {
                links.add("socket:[" + socket.inode() + "]");
            }
        } catch (IOException e) {
            return Listener.noSockets();
        }
        for (int pid = ProcFolders.self(procRoot); pid > 0 && !ownLine.contains(pid); pid = parent(pid)) {
            ownLine.add(pid);
        }
        for (int pid : ProcFolders.pids(procRoot)) {
            if (!ownLine.contains(pid)) {
                likely.add(pid);
            }
        }
        return null;
    }

    private int parent(int pid) {
        try (ProcessStat stat = ProcessStat.open(procRoot, pid)) {
            return stat.parent();
        } catch (IOException gone) {
            return ProcFolders.NONE;
        }
    }

    /** Returns how many files it has looked at, at least 1. */
    private int lookAtSome(int most) {
        OpenFiles files = openFiles;
        if (files == null) {
            lookAtNext();
            return 1;
        }
        int looked = files.lookFor(links, most);
        if (files.found() != null) {
            held = files.found();
            openFiles = null;
            foundAt(files.pid);
        } else if (files.isDone()) {
            openFiles = null;
            if (top > 0) {
                result = holder(); // who started it does not hold the port
            }
        }
        return Math.max(1, looked);
    }

    /** Those of the own line come last: they hold ports for others, or are this process. */
    private void lookAtNext() {
        Integer pid = likely.poll();
        if (pid != null && userId >= 0 && !isOfUser(pid)) {
            others.add(pid);
            return;
        }
        if (pid == null) {
            pid = others.poll();
        }
        if (pid == null && ownLooked < ownLine.size()) {
            pid = ownLine.get(ownLooked++);
        }
        if (pid == null) {
            result = new Listener(State.HIDDEN, ProcFolders.NONE, "", port, userId);
        } else {
            openFiles = new OpenFiles(procRoot, pid);
        }
    }

    private void foundAt(int pid) {
        if (ownLine.contains(pid)) {
            State state = pid == ownLine.get(0) ? State.THIS_PROCESS : State.ANCESTOR;
            result = new Listener(state, ProcFolders.NONE, name(pid), port, userId);
            return;
        }
        top = pid;
        // Workers have the socket from the one that started them. So may the first process of the machine, which holds
        // ports for services that it has yet to start; it is of the own line.
        int up = parent(pid);
        if (up > 0 && !ownLine.contains(up)) {
            openFiles = new OpenFiles(procRoot, up);
        } else {
            result = holder();
        }
    }

    private Listener holder() {
        String name = name(top);
        return FORWARDERS.contains(name)
                ? new Listener(State.FORWARDER, ProcFolders.NONE, name, port, userId)
                : new Listener(State.FOUND, top, name, port, userId);
    }

    private boolean isOfUser(int pid) {
        try {
            return Files.getAttribute(ProcFolders.of(procRoot, pid), USER) instanceof Integer user
                    && Integer.toUnsignedLong(user) == userId;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }

    /** Returns whether the process that was found still listens there; one look. */
    public boolean isStillHeld() {
        Path link = held;
        return link != null && links.contains(OpenFiles.target(link));
    }

    private String name(int pid) {
        try (ProcessStat stat = ProcessStat.open(procRoot, pid)) {
            return stat.name();
        } catch (IOException gone) {
            return "";
        }
    }

    /** Gives up, whatever was found; a search that is done holds nothing open. */
    @Override
    public void close() {
        OpenFiles files = openFiles;
        openFiles = null;
        if (files != null) {
            files.close();
        }
    }

    /** The open files of one process; none if it may not be looked at, or has ended. Their names too are read bit by bit. */
    private static final class OpenFiles {

        final int pid;
        private @Nullable DirectoryStream<Path> folder;
        private Iterator<Path> names = Collections.emptyIterator();
        private @Nullable Path found;

        @SuppressWarnings("StreamResourceLeak") // open from one step to the next
        OpenFiles(Path procRoot, int pid) {
            this.pid = pid;
            try {
                folder = Files.newDirectoryStream(ProcFolders.of(procRoot, pid).resolve("fd"));
                names = folder.iterator();
            } catch (IOException mayNot) {
                // As of processes of others.
            }
        }

        boolean isDone() {
            return folder == null;
        }

        /** Returns the first file that is one of those looked for, as soon as it is found. */
        @Nullable
        Path found() {
            return found;
        }

        /** Looks at some more until one is found or there are no more; returns at how many. */
        int lookFor(Set<String> links, int most) {
            int looked = 0;
            try {
                while (looked < most && names.hasNext()) {
                    Path link = names.next();
                    looked++;
                    if (links.contains(target(link))) {
                        found = link;
                        close();
                        return looked;
                    }
                }
                if (looked < most) {
                    close();
                }
            } catch (DirectoryIteratorException hasEnded) {
                close();
            }
            return looked;
        }

        private void close() {
            DirectoryStream<Path> open = folder;
            folder = null;
            names = Collections.emptyIterator();
            try {
                if (open != null) {
                    open.close();
                }
            } catch (IOException nothingToDo) {
                // It was read only.
            }
        }

        static String target(Path link) {
            try {
                return Files.readSymbolicLink(link).toString();
            } catch (IOException | UnsupportedOperationException closedMeanwhile) {
                return "";
            }
        }
    }
}
