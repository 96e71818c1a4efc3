package io.inferwatt.it.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Stands between a browser and the live page, and makes of its figures what a test wants to see there. */
final class LiveTap implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final URI target;
    private final AtomicReference<Consumer<ObjectNode>> change = new AtomicReference<>(live -> {});
    private final AtomicInteger status = new AtomicInteger(OK);

    private LiveTap(HttpServer server, URI target) {
        this.server = server;
        this.target = target;
    }

    /** @param target the page's address, which ends with a slash */
    static LiveTap before(URI target) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        LiveTap tap = new LiveTap(server, target);
        server.setExecutor(tap.threads);
        server.createContext("/", tap::passOn);
        server.start();
        return tap;
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** @param next done to all figures from now on */
    void change(Consumer<ObjectNode> next) {
        change.set(next);
    }

    /** @param next with which figures are answered from now on; without them unless it is 200 */
    void status(int next) {
        status.set(next);
    }

    private void passOn(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring(1);
            boolean figures = path.startsWith("api/v1/");
            if (figures && status.get() != OK) {
                exchange.sendResponseHeaders(status.get(), -1);
                return;
            }
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(target.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
            byte[] body = (figures ? changed(answer.body()) : answer.body()).getBytes(StandardCharsets.UTF_8);
            answer.headers()
                    .firstValue("Content-Type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
            exchange.sendResponseHeaders(answer.statusCode(), body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** An event has some words before its figures. */
    private String changed(String body) throws IOException {
        int begin = body.indexOf('{');
        int end = body.lastIndexOf('}') + 1;
        ObjectNode live = (ObjectNode) JSON.readTree(body.substring(begin, end));
        change.get().accept(live);
        return body.substring(0, begin) + JSON.writeValueAsString(live) + body.substring(end);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
