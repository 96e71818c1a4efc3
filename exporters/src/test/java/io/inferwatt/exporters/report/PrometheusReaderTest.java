package io.inferwatt.exporters.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpServer;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.report.TenantTotals;
import io.inferwatt.core.report.disclosure.Disclosure;
import io.inferwatt.core.report.disclosure.ModelLine;
import io.inferwatt.exporters.AgentFigures;
import io.inferwatt.exporters.Exposition;
import io.inferwatt.exporters.Snapshots;
import io.inferwatt.exporters.micrometer.InferenceEnergyMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a server that answers the queries from a real scrape, as Prometheus does where all counters began in the period. */
@Timeout(60)
class PrometheusReaderTest {

    private static final Instant END = Instant.parse("2026-11-30T10:00:00Z");

    private final List<String> queries = new ArrayList<>();
    private HttpServer server;
    private Exposition scrape = new Exposition("");
    private volatile int status = 200;
    private volatile String body = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/prom/api/v1/query", exchange -> {
            String query = URLDecoder.decode(exchange.getRequestURI().getRawQuery(), StandardCharsets.UTF_8);
            queries.add(query);
            String text =
                    body.isEmpty() ? answer(query.substring("query=".length(), query.lastIndexOf("&time="))) : body;
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String answer(String query) {
        String function = query.substring(0, query.indexOf(" by ("));
        String[] by =
                query.substring(query.indexOf('(') + 1, query.indexOf(')')).split(", ", -1);
        String name = query.substring(query.lastIndexOf('(') + 1).split("[{\\[]", -1)[0];
        Map<String, Double> values = new TreeMap<>();
        Map<String, JsonObject> metrics = new TreeMap<>();
        for (Exposition.Sample sample : scrape.samples(name)) {
            JsonObject metric = new JsonObject();
            for (String label : by) {
                String value =
                        label.equals("instance") ? "shop:9465" : sample.labels().get(label);
                if (value != null) {
                    metric.addProperty(label, value);
                }
            }
            metrics.put(metric.toString(), metric);
            values.merge(metric.toString(), sample.value(), (one, other) -> switch (function) {
                case "sum" -> one + other;
                case "max" -> Math.max(one, other);
                case "min" -> Math.min(one, other);
                default -> (one + other) / 2;
            });
        }
        JsonArray result = new JsonArray();
        metrics.forEach((key, metric) -> {
            JsonArray value = new JsonArray();
            value.add(END.getEpochSecond());
            value.add(Double.toString(values.get(key)));
            JsonObject series = new JsonObject();
            series.add("metric", metric);
            series.add("value", value);
            result.add(series);
        });
        JsonObject data = new JsonObject();
        data.addProperty("resultType", "vector");
        data.add("result", result);
        JsonObject answer = new JsonObject();
        answer.addProperty("status", "success");
        answer.add("data", data);
        return answer.toString();
    }

    private Disclosure read(String selector) throws IOException {
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/prom");
        return new PrometheusReader(base, selector, "1.2.3").read(END.minusSeconds(3600), END);
    }

