package io.inferwatt.it.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One server by HTTP. Safe to use from many threads. */
final class Web {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;

    Web(URI base) {
        this.base = base;
    }

    /** Returns the body of an answer; throws {@link IOException} with it if the status is not 2xx. */
    String text(String path, String... namesAndValues) throws IOException {
        return body(HttpRequest.newBuilder(uri(path, namesAndValues)).GET());
    }

    JsonNode json(String path, String... namesAndValues) throws IOException {
        return JSON.readTree(text(path, namesAndValues));
    }

    /** Sends a POST without a body. */
    void post(String path) throws IOException {
        body(HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.noBody()));
    }

    /** Asks again and again until the answer is 2xx. */
    void awaitOk(String path, long seconds) throws IOException {
        long begin = System.nanoTime();
        while (true) {
            try {
                text(path);
                return;
            } catch (IOException notYet) {
                if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(seconds)) {
                    throw notYet;
                }
                LockSupport.parkNanos(BETWEEN_NANOS);
            }
        }
    }

    private URI uri(String path, String... namesAndValues) {
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            query.append(i == 0 ? '?' : '&')
                    .append(namesAndValues[i])
                    .append('=')
                    .append(URLEncoder.encode(namesAndValues[i + 1], UTF_8));
        }
        return base.resolve(path + query);
    }

    private static String body(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> answer = CLIENT.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IOException(answer.uri() + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer.body();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException().initCause(stopped);
        }
    }
}
