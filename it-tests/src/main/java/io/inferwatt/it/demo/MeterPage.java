package io.inferwatt.it.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Reads the agent's {@code /metrics} page over HTTP. */
public final class MeterPage {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long POLL_MILLIS = 250;

    private final URI address;
    private final HttpClient client;

    public MeterPage(URI address, HttpClient client) {
        this.address = address;
        this.client = client;
    }

    URI address() {
        return address;
    }

    public MetricsText read() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(address + " answered with status " + response.statusCode());
        }
        return MetricsText.parse(response.body());
    }

    /**
     * Returns the first reading that counts that many requests, or the last one before patience ends. The meter settles
     * calls and publishes about once a second.
     */
    public MetricsText readSettled(long requests) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        MetricsText text = read();
        while (text.sum("inferwatt_requests_total") < requests && System.nanoTime() < deadline) {
            Thread.sleep(POLL_MILLIS);
            text = read();
        }
        return text;
    }
}
