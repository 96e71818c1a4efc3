package io.inferwatt.it.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** One server on the loopback interface that answers scrapes in the name of many JVMs. */
final class FleetTargets implements AutoCloseable {

    private static final int THREADS = 4;
    private static final String NAME = "jvm-";

    private final HttpServer server;
    private final ExecutorService workers = Executors.newFixedThreadPool(THREADS);
    private final GrowingPage page;
    private final long startNanos = System.nanoTime();

    private FleetTargets(HttpServer server, GrowingPage page) {
        this.server = server;
        this.page = page;
    }

    static FleetTargets serve(GrowingPage page) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        FleetTargets targets = new FleetTargets(server, page);
        server.createContext("/metrics", targets::answer);
        server.setExecutor(targets.workers);
        server.start();
        return targets;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = exchange.getRequestURI().getQuery();
            int jvm = Integer.parseInt(query.substring(query.indexOf(NAME) + NAME.length()));
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            byte[] body = page.of(jvm, seconds).getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Returns what Prometheus calls one of the JVMs. */
    static URI jvm(int number) {
        return URI.create("http://" + NAME + number);
    }

    /** Returns the settings of a job whose targets are {@link #jvm JVMs}: names become a parameter of the one server's address. */
    String job() {
        return """
            relabel_configs:
              - source_labels: [__address__]
                target_label: __param_jvm
              - source_labels: [__address__]
                target_label: instance
              - target_label: __address__
                replacement: 127.0.0.1:%d
            """.formatted(server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
