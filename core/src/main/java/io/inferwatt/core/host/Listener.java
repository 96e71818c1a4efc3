package io.inferwatt.core.host;

/**
 * What a search for the process behind an address has found.
 *
 * @param pid of the process, {@value ProcFolders#NONE} unless it can be followed
 * @param name of its program if known, else empty
 * @param port where it listens, 0 if nobody does
 * @param userId of the user that opened the port, as far as known, else -1
 */
public record Listener(State state, int pid, String name, int port, long userId) {

    /** How a search ends. */
    public enum State {
        /** The process is known and can be followed. */
        FOUND,
        /** Nobody listens there in the network namespace of this process. */
        NOBODY,
        /** Somebody does, but no process that can be seen from here holds the port. */
        HIDDEN,
        /** It is a program that only passes on to elsewhere, such as a tunnel. */
        FORWARDER,
        /** It is this process. */
        THIS_PROCESS,
        /** It is a process that has started this one, so that all that this one does is part of it. */
        ANCESTOR,
        /** There is no list of sockets here: not Linux, or not mounted. */
        NO_SOCKETS
    }

    static Listener nobody() {
        return new Listener(State.NOBODY, ProcFolders.NONE, "", 0, -1);
    }

    static Listener noSockets() {
        return new Listener(State.NO_SOCKETS, ProcFolders.NONE, "", 0, -1);
    }
}
