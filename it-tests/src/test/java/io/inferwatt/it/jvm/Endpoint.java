package io.inferwatt.it.jvm;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** The agent's endpoint, as a scraper sees it. */
public final class Endpoint {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI address;

    private Endpoint(URI address) {
        this.address = address;
    }

    /** Waits for the start line, which tells where the metrics are. */
    public static Endpoint of(AgentRun run) throws InterruptedException {
        String line = run.awaitErr("metrics at ");
        return new Endpoint(URI.create(line.substring(line.indexOf("http://"))));
    }

    /** Waits until the agent listens on a port that the test chose. */
    public static Endpoint at(int port) {
        Endpoint endpoint = new Endpoint(URI.create("http://127.0.0.1:" + port + "/metrics"));
        endpoint.await("an endpoint", page -> true);
        return endpoint;
    }

    public MetricsPage read() throws IOException {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("status " + answer.statusCode() + ": " + answer.body());
            }
            return new MetricsPage(answer.body());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }

    /** Reads again and again until the page is as wanted. */
    public MetricsPage await(String what, Predicate<MetricsPage> wanted) {
        long begin = System.nanoTime();
        String last = "";
        while (System.nanoTime() - begin < LONGEST_NANOS) {
            try {
                MetricsPage page = read();
                if (wanted.test(page)) {
                    return page;
                }
                last = page.text();
            } catch (IOException notYet) {
                last = notYet.toString();
            }
            LockSupport.parkNanos(BETWEEN_NANOS);
        }
        throw new AssertionError("waited for " + what + " at " + address + ", last was\n" + last);
    }
}
