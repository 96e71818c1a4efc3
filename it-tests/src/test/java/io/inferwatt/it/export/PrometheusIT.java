package io.inferwatt.it.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwatt.core.facade.MeteredCall;
import io.inferwatt.it.app.SwitchedLoad;
import io.inferwatt.it.demo.MetricsText;
import io.inferwatt.it.demo.MetricsText.Sample;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import io.inferwatt.it.live.FakeZone;
import io.inferwatt.it.servers.Prometheus;
import io.inferwatt.it.servers.PrometheusConfig;
import io.inferwatt.it.servers.Promtool;
import io.inferwatt.it.servers.RealServer;
import io.inferwatt.it.servers.ScrapeTap;
import io.inferwatt.it.servers.Series;
import io.inferwatt.it.servers.Servers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packaged agent under load, scraped by a real Prometheus. */
class PrometheusIT {

    private static final String MINE = "{__name__=~\"inferwatt_.+\",job=\"shop\"}";
    private static final String REQUESTS = "inferwatt_requests_total";
    /** What the meter does itself goes on when the application rests. */
    private static final List<String> NEVER_STILL =
            List.of("inferwatt_agent_", "inferwatt_sampler_", "inferwatt_meter_");

    /** What Prometheus says of samples that it did not want. */
    private static final List<String> REFUSALS = List.of(
            "prometheus_target_scrapes_sample_duplicate_timestamp_total",
            "prometheus_target_scrapes_sample_out_of_order_total",
            "prometheus_target_scrapes_sample_out_of_bounds_total",
            "prometheus_target_scrapes_exceeded_sample_limit_total",
            "prometheus_target_scrapes_exceeded_body_size_limit_total",
            "prometheus_target_scrapes_exemplar_out_of_order_total",
            "prometheus_tsdb_out_of_order_samples_total",
            "prometheus_tsdb_out_of_bound_samples_total");

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    @BeforeEach
    void servers() {
        Servers.assumeInstalled(RealServer.PROMETHEUS);
    }

    private Path counters() throws IOException {
        return Files.createDirectories(folder.resolve("powercap"));
    }

    private AgentRun application(Path java) throws IOException {
        return Launch.of(java)
                .classPath(Launch.whereIs(MeteredCall.class))
                .agent(
                        "http.port=0",
                        "energy.powercap.root=" + counters(),
                        "budget.team-a.limit=5 kWh",
                        "budget.state.file=" + folder.resolve("state"))
                .main(SwitchedLoad.class, "small", "large");
    }

    private static URI metrics(AgentRun run) throws InterruptedException {
        String line = run.awaitErr("metrics at ");
        return URI.create(line.substring(line.indexOf("http://")));
    }

    private static void say(AgentRun run, String word) throws Exception {
        run.say(word);
        run.awaitOut(word);
    }

    @ParameterizedTest
    @MethodSource("javas")
    void scrapedFigures_areThoseOfTheBody_addUp_andNoneIsRefused(Path java) throws Exception {
        FakeZone zone = FakeZone.in(counters());
        try (FakeZone.Load load = zone.load();
                AgentRun run = application(java);
                ScrapeTap tap = ScrapeTap.before(metrics(run));
                Prometheus prometheus = Prometheus.start(
                        folder.resolve("prometheus"),
                        PrometheusConfig.every("1s").scrape("shop", tap.address()))) {
            Instant begin = Instant.now();
            say(run, "on");
            prometheus.await(
                    "calls of both models",
                    "sum by (model) (increase(" + REQUESTS + "{outcome=\"ok\"}[10s])) > 20",
                    models -> models.size() == 2);
            prometheus.await("scrapes", "count_over_time(up[1m]) >= 10", up -> up.size() == 1);
            say(run, "off");
            load.end();
            Endpoint endpoint = Endpoint.of(run);
            Map<String, Double> stored = awaitEqual(endpoint, prometheus);

            assertThat(stored).hasSizeGreaterThan(60);
            assertThat(stored.get("inferwatt_source_energy_joules_total{component=cpu, quality=measured}"))
                    .isPositive()
                    .isLessThanOrEqualTo(load.joules() + 1e-6);
            assertThat(prometheus.query("up{job=\"shop\"}"))
                    .singleElement()
                    .extracting(Series::value)
                    .isEqualTo(1.0);
            assertThat(prometheus.query("scrape_samples_scraped").get(0).value())
                    .isEqualTo(samples(endpoint).samples().size())
                    .isEqualTo(prometheus.sum("count(" + MINE + ")"));
            for (String refusal : REFUSALS) {
                assertThat(prometheus.own(refusal)).as(refusal).isZero();
            }
            assertBooksBalance(prometheus, begin);
            assertTypesAreAsDocumented(prometheus.metadata());
            assertThat(tap.scrapes()).hasSizeGreaterThan(5).allSatisfy(scrape -> {
                assertThat(scrape.accept()).contains("application/openmetrics-text");
                assertThat(scrape.type()).startsWith("application/openmetrics-text; version=1.0.0");
                assertThat(scrape.encoding()).isEqualTo("gzip");
            });
            int plain = endpoint.read().text().length();
            assertThat(tap.scrapes().get(tap.scrapes().size() - 1).bytes()).isLessThan(plain / 3);
            assertThat(run.err()).containsExactly(run.awaitErr("is metering"));
        }
    }

