package io.inferwatt.it.servers;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * A Prometheus server on a free port of the loopback interface. It takes remote write, keeps exemplars, and can be told to read its file
 * again. Safe to ask from many threads.
 */
public final class Prometheus implements AutoCloseable {

    private static final String FILE = "prometheus.yml";
    private static final long LONGEST_SECONDS = 90;
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Path folder;
    private final ServerRun run;
    private final Web web;

    private Prometheus(Path folder, ServerRun run) {
        this.folder = folder;
        this.run = run;
        web = new Web(run.address());
    }

    /**
     * Starts a server and waits until it is ready.
     *
     * @param folder for its file and its data; one that a server has used before goes on with what is there
     * @param options further ones of its command line
     * @throws IOException with its last lines if it does not become ready, or if it is not installed
     */
    public static Prometheus start(Path folder, PrometheusConfig config, String... options) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(FILE), config.text());
        List<String> command = new ArrayList<>(List.of(
                "--config.file=" + FILE,
                "--storage.tsdb.path=data",
                "--web.listen-address=127.0.0.1:0",
                "--web.enable-lifecycle",
                "--web.enable-remote-write-receiver",
                "--enable-feature=exemplar-storage"));
        command.addAll(List.of(options));
        return new Prometheus(folder, ServerRun.start(RealServer.PROMETHEUS, folder, command));
    }

    /** Returns the address, without a path. */
    public URI address() {
        return run.address();
    }

    /** Makes it work by another file from now on. */
    public void reload(PrometheusConfig config) throws IOException {
        Files.writeString(folder.resolve(FILE), config.text());
        web.post("/-/reload");
    }

    /** Returns the answer to a PromQL expression, as of now. */
    public List<Series> query(String expression) throws IOException {
        return Series.of(data("/api/v1/query", "query", expression));
    }

    /** Returns the answer to a PromQL expression, as of a moment. */
    public List<Series> query(String expression, Instant moment) throws IOException {
        return Series.of(data("/api/v1/query", "query", expression, "time", seconds(moment)));
    }

    /** Returns the answers to a PromQL expression from one moment to another. */
    public List<Series> queryRange(String expression, Instant begin, Instant end, double stepSeconds)
            throws IOException {
        return Series.of(data(
                "/api/v1/query_range",
                "query",
                expression,
                "start",
                seconds(begin),
                "end",
                seconds(end),
                "step",
                String.valueOf(stepSeconds)));
    }

    /** Returns the sum of the values that an expression has now, 0 if it has none. */
    public double sum(String expression) throws IOException {
        return query(expression).stream().mapToDouble(Series::value).sum();
    }

    /** Asks again and again until the answer is as wanted; fails with the last answer and the server's lines. */
    public List<Series> await(String what, String expression, Predicate<List<Series>> wanted) throws IOException {
        long begin = System.nanoTime();
        while (true) {
            List<Series> answer = query(expression);
            if (wanted.test(answer)) {
                return answer;
            }
            if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(LONGEST_SECONDS)) {
                throw new AssertionError(
                        "waited for " + what + ": " + expression + " is " + answer + " in " + this + "\n" + targets());
            }
            LockSupport.parkNanos(BETWEEN_NANOS);
        }
    }

    /** Returns {@code activeTargets}. */
    public JsonNode targets() throws IOException {
        return data("/api/v1/targets", "state", "active").get("activeTargets");
    }

    /** Returns the groups of rules, with the health and the latest error of each. */
    public JsonNode rules() throws IOException {
        return data("/api/v1/rules").get("groups");
    }

    /** Returns the pending and the firing alerts. */
    public JsonNode alerts() throws IOException {
        return data("/api/v1/alerts").get("alerts");
    }

    /** Returns types and help texts of the scraped families, by name. */
    public JsonNode metadata() throws IOException {
        return data("/api/v1/metadata");
    }

    /** Returns the exemplars of the series that an expression reads. */
    public JsonNode exemplars(String expression, Instant begin, Instant end) throws IOException {
        return data("/api/v1/query_exemplars", "query", expression, "start", seconds(begin), "end", seconds(end));
    }

    /**
     * Returns the sum of the series of one name among the server's metrics of itself; throws if there are none.
     *
     * @param texts that each of them holds, such as {@code state="active"}
     */
    public double own(String name, String... texts) throws IOException {
        List<String> lines = web.text("/metrics")
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> Arrays.stream(texts).allMatch(line::contains))
                .toList();
        if (lines.isEmpty()) {
            throw new IOException(address() + " has no metric " + name + " " + List.of(texts) + " of itself");
        }
        return lines.stream()
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Returns the last lines that the server wrote. */
    public String log() {
        return run.log();
    }

    /** Returns the data of an answer of the server's API; throws {@link IOException} with the server's error. */
    public JsonNode data(String path, String... namesAndValues) throws IOException {
        return web.json(path, namesAndValues).get("data");
    }

    private static String seconds(Instant moment) {
        return BigDecimal.valueOf(moment.toEpochMilli(), 3).toPlainString();
    }

    @Override
    public void close() {
        run.close();
    }

    @Override
    public String toString() {
        return run.toString();
    }
}
