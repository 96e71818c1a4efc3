package io.inferwatt.exporters.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.inferwatt.exporters.http.Page.Answer;
import io.inferwatt.exporters.http.Page.Wish;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the page for a request and refuses all that is not a plain read by somebody on this machine. */
final class PageHandler implements HttpHandler {

    private final Map<String, Page> pages;
    private final RequestWorkers workers;

    PageHandler(Map<String, Page> pages, RequestWorkers workers) {
        this.pages = pages;
        this.workers = workers;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        workers.answering();
        try (exchange) {
            send(exchange, answer(exchange));
        }
    }

    private Answer answer(HttpExchange exchange) {
        Answer refusal = refuse(exchange);
        if (refusal != null) {
            return refusal;
        }
        Page page = pages.get(exchange.getRequestURI().getPath());
        if (page == null) {
            return Answer.text(
                    404,
                    "not found; there is "
                            + String.join(" ", pages.keySet().stream().sorted().toList()));
        }
        try {
            return page.answer(wish(exchange.getRequestHeaders()));
        } catch (IOException | RuntimeException e) {
            return Answer.text(500, "this page failed: " + e);
        }
    }

    private static @Nullable Answer refuse(HttpExchange exchange) {
        List<String> hosts = exchange.getRequestHeaders().getOrDefault("Host", List.of());
        boolean hostNeeded = !exchange.getProtocol().equalsIgnoreCase("HTTP/1.0");
        if (hosts.size() > 1 || (hosts.isEmpty() && hostNeeded)) {
            return Answer.text(400, "exactly one Host header is needed");
        }
        if (exchange.getRequestURI().getScheme() != null || !hosts.stream().allMatch(LoopbackNames::inHostHeader)) {
            return Answer.text(421, "this endpoint answers to loopback names only, such as 127.0.0.1 or localhost");
        }
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            return Answer.text(405, "only GET and HEAD are allowed");
        }
        return null;
    }

    private static Wish wish(Headers headers) {
        String accept = String.join(",", headers.getOrDefault("Accept", List.of()));
        String encodings = String.join(",", headers.getOrDefault("Accept-Encoding", List.of()));
        return new Wish(accept, acceptsGzip(encodings.toLowerCase(Locale.ROOT)));
    }

    private static boolean acceptsGzip(String encodings) {
        for (String part : encodings.split(",", -1)) {
            String encoding = part.replace(" ", "");
            if (encoding.equals("gzip") || (encoding.startsWith("gzip;q=") && !encoding.matches("gzip;q=0(\\.0*)?"))) {
                return true;
            }
        }
        return false;
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.contentType());
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Vary", "Accept, Accept-Encoding");
        if (answer.gzip()) {
            headers.set("Content-Encoding", "gzip");
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", Integer.toString(answer.body().length));
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }
}
