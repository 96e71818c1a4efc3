package io.inferwatt.it.bench;

import io.inferwatt.it.servers.Prometheus;
import io.inferwatt.it.servers.PrometheusConfig;
import io.inferwatt.it.servers.RealServer;
import io.inferwatt.it.servers.Series;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/** How large a page of metrics is and how long a scrape takes, for few, some and many models, by hand and by a real Prometheus. */
final class ScrapeBenchmark {

    /** A page has some 90 series and 37 for each model. */
    private static final List<Integer> MODELS = List.of(1, 7, 53);

    private static final int SCRAPES = Integer.getInteger("bench.scrapes", 60);
    private static final int COLD_SCRAPES = 10;
    private static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0";
    /** A page is served again for a second. */
    private static final long BETWEEN_SCRAPES_MILLIS = 1100;

    private final Path folder;
    private final HttpClient client = HttpClient.newHttpClient();

    private ScrapeBenchmark(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.out.println(Machine.describe());
        try (Scratch scratch = Scratch.make()) {
            ScrapeBenchmark benchmark = new ScrapeBenchmark(scratch.folder());
            System.out.printf("%n%d scrapes after %d that do not count, times in ms%n%n", SCRAPES, COLD_SCRAPES);
            System.out.println(
                    "| models | series | body, kB | gzip, kB | fastest | median | 90 % | Prometheus: median | 90 % |");
            System.out.println("|---|---|---|---|---|---|---|---|---|");
            for (int models : MODELS) {
                benchmark.row(models);
            }
        }
    }

    private void row(int models) throws IOException, InterruptedException {
        Path own = Files.createTempDirectory(folder, "models");
        try (ChildJvm agent = ChildJvm.start(
                Arm.inferwatt("metrics.models.max=" + (models + 1)),
                ModelsApplication.class,
                own.toString(),
                String.valueOf(models),
                "1")) {
            String address = agent.awaitErr("metrics at ");
            URI metrics = URI.create(address.substring(0, address.indexOf("/metrics") + "/metrics".length()));
            Figures millis = new Figures();
            for (int i = -COLD_SCRAPES; i < SCRAPES; i++) {
                TimeUnit.MILLISECONDS.sleep(BETWEEN_SCRAPES_MILLIS);
                long begin = System.nanoTime();
                gzipped(metrics);
                if (i >= 0) {
                    millis.add((System.nanoTime() - begin) / 1e6);
                }
            }
            byte[] gzip = gzipped(metrics);
            String body = plain(gzip);
            long series = body.lines().filter(line -> !line.startsWith("#")).count();
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %d | %.1f | %.1f | %.1f | %.1f | %.1f | %s |%n",
                    models,
                    series,
                    body.length() / 1e3,
                    gzip.length / 1e3,
                    millis.quantile(0),
                    millis.median(),
                    millis.quantile(0.9),
                    byPrometheus(metrics));
        }
    }

    /** Returns median and ninth decile of what the server says of its own scrapes, as cells of the table. */
    private String byPrometheus(URI metrics) throws IOException, InterruptedException {
        if (RealServer.PROMETHEUS.path().isEmpty()) {
            return RealServer.PROMETHEUS.missing() + " | ";
        }
        PrometheusConfig config = PrometheusConfig.every("1s").scrape("bench", metrics);
        try (Prometheus prometheus = Prometheus.start(Files.createTempDirectory(folder, "prometheus"), config)) {
            TimeUnit.SECONDS.sleep(SCRAPES);
            return cell(prometheus, 0.5) + " | " + cell(prometheus, 0.9);
        }
    }

    private static String cell(Prometheus prometheus, double quantile) throws IOException {
        List<Series> answer = prometheus.query(
                "1000 * quantile_over_time(" + quantile + ", scrape_duration_seconds[" + SCRAPES + "s])");
        return answer.isEmpty()
                ? "no scrape"
                : String.format(Locale.ROOT, "%.1f", answer.get(0).value());
    }

    private byte[] gzipped(URI metrics) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(metrics)
                .header("Accept", OPEN_METRICS)
                .header("Accept-Encoding", "gzip")
                .build();
        return client.send(request, BodyHandlers.ofByteArray()).body();
    }

    private static String plain(byte[] gzip) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
