package io.inferwatt.core.testservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Connections on loopback, each served on a thread of its own by whatever is told. For servers that no HTTP server would be. */
public final class Connections implements AutoCloseable {

    private static final int BACKLOG = 200;

    private final ServerSocket socket;
    private final String threads;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** What is done with a connection, which is closed afterwards. What it throws means that the client has gone, or the test is over. */
    @FunctionalInterface
    public interface Service {

        void serve(Socket client) throws IOException;
    }

    private Connections(String threads) {
        this.threads = threads;
        try {
            socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens any free port; nobody is served before {@link #serveBy}, and nobody refused. */
    public static Connections open(String threads) {
        return new Connections(threads);
    }

    /** Serves who has come and who comes. */
    public void serveBy(Service service) {
        daemon(() -> accept(service));
    }

    /** Returns the address without a slash at its end. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /** Returns whether a service that has no end by itself is to come to one. */
    public boolean areClosed() {
        return closed;
    }

    private void daemon(Runnable task) {
        Thread thread = new Thread(task, threads);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(Service service) {
        while (!closed) {
            try {
                Socket client = socket.accept();
                open.add(client);
                daemon(() -> serve(client, service));
            } catch (IOException end) {
                return;
            }
        }
    }

    private void serve(Socket client, Service service) {
        try (client) {
            service.serve(client);
        } catch (IOException | RuntimeException gone) {
            // The client has had enough, or the test is over.
        } finally {
            open.remove(client);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            socket.close();
            for (Socket client : open) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
