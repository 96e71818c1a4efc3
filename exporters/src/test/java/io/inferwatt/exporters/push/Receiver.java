package io.inferwatt.exporters.push;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A real HTTP server on loopback that keeps what is pushed to it and answers 200 unless told otherwise. */
final class Receiver implements AutoCloseable {

    private static final int RESET = -1;
    private static final int HANG = -2;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Request> taken = new CopyOnWriteArrayList<>();

    record Request(String method, URI uri, Map<String, List<String>> headers, byte[] body) {

        String header(String name) {
            return headers.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .map(entry -> entry.getValue().get(0))
                    .findFirst()
                    .orElse("");
        }
    }

    private record Reply(int status, Map<String, String> headers) {}

    Receiver() throws IOException {
        this(0);
    }

    Receiver(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** Makes the next requests end so; all later ones are answered 200. */
    Receiver next(int... statuses) {
        for (int status : statuses) {
            replies.add(new Reply(status, Map.of()));
        }
        return this;
    }

    Receiver next(int status, String header, String value) {
        replies.add(new Reply(status, Map.of(header, value)));
        return this;
    }

    Receiver nextIsReset() {
        return next(RESET);
    }

    Receiver nextHangs() {
        return next(HANG);
    }

    private void handle(HttpExchange exchange) throws IOException {
        Request request = new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                Map.copyOf(exchange.getRequestHeaders()),
                exchange.getRequestBody().readAllBytes());
        Reply reply = replies.poll();
        int status = reply == null ? 200 : reply.status();
        requests.add(request);
        if (status == HANG) {
            try {
                closed.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }
        if (status > 0) {
            if (reply != null) {
                reply.headers().forEach(exchange.getResponseHeaders()::set);
            }
            if (status < 300) {
                taken.add(request);
            }
            exchange.sendResponseHeaders(status, -1);
        }
        exchange.close();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** All that came, whatever was answered. */
    List<Request> requests() {
        return requests;
    }

    /** What was answered with 2xx. */
    List<Request> taken() {
        return taken;
    }

    static void await(BooleanSupplier wanted) {
        long begin = System.nanoTime();
        while (!wanted.getAsBoolean()) {
            if (System.nanoTime() - begin > LONGEST_NANOS) {
                throw new AssertionError("waited in vain");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
