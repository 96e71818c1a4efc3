package io.inferwatt.core.sampling;

import io.inferwatt.core.host.ProcessTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A process with its children that serves models, and the addresses by which calls ask it. Sampler thread only. */
final class ServerProcess {

    /** So often it is looked for new children, and whether the addresses are its own still. */
    private static final long LOOK_NANOS = 1_000_000_000;

    private final ProcessTree tree;
    private final List<FollowedServer> addresses = new ArrayList<>();
    private boolean looked;
    private boolean looking;
    private long lookedNanos;

    private ServerProcess(ProcessTree tree) {
        this.tree = tree;
    }

    /** @throws IOException if it has ended */
    static ServerProcess follow(Path procRoot, int pid) throws IOException {
        return new ServerProcess(ProcessTree.follow(procRoot, pid));
    }

    int pid() {
        return tree.pid();
    }

    /** Returns the ids of the process and those it started. */
    IntStream pids() {
        return tree.pids();
    }

    String name() {
        return tree.name();
    }

    boolean contains(int pid) {
        return tree.contains(pid);
    }

    void add(FollowedServer address) {
        addresses.add(address);
        address.follow(this);
    }

    List<FollowedServer> addresses() {
        return addresses;
    }

    /** Returns whether a key asks it at any of its addresses. */
    boolean takesPart(int key) {
        for (int i = 0; i < addresses.size(); i++) {
            if (addresses.get(i).takesPart(key)) {
                return true;
            }
        }
        return false;
    }

    /** Looks for new children while it is asked; returns whether a look has just been completed. */
    boolean look(int mostFiles, int keys, long nowNanos) {
        if (!looking) {
            boolean due = !looked || nowNanos - lookedNanos >= LOOK_NANOS;
            looking = due && (!looked || isAsked(keys));
        }
        if (looking && tree.look(mostFiles, nowNanos)) {
            looking = false;
            looked = true;
            lookedNanos = nowNanos;
            return true;
        }
        return false;
    }

    /** Returns whether a call is, or was since the last look, in flight with it. */
    boolean isAsked(int keys) {
        for (FollowedServer address : addresses) {
            if (address.isAsked(keys)) {
                return true;
            }
        }
        return false;
    }

    /** Lets go the addresses where it listens no more. */
    void checkAddresses() {
        for (int i = addresses.size() - 1; i >= 0; i--) {
            if (!addresses.get(i).isStillThere()) {
                addresses.remove(i).lose();
            }
        }
    }

    /** Returns the processor time that the processes have used since the previous call. */
    long usedNanos(long nowNanos) {
        return tree.usedNanos(nowNanos);
    }

    /** Returns whether there is nothing to follow: it has ended, or no address is left. */
    boolean isOver() {
        return addresses.isEmpty() || !tree.isAlive();
    }

    void close() {
        addresses.forEach(FollowedServer::lose);
        addresses.clear();
        tree.close();
    }
}
