package io.inferwatt.core.testservers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A real HTTP server on loopback that answers as it is told, byte by byte: for clients of remote models, unmodified. Replies are
 * given in the order in which they were told, the last one for ever.
 */
public final class WireServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "wire-server");
        thread.setDaemon(true);
        return thread;
    });
    private final Deque<Reply> replies = new ArrayDeque<>();
    private final List<Request> requests = new ArrayList<>();

    /** Starts a server on any free port. */
    public WireServer() {
        this(0);
    }

    public WireServer(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** What a client sent. */
    public record Request(String method, URI uri, Map<String, List<String>> headers, String body) {}

    /**
     * What the server answers.
     *
     * @param pieces parts of the body, each sent by itself
     * @param gate opened before the last piece is sent, before the headers if it is the only one; null for at once
     * @param cut whether the connection breaks after the pieces, before the body's end
     */
    public record Reply(
            int status, Map<String, String> headers, List<byte[]> pieces, CountDownLatch gate, boolean cut) {

        public static Reply json(String body) {
            return json(200, body);
        }

        public static Reply json(int status, String body) {
            return new Reply(
                    status,
                    Map.of("Content-Type", "application/json"),
                    List.of(body.getBytes(StandardCharsets.UTF_8)),
                    null,
                    false);
        }

        /** Server-sent events, each given as its lines without the empty one at the end. */
        public static Reply events(String... events) {
            List<byte[]> pieces = new ArrayList<>();
            for (String event : events) {
                pieces.add((event + "\n\n").getBytes(StandardCharsets.UTF_8));
            }
            return new Reply(200, Map.of("Content-Type", "text/event-stream"), pieces, null, false);
        }

        /** Lines of JSON, one object each. */
        public static Reply lines(String... lines) {
            List<byte[]> pieces = new ArrayList<>();
            for (String line : lines) {
                pieces.add((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return new Reply(200, Map.of("Content-Type", "application/x-ndjson"), pieces, null, false);
        }

        public static Reply bytes(String contentType, List<byte[]> pieces) {
            return new Reply(200, Map.of("Content-Type", contentType), pieces, null, false);
        }

        public Reply withHeader(String name, String value) {
            Map<String, String> more = new java.util.HashMap<>(headers);
            more.put(name, value);
            return new Reply(status, more, pieces, gate, cut);
        }

        /** The same, whose last piece waits for a gate. */
        public Reply heldBy(CountDownLatch opened) {
            return new Reply(status, headers, pieces, opened, cut);
        }

        /** The same, broken off after so many pieces. */
        public Reply cutAfter(int count) {
            return new Reply(status, headers, pieces.subList(0, count), gate, true);
        }
    }

    /** Returns the base address without a slash at its end, for instance {@code http://127.0.0.1:4711}. */
    public String address() {
        return "http://127.0.0.1:" + port();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Forgets what was told before, and answers so from now on. */
    public synchronized void answer(Reply... inOrder) {
        replies.clear();
        replies.addAll(List.of(inOrder));
    }

    /** Returns what was asked so far. */
    public synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    private synchronized Reply next(Request request) {
        requests.add(request);
        if (replies.isEmpty()) {
            return Reply.json(500, "{\"error\":{\"message\":\"nothing to answer\"}}");
        }
        return replies.size() == 1 ? replies.peek() : replies.poll();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Reply reply = next(new Request(
                exchange.getRequestMethod(), exchange.getRequestURI(), Map.copyOf(exchange.getRequestHeaders()), body));
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        long length = reply.pieces().stream().mapToLong(piece -> piece.length).sum();
        boolean whole = reply.pieces().size() == 1 && !reply.cut() && reply.gate() == null;
        try {
            if (reply.pieces().size() == 1) {
                await(reply.gate()); // before the headers: else a client may read the body on the thread that asked
            }
        } catch (IOException neverOpened) {
            exchange.close();
            return;
        }
        // A body that is cut is announced as longer: the server would end one of unknown length as if it were complete.
        exchange.sendResponseHeaders(reply.status(), reply.cut() ? length + 1 : length == 0 ? -1 : whole ? length : 0);
        try {
            send(exchange.getResponseBody(), reply);
            if (!reply.cut()) {
                exchange.getResponseBody().close();
            }
        } catch (IOException clientHasGone) {
            // As clients do that cancel.
        } finally {
            exchange.close();
        }
    }

    private static void send(OutputStream out, Reply reply) throws IOException {
        for (int i = 0; i < reply.pieces().size(); i++) {
            if (i > 0 && i == reply.pieces().size() - 1) {
                await(reply.gate());
            }
            out.write(reply.pieces().get(i));
            out.flush();
        }
    }

    private static void await(CountDownLatch gate) throws IOException {
        try {
            if (gate != null && !gate.await(60, TimeUnit.SECONDS)) {
                throw new IOException("nobody opened the gate");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