    /** Returns the counters that stand still, once the server has them just as the page shows them. */
    private static Map<String, Double> awaitEqual(Endpoint endpoint, Prometheus prometheus) throws IOException {
        Map<String, Double> page = new TreeMap<>();
        prometheus.await("the figures of the page", MINE, series -> {
            Map<String, Double> stored = new TreeMap<>();
            for (Series one : series) {
                Map<String, String> labels = new TreeMap<>(one.labels());
                labels.keySet().removeAll(Set.of("__name__", "job", "instance"));
                keep(stored, one.label("__name__"), labels, one.value());
            }
            page.clear();
            for (Sample sample : samples(endpoint).samples()) {
                keep(page, sample.name(), new TreeMap<>(sample.labels()), sample.value());
            }
            return stored.equals(page);
        });
        return page;
    }

    private static void keep(Map<String, Double> counters, String name, Map<String, String> labels, double value) {
        boolean counter =
                name.endsWith("_total") || name.endsWith("_sum") || name.endsWith("_count") || name.endsWith("_bucket");
        if (counter && NEVER_STILL.stream().noneMatch(name::startsWith)) {
            counters.put(name + labels, value);
        }
    }

    private static MetricsText samples(Endpoint endpoint) {
        return MetricsText.parse(endpoint.await("a page", page -> true).text());
    }

    /** Joules read are joules booked, in each scrape. */
    private static void assertBooksBalance(Prometheus prometheus, Instant begin) throws IOException {
        String read = "sum by (component) (inferwatt_source_energy_joules_total)";
        String difference = "(" + read + " - sum by (component) (inferwatt_energy_joules_total{component!=\"remote\"})"
                + " - sum by (component) (inferwatt_unattributed_energy_joules_total)) / (" + read + " > 1)";
        List<Series> components = prometheus.queryRange(difference, begin, Instant.now(), 1);
        assertThat(components).extracting(one -> one.label("component")).contains("cpu");
        assertThat(components)
                .allSatisfy(one -> assertThat(one.points())
                        .hasSizeGreaterThan(5)
                        .allSatisfy(point -> assertThat(Math.abs(point.value())).isLessThan(1e-9)));
    }

