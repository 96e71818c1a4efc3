package io.inferwatt.it.servers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between a scraper and what it scrapes, passes all on unchanged, and keeps what the two have agreed on. */
public final class ScrapeTap implements AutoCloseable {

    private static final List<String> PASSED_ON =
            List.of("Accept", "Accept-Encoding", "User-Agent", "X-Prometheus-Scrape-Timeout-Seconds");

    private final HttpServer server;
    private final URI target;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Scrape> scrapes = new CopyOnWriteArrayList<>();

    /**
     * One scrape.
     *
     * @param accept what the scraper takes
     * @param type content type of the answer
     * @param encoding content encoding of the answer, empty if none
     * @param bytes of the answer's body as it was sent
     */
    public record Scrape(String accept, String type, String encoding, int bytes) {}

    private ScrapeTap(HttpServer server, URI target) {
        this.server = server;
        this.target = target;
    }

    /**
     * Listens on a free port of the loopback interface.
     *
     * @param target where every request goes, whatever its path
     */
    public static ScrapeTap before(URI target) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ScrapeTap tap = new ScrapeTap(server, target);
        server.createContext("/", tap::passOn);
        server.start();
        return tap;
    }

    private void passOn(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpRequest.Builder request = HttpRequest.newBuilder(target);
            for (String name : PASSED_ON) {
                exchange.getRequestHeaders()
                        .getOrDefault(name, List.of())
                        .forEach(value -> request.header(name, value));
            }
            HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
            String type = answer.headers().firstValue("Content-Type").orElse("");
            String encoding = answer.headers().firstValue("Content-Encoding").orElse("");
            exchange.getResponseHeaders().set("Content-Type", type);
            if (!encoding.isEmpty()) {
                exchange.getResponseHeaders().set("Content-Encoding", encoding);
            }
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
            String accept = String.join(",", exchange.getRequestHeaders().getOrDefault("Accept", List.of()));
            scrapes.add(new Scrape(accept, type, encoding, answer.body().length));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the address to scrape in the target's place. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** Returns the scrapes so far. */
    public List<Scrape> scrapes() {
        return List.copyOf(scrapes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