    @Test
    void disclosure_ofMetrics_isThatOfTheMeter() throws IOException {
        Snapshots ledger = Snapshots.ofHost(3)
                .market(50)
                .tenant(new TenantTotals("sales", 3, 30, 0.1, 0, 0))
                .tenant(new TenantTotals("none", 3, 10, 0.1, 0, 0));
        for (int i = 0; i < 20; i++) {
            ledger.call("minilm", "embeddings", Outcome.OK);
            ledger.call("bge", "embeddings", Outcome.ERROR);
            ledger.remoteCall("gpt-4o", "chat", Outcome.OK);
        }
        InferenceEnergyMetrics metrics =
                new InferenceEnergyMetrics(ledger::now, 16, AgentFigures.ofLibrary("1.2.3", "machine-1"));
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        metrics.bindTo(registry);
        scrape = new Exposition(registry.scrape());

        Disclosure told = read("job=\"shop\"");
        Disclosure meter = Disclosures.of(ledger.now());

        assertThat(told.total().joules()).isCloseTo(meter.total().joules(), within(1e-6));
        assertThat(told.total().operationalGrams()).isCloseTo(meter.total().operationalGrams(), within(1e-9));
        assertThat(told.total().marketGrams()).isCloseTo(meter.total().marketGrams(), within(1e-9));
        assertThat(told.total().requests()).isEqualTo(meter.total().requests());
        assertThat(told.total().requestsWithFigure()).isEqualTo(meter.total().requestsWithFigure());
        for (ModelLine expected : meter.models()) {
            ModelLine line = told.models().stream()
                    .filter(each -> each.model().equals(expected.model()))
                    .findFirst()
                    .orElseThrow();
            assertThat(line.joulesPerItem()).isCloseTo(expected.joulesPerItem(), within(1e-9));
            assertThat(line.low()).isCloseTo(expected.low(), within(1e-6));
            assertThat(line.high()).isCloseTo(expected.high(), within(1e-6));
            assertThat(line.sciGramsPerRequest()).isCloseTo(expected.sciGramsPerRequest(), within(1e-9));
            assertThat(line.sciGramsPerThousandTokens()).isCloseTo(expected.sciGramsPerThousandTokens(), within(1e-9));
            assertThat(line.estimatedShare()).isCloseTo(expected.estimatedShare(), within(1e-9));
        }
        assertThat(told.host()).hasSameSizeAs(meter.host());
        assertThat(told.host().get(0).joules()).isCloseTo(meter.host().get(0).joules(), within(1e-6));
        assertThat(told.comparisons()).hasSize(1);
        assertThat(told.tenants().lines()).hasSize(2);
        assertThat(told.tenants().lines().get(1).share()).isCloseTo(0.75, within(1e-9));
        assertThat(told.factors().grid().gramsPerKwh()).isEqualTo(400);
        assertThat(queries)
                .allMatch(query -> query.contains("{job=\"shop\"}[3600s]") && query.endsWith("&time=1796032800"));
    }

    @Test
    void fleetInSeveralBuildings_hasNoUseOfItsOwn() throws IOException {
        Snapshots ledger = Snapshots.ofHost(3);
        ledger.call("minilm", "embeddings", Outcome.OK);
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new InferenceEnergyMetrics(ledger::now, 16, AgentFigures.ofLibrary("1.2.3", "machine-1")).bindTo(registry);
        String body = registry.scrape();
        String line = body.lines()
                .filter(each -> each.startsWith("inferwatt_pue_ratio"))
                .findFirst()
                .orElseThrow();
        scrape = new Exposition(body);
        double pue = read("").factors().pue();
        assertThat(pue).isGreaterThanOrEqualTo(1);
        assertThat(read("").models().get(0).local().buildingJoules()).isPositive();

        scrape = new Exposition(body + line.substring(0, line.lastIndexOf(' ')) + " 2.5\n");
        Disclosure several = read("");
        assertThat(several.factors().pue()).as("nobody has the mean").isNaN();
        assertThat(several.factors().findings())
                .anySatisfy(finding -> assertThat(finding).contains("PUE from " + Amounts.number(pue) + " to 2.5"));
        assertThat(several.models().get(0).local().buildingJoules()).isNaN();
    }

    @Test
    void serverWithoutOurMetrics_isToldWithPeriodAndSelector() {
        assertThatThrownBy(() -> read("job=\"x\""))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith(
                        "has no metrics of Inferwatt from 2026-11-30T09:00:00Z to 2026-11-30T10:00:00Z with job=\"x\"");
    }

    @Test
    void queryThatIsRefused_isToldInTheServersWords() {
        status = 400;
        body = "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse error: unexpected }\"}";
        assertThatThrownBy(() -> read("job=")).hasMessageEndingWith("refused a query: parse error: unexpected }");
    }

    @Test
    void otherServers_areToldAsSuch() {
        status = 404;
        body = "<html>not here</html>";
        assertThatThrownBy(() -> read("")).hasMessageContaining("is no Prometheus server: it answered with status 404");
        body = "{}";
        assertThatThrownBy(() -> read("")).hasMessageContaining("is no Prometheus server");
        server.stop(0);
        URI secret =
                URI.create("http://me:geheim@127.0.0.1:" + server.getAddress().getPort() + "/prom?token=geheim");
        assertThatThrownBy(() -> new PrometheusReader(secret, "", "1").read(END.minusSeconds(1), END))
                .message()
                .contains("http://127.0.0.1:" + server.getAddress().getPort() + "/prom")
                .doesNotContain("geheim");
        assertThatThrownBy(() -> read("")).hasMessageContaining("nothing listens at http://127.0.0.1:");
    }
}
