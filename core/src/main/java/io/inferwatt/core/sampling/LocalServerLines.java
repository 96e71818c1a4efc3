package io.inferwatt.core.sampling;

import io.inferwatt.core.host.Listener;

/** What is said to a person of a server on this machine whose process cannot be metered. */
final class LocalServerLines {

    private static final String LOST = "; what it draws for its calls is counted as that of other processes; ";

    private LocalServerLines() {}

    static String of(String host, Listener listener) {
        return "model server " + host + ": "
                + switch (listener.state()) {
                    case NOBODY ->
                        "nothing listens on that port where this process can see it, as with a port that a container"
                                + " publishes" + LOST
                                + "to have it metered run both in one network namespace, such as a pod or the host's";
                    case HIDDEN ->
                        "the process that listens there, of user " + listener.userId() + ", cannot be seen from here"
                                + LOST
                                + "to have it metered run both as one user or give this process CAP_SYS_PTRACE, and let"
                                + " containers share process ids (shareProcessNamespace, --pid) or set"
                                + " energy.procfs.root to the host's /proc";
                    case FORWARDER ->
                        listener.name() + " listens there and only passes on" + LOST
                                + "to have it metered set the client to the port of the server itself";
                    case ANCESTOR ->
                        listener.name() + " listens there, which has started this process, so that the two cannot be"
                                + " told apart" + LOST
                                + "to have it metered start them one beside the other";
                    case NO_SOCKETS ->
                        "its process cannot be found, which takes the proc file system of Linux (net/tcp below"
                                + " energy.procfs.root)" + LOST
                                + "nothing else here tells one process from another";
                    case THIS_PROCESS, FOUND -> throw new IllegalArgumentException(listener.state() + " is no loss");
                };
    }
}
