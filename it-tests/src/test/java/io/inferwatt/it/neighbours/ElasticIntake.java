package io.inferwatt.it.neighbours;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.InflaterInputStream;

/** What Elastic's agent takes for its server: keeps the events that it sends, each a line of JSON. Thread-safe. */
final class ElasticIntake implements AutoCloseable {

    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(40);
    private static final byte[] VERSION = "{\"version\":\"8.15.0\"}".getBytes(StandardCharsets.UTF_8);

    private final ObjectMapper json = new ObjectMapper();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    ElasticIntake() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, VERSION.length);
            exchange.getResponseBody().write(VERSION);
            exchange.close();
        });
        server.createContext("/intake/v2/events", this::receive);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (InputStream plain = exchange.getRequestBody();
                InputStream body = "deflate".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))
                        ? new InflaterInputStream(plain)
                        : plain;
                BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                events.add(json.readTree(line));
            }
        } catch (EOFException cut) {
            // The agent ends with its JVM; whole lines are kept.
        }
        exchange.sendResponseHeaders(202, -1);
        exchange.close();
    }

    /** Waits for so many events of a kind, and returns all that are there then. */
    List<JsonNode> await(int count, String kind) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < LONGEST_NANOS) {
            List<JsonNode> found = all(kind);
            if (found.size() >= count) {
                return found;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        throw new AssertionError("waited for " + count + " of " + kind + "; there are " + events);
    }

    /** Returns the events of a kind, such as {@code transaction}. */
    List<JsonNode> all(String kind) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode event : events) {
            if (event.has(kind)) {
                found.add(event.get(kind));
            }
        }
        return found;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