    /** The tables of the page and what Prometheus was told of the families. */
    private static void assertTypesAreAsDocumented(JsonNode metadata) throws IOException {
        Map<String, String> documented = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("..", "docs", "metrics.md"))) {
            String[] cells = line.split("\\|", -1);
            if (line.startsWith("| `inferwatt_")) {
                String name = cells[1].replace("`", "").strip();
                String type = cells[2].contains("info in OpenMetrics") ? "info" : cells[2].strip();
                String family = type.equals("counter") ? without(name, "_total") : name;
                documented.put(type.equals("info") ? without(name, "_info") : family, type);
            }
        }
        List<String> others = new ArrayList<>();
        int compared = 0;
        for (Map.Entry<String, JsonNode> family : metadata.properties()) {
            String name = family.getKey();
            // Micrometer's own companions of the families, which the rows of those tell of.
            if (name.startsWith("inferwatt_") && !name.endsWith("_max")) {
                compared++;
                String type = family.getValue().get(0).get("type").asText();
                if (!type.equals(documented.get(name)) || family.getValue().size() != 1) {
                    others.add(name + ": " + family.getValue() + ", documented " + documented.get(name));
                }
            }
        }
        assertThat(others).isEmpty();
        assertThat(compared).isGreaterThan(30);
    }

    private static String without(String name, String end) {
        assertThat(name).endsWith(end);
        return name.substring(0, name.length() - end.length());
    }

    @ParameterizedTest
    @MethodSource("javas")
    void manyScrapersAtOnce_getWholeBodiesOfTheSameSeries(Path java) throws Exception {
        FakeZone zone = FakeZone.in(counters());
        try (FakeZone.Load load = zone.load();
                AgentRun run = application(java);
                Prometheus prometheus = Prometheus.start(
                        folder.resolve("prometheus"),
                        PrometheusConfig.every("1s")
                                .scrape("shop", metrics(run))
                                .scrape("shop-again", metrics(run)))) {
            say(run, "on");
            Endpoint endpoint = Endpoint.of(run);
            endpoint.await(
                    "both models",
                    page -> page.lines(REQUESTS, "outcome=\"ok\"").size() == 2
                            && !page.lines("inferwatt_model_uncertainty_ratio").isEmpty());
            Collection<String> bodies = bodies(metrics(run));
            say(run, "off");

            Set<List<String>> series = new HashSet<>();
            for (String body : bodies) {
                assertThat(body).endsWith("\n");
                series.add(MetricsText.parse(body).samples().stream()
                        .map(sample -> sample.name() + new TreeMap<>(sample.labels()))
                        .toList());
            }
            assertThat(series)
                    .as("one list of series for all %s bodies", bodies.size())
                    .hasSize(1);
            prometheus.await("both jobs", "count_over_time(up[1m]) >= 3", jobs -> jobs.size() == 2);
            assertThat(prometheus.sum("min(min_over_time(up[1m]))")).isEqualTo(1);
            assertThat(prometheus.sum("sum(resets(" + REQUESTS + "[1m]))")).isZero();
            assertThat(endpoint.read().sum("inferwatt_agent_export_failures_total"))
                    .isZero();
        }
    }

    /** Returns the bodies that eight scrapers get who ask again as soon as they are answered. */
    private static Collection<String> bodies(URI metrics) {
        HttpClient client = HttpClient.newHttpClient();
        List<CompletableFuture<List<String>>> scrapers = IntStream.range(0, 8)
                .mapToObj(scraper -> CompletableFuture.supplyAsync(
                        () -> IntStream.range(0, 25)
                                .mapToObj(scrape -> body(client, metrics))
                                .toList(),
                        task -> new Thread(task).start()))
                .toList();
        return scrapers.stream().flatMap(scraper -> scraper.join().stream()).toList();
    }

    private static String body(HttpClient client, URI metrics) {
        return client.sendAsync(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                .thenApply(answer -> {
                    assertThat(answer.statusCode()).isEqualTo(200);
                    return answer.body();
                })
                .join();
    }

    @Test
    void prometheusThatIsRestarted_goesOnWithTheSameSeries_andTheAgentDoesNotMind() throws Exception {
        FakeZone zone = FakeZone.in(counters());
        try (FakeZone.Load load = zone.load();
                AgentRun run = application(javas().get(0))) {
            PrometheusConfig config = PrometheusConfig.every("1s").scrape("shop", metrics(run));
            Path data = folder.resolve("prometheus");
            say(run, "on");
            double series;
            try (Prometheus before = Prometheus.start(data, config)) {
                before.await(
                        "scrapes",
                        "count_over_time(up[5m])",
                        up -> !up.isEmpty() && up.get(0).value() >= 4);
                series = before.sum("count({__name__=~\"inferwatt_requests_.*\"})");
            }
            Instant restart = Instant.now();
            try (Prometheus after = Prometheus.start(data, config)) {
                after.await(
                        "scrapes after the restart",
                        "timestamp(up) > " + restart.getEpochSecond() + " + 2",
                        up -> !up.isEmpty());
                assertThat(after.query("count_over_time(up[5m])").get(0).value())
                        .isGreaterThanOrEqualTo(5);
                assertThat(after.sum("count({__name__=~\"inferwatt_requests_.*\"})"))
                        .isEqualTo(series);
                assertThat(after.sum("sum(resets(" + REQUESTS + "[5m]))")).isZero();
                assertThat(after.sum("sum(increase(" + REQUESTS + "[5m]))")).isPositive();
                for (String refusal : REFUSALS) {
                    assertThat(after.own(refusal)).as(refusal).isZero();
                }
            }
            say(run, "off");
            assertThat(run.err()).containsExactly(run.awaitErr("is metering"));
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void body_hasNoFindingsOfPromtool(Path java) throws Exception {
        Servers.assumeInstalled(RealServer.PROMTOOL);
        FakeZone zone = FakeZone.in(counters());
        try (FakeZone.Load load = zone.load();
                AgentRun run = application(java)) {
            say(run, "on");
            MetricsPage page = Endpoint.of(run)
                    .await("both models", metrics -> metrics.sum("inferwatt_request_energy_joules_count") > 2);
            assertThat(Promtool.run(page.text(), "check", "metrics")).isEmpty();
        }
    }
}
