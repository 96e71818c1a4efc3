package io.inferwatt.it.neighbours;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A receiver of OTLP over HTTP that keeps all spans it gets, and a Pushgateway that only counts. Thread-safe. */
final class SpanCollector implements AutoCloseable {

    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(40);

    private final HttpServer server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final AtomicInteger pushes = new AtomicInteger();
    private final AtomicInteger tracedPushes = new AtomicInteger();

    SpanCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", this::receive);
        server.createContext("/metrics/", this::push);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (InputStream plain = exchange.getRequestBody();
                InputStream body = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))
                        ? new GZIPInputStream(plain)
                        : plain) {
            ExportTraceServiceRequest.parseFrom(body).getResourceSpansList().stream()
                    .flatMap(resource -> resource.getScopeSpansList().stream())
                    .forEach(scope -> spans.addAll(scope.getSpansList()));
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private void push(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        pushes.incrementAndGet();
        if (exchange.getRequestHeaders().containsKey("traceparent")) {
            tracedPushes.incrementAndGet();
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    /** Returns how often metrics were pushed. */
    int pushes() {
        return pushes.get();
    }

    /** Returns how many of the pushes were part of a trace. */
    int tracedPushes() {
        return tracedPushes.get();
    }

    /** Waits for so many spans of a kind, and returns all that are there then. */
    List<Span> await(int count, Predicate<Span> wanted) {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < LONGEST_NANOS) {
            List<Span> found = all(wanted);
            if (found.size() >= count) {
                return found;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
        throw new AssertionError("waited for " + count + " spans; there are " + names());
    }

    List<Span> all(Predicate<Span> wanted) {
        return spans.stream().filter(wanted).toList();
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        spans.forEach(span -> names.add(span.getKind() + " " + span.getName()));
        return names;
    }

    /** Returns what a span has under that name, null if nothing. */
    static @Nullable AnyValue attribute(Span span, String name) {
        for (KeyValue attribute : span.getAttributesList()) {
            if (attribute.getKey().equals(name)) {
                return attribute.getValue();
            }
        }
        return null;
    }

    static boolean has(Span span, String name) {
        return attribute(span, name) != null;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
