package io.inferwatt.exporters.http;

import io.inferwatt.core.thread.SteadyThread;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Pages over HTTP/1.1, with TLS or without. Needs no module of the JDK but {@code java.base} and starts no logging. Its threads
 * are daemons: one for all connections, and two workers while requests come in.
 */
public final class HttpEndpoint implements AutoCloseable {

    private static final int BACKLOG = 128;
    private static final long LONGEST_END_MILLIS = TimeUnit.SECONDS.toMillis(2);

    private final URI address;
    private final Workers workers;
    private final EndpointLoop loop;
    private final Thread thread;

    private HttpEndpoint(URI address, Workers workers, EndpointLoop loop, Thread thread) {
        this.address = address;
        this.workers = workers;
        this.loop = loop;
        this.thread = thread;
    }

    /**
     * Opens the endpoint.
     *
     * @param pages by path
     * @param onWorker told of each thread that serves requests, on that thread, when it starts
     * @param warnings takes a line for each page that fails for the first time; called from any thread
     * @throws IOException when the port is taken or not permitted, or the address is none of this machine
     */
    public static HttpEndpoint start(
            Opening opening, Map<String, Page> pages, Consumer<Thread> onWorker, Consumer<String> warnings)
            throws IOException {
        return start(opening, opening.isExposed() ? Limits.EXPOSED : Limits.LOOPBACK, pages, onWorker, warnings);
    }

    static HttpEndpoint start(
            Opening opening,
            Limits limits,
            Map<String, Page> pages,
            Consumer<Thread> onWorker,
            Consumer<String> warnings)
            throws IOException {
        Responder responder = new Responder(
                pages,
                new HostNames(opening.names(), opening.isExposed()),
                opening.access().orElse(null),
                opening.isExposed(),
                warnings);
        ServerSocketChannel server = bound(opening);
        Selector selector = null;
        try {
            selector = Selector.open();
            Workers workers = new Workers(onWorker);
            EndpointLoop loop = new EndpointLoop(
                    server, selector, limits, responder, workers, opening.tls().orElse(null), warnings);
            Thread thread = new SteadyThread("inferwatt-http", Workers.telling(onWorker, loop));
            thread.start();
            return new HttpEndpoint(address(server, opening.tls().isPresent()), workers, loop, thread);
        } catch (IOException | RuntimeException | Error e) {
            server.close();
            if (selector != null) {
                selector.close();
            }
            throw e;
        }
    }

    private static ServerSocketChannel bound(Opening opening) throws IOException {
        ServerSocketChannel server = open(opening.address());
        try {
            // As servers do: a port whose last connections still fade away is free.
            server.setOption(StandardSocketOptions.SO_REUSEADDR, !isWindows());
            server.configureBlocking(false);
            return server.bind(new InetSocketAddress(opening.address(), opening.port()), BACKLOG);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** A socket for both families would turn 0.0.0.0 into all addresses of both. */
    private static ServerSocketChannel open(InetAddress address) throws IOException {
        try {
            return ServerSocketChannel.open(
                    address instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        } catch (UnsupportedOperationException e) {
            throw new IOException("this Java runtime does not use that kind of address", e);
        }
    }

    /** There the option would let two servers share a port. */
    private static boolean isWindows() {
        return System.getProperty("os.name", "").startsWith("Windows");
    }

    private static URI address(ServerSocketChannel server, boolean tls) throws IOException {
        InetSocketAddress bound = (InetSocketAddress) server.getLocalAddress();
        String literal = bound.getAddress().getHostAddress();
        return URI.create((tls ? "https://" : "http://") + (literal.contains(":") ? "[" + literal + "]" : literal) + ":"
                + bound.getPort() + "/");
    }

    /** Returns where the pages are: scheme, literal address and the port in use. */
    public URI address() {
        return address;
    }

    /** Returns how many connections are open. */
    int connections() {
        return loop.connections();
    }

    /** Closes all connections and ends the threads; the port is free when it returns. */
    @Override
    public void close() {
        loop.end();
        workers.close();
        try {
            thread.join(LONGEST_END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
