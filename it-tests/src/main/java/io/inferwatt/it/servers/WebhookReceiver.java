package io.inferwatt.it.servers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Takes what is posted to it as JSON, such as the notifications of an Alertmanager. */
public final class WebhookReceiver implements AutoCloseable {

    private static final long LONGEST_SECONDS = 120;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();

    private WebhookReceiver(HttpServer server) {
        this.server = server;
    }

    /** Listens on a free port of the loopback interface. */
    public static WebhookReceiver start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        WebhookReceiver receiver = new WebhookReceiver(server);
        server.createContext("/", receiver::take);
        server.start();
        return receiver;
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            received.add(JSON.readTree(exchange.getRequestBody()));
            exchange.sendResponseHeaders(200, -1);
        }
    }

    /** Returns the address to post to. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** Takes what was posted, in order, until something is as wanted, and returns that. */
    public JsonNode await(String what, Predicate<JsonNode> wanted) throws InterruptedException {
        List<JsonNode> others = new ArrayList<>();
        long begin = System.nanoTime();
        while (true) {
            long leftNanos = TimeUnit.SECONDS.toNanos(LONGEST_SECONDS) - (System.nanoTime() - begin);
            JsonNode next = received.poll(leftNanos, TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new AssertionError("waited for " + what + ", got " + others);
            }
            if (wanted.test(next)) {
                return next;
            }
            others.add(next);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
