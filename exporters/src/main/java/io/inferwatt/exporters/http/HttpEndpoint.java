package io.inferwatt.exporters.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Pages on a loopback address, served by the JDK's own server. All threads are daemons: the server's dispatcher and
 * timer, at most two workers and their watch; the last three only while requests come in.
 */
public final class HttpEndpoint implements AutoCloseable {

    private static final int BACKLOG = 16;

    private final HttpServer server;
    private final RequestWorkers workers;

    private HttpEndpoint(HttpServer server, RequestWorkers workers) {
        this.server = server;
        this.workers = workers;
    }

    /**
     * Opens the endpoint.
     *
     * @param loopback the address to bind to
     * @param port 0 for any free one
     * @param pages by path
     * @param onWorker told of each thread that serves requests, on that thread, when it starts
     * @throws IOException when the port is taken or not permitted
     * @throws LinkageError when this Java runtime lacks the module {@code jdk.httpserver}
     */
    public static HttpEndpoint start(InetAddress loopback, int port, Map<String, Page> pages, Consumer<Thread> onWorker)
            throws IOException {
        return start(loopback, port, pages, new RequestWorkers(RequestWorkers.Patience.DEFAULT, onWorker));
    }

    static HttpEndpoint start(InetAddress loopback, int port, Map<String, Page> pages, RequestWorkers workers)
            throws IOException {
        if (!loopback.isLoopbackAddress()) {
            throw new IOException(loopback + " is not a loopback address");
        }
        FutureTask<HttpEndpoint> start =
                new FutureTask<>(() -> open(new InetSocketAddress(loopback, port), pages, workers));
        // The server's dispatcher is a daemon only if the thread that starts it is one.
        Thread starter = new Thread(null, start, "inferwatt-http-start", 0, false);
        starter.setDaemon(true);
        starter.setContextClassLoader(HttpEndpoint.class.getClassLoader());
        starter.start();
        try {
            return start.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while opening port " + port);
        } catch (ExecutionException e) {
            throw asIoException(e.getCause());
        }
    }

    private static HttpEndpoint open(InetSocketAddress address, Map<String, Page> pages, RequestWorkers workers)
            throws IOException {
        HttpServer server = HttpServer.create(address, BACKLOG);
        server.setExecutor(workers);
        server.createContext("/", new PageHandler(Map.copyOf(pages), workers));
        server.start();
        return new HttpEndpoint(server, workers);
    }

    private static IOException asIoException(@Nullable Throwable cause) {
        if (cause instanceof LinkageError error) {
            throw error;
        }
        return cause instanceof IOException io ? io : new IOException(cause);
    }

    /** Returns where the pages are: scheme, literal address and the port in use. */
    public URI address() {
        InetSocketAddress bound = server.getAddress();
        String literal = bound.getAddress().getHostAddress();
        return URI.create(
                "http://" + (literal.contains(":") ? "[" + literal + "]" : literal) + ":" + bound.getPort() + "/");
    }

    @Override
    public void close() {
        // Workers first: their interrupt frees those that wait for a client.
        workers.close();
        server.stop(0);
    }
}
