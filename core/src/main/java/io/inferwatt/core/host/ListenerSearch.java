package io.inferwatt.core.host;

import io.inferwatt.core.host.Listener.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
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
public final class ListenerSearch {

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
        if (files != null) {
            int before = files.next;
            if (files.findAny(links, most)) {
                held = files.link();
                result = holder(files.pid);
            }
            if (files.isDone()) {
                openFiles = null;
            }
            return Math.max(1, files.next - before);
        }
        Integer pid = likely.poll();
        if (pid != null && userId >= 0 && !isOfUser(pid)) {
            others.add(pid);
            return 1;
        }
        if (pid == null) {
            pid = others.poll();
        }
        if (pid == null) {
            result = nobodyElse();
        } else {
            openFiles = new OpenFiles(procRoot, pid);
        }
        return 1;
    }

    private boolean isOfUser(int pid) {
        try {
            return Files.getAttribute(ProcFolders.of(procRoot, pid), USER) instanceof Integer user
                    && Integer.toUnsignedLong(user) == userId;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }

    private Listener holder(int found) {
        int top = found;
        // Workers have the socket from the one that started them. So may the first process of the machine, which holds
        // ports for
        // services that it has yet to start; it is of the own line.
        for (int up = parent(top); up > 0 && !ownLine.contains(up) && holds(up); up = parent(up)) {
            top = up;
        }
        String name = name(top);
        return FORWARDERS.contains(name)
                ? new Listener(State.FORWARDER, ProcFolders.NONE, name, port, userId)
                : new Listener(State.FOUND, top, name, port, userId);
    }

    private Listener nobodyElse() {
        for (int pid : ownLine) {
            if (holds(pid)) {
                State state = pid == ownLine.get(0) ? State.THIS_PROCESS : State.ANCESTOR;
                return new Listener(state, ProcFolders.NONE, name(pid), port, userId);
            }
        }
        return new Listener(State.HIDDEN, ProcFolders.NONE, "", port, userId);
    }

    private boolean holds(int pid) {
        OpenFiles files = new OpenFiles(procRoot, pid);
        boolean any = files.findAny(links, Integer.MAX_VALUE);
        held = any ? files.link() : held;
        return any;
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

    /** The open files of one process; none if it may not be looked at, or has ended. */
    private static final class OpenFiles {

        final int pid;
        private final Path folder;
        private final String[] names;
        int next;

        OpenFiles(Path procRoot, int pid) {
            this.pid = pid;
            this.folder = ProcFolders.of(procRoot, pid).resolve("fd");
            String[] all = folder.toFile().list();
            this.names = all == null ? new String[0] : all;
        }

        boolean isDone() {
            return next >= names.length;
        }

        boolean findAny(Set<String> links, int most) {
            for (int i = 0; i < most && next < names.length; i++, next++) {
                if (links.contains(target(link()))) {
                    return true;
                }
            }
            return false;
        }

        Path link() {
            return folder.resolve(names[next]);
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
