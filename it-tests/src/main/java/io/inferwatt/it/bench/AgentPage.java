package io.inferwatt.it.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The metrics of an Inferwatt agent under measurement. */
final class AgentPage {

    static final String REQUESTS = "inferwatt_requests_total";
    /** Readings of all energy counters. */
    static final String SAMPLES = "inferwatt_sampler_samples_total";

    /** A page is served again for a second. */
    private static final long BETWEEN_LOOKS_MILLIS = 1100;

    private static final int LOOKS = 10;

    private final URI metrics;
    private final HttpClient client = HttpClient.newHttpClient();

    private AgentPage(URI metrics) {
        this.metrics = metrics;
    }

    /** Waits for the agent's start line, which tells the address. */
    static AgentPage of(ChildJvm agent) throws IOException, InterruptedException {
        String address = agent.awaitErr("metrics at ");
        return new AgentPage(URI.create(address.substring(0, address.indexOf("/metrics") + "/metrics".length())));
    }

    /** Returns the sum of all series of this name, on a page that is at most a second old. */
    double sum(String name) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(metrics).build();
        List<String> series = client.send(request, BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .toList();
        if (series.isEmpty()) {
            throw new IOException("no " + name + " at " + metrics);
        }
        return series.stream()
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Returns a sum of counts once there are as many as expected, and after some seconds in any case. */
    long awaitCount(String name, long expected) throws IOException, InterruptedException {
        long count = Math.round(sum(name));
        for (int i = 0; i < LOOKS && count < expected; i++) {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
            count = Math.round(sum(name));
        }
        return count;
    }
}
