package io.inferwatt.it.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import io.inferwatt.it.jvm.Sources;
import io.inferwatt.it.live.FakeZone;
import io.inferwatt.it.servers.Prometheus;
import io.inferwatt.it.servers.PrometheusConfig;
import io.inferwatt.it.servers.RealServer;
import io.inferwatt.it.servers.Servers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An application that OpenTelemetry's SDK traces, with a model of its own in its spans. */
@Isolated
class TracedSpansIT {

    /** Enough for the division to have learned, so that rates do not change any more by that. */
    private static final int WARM_UP = 250;

    private static final int CALLS = 200;

    /**
     * A span is told by what calls of the half minute before drew, and what a call draws here changes with all else that runs: the counter
     * shows the same watts however many share them. On two busy cores the sums were 12 and 19 % apart.
     */
    private static final double PERCENT = 35;

    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final String SHOP = """
            package com.acme;

            import io.opentelemetry.api.trace.Span;
            import io.opentelemetry.api.trace.SpanKind;
            import io.opentelemetry.api.trace.Tracer;
            import io.opentelemetry.context.Scope;
            import io.opentelemetry.sdk.common.CompletableResultCode;
            import io.opentelemetry.sdk.trace.SdkTracerProvider;
            import io.opentelemetry.sdk.trace.data.SpanData;
            import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
            import io.opentelemetry.sdk.trace.export.SpanExporter;
            import java.io.BufferedReader;
            import java.io.InputStreamReader;
            import java.util.Collection;
            import java.util.StringJoiner;

            public class Shop implements SpanExporter {
                public static void main(String[] arguments) throws Exception {
                    Tracer tracer = SdkTracerProvider.builder()
                            .addSpanProcessor(SimpleSpanProcessor.create(new Shop()))
                            .build()
                            .get("shop");
                    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
                    for (String line = in.readLine(); line != null; line = in.readLine()) {
                        for (int i = 0; i < Integer.parseInt(line); i++) {
                            serve(tracer);
                        }
                        System.out.println("served " + line);
                    }
                }

                private static void serve(Tracer tracer) {
                    Span span = tracer.spanBuilder("GET /answer").setSpanKind(SpanKind.SERVER).startSpan();
                    try (Scope scope = span.makeCurrent()) {
                        score();
                    } finally {
                        span.end();
                    }
                }

                static long score() {
                    long end = System.nanoTime() + 30_000_000;
                    long sum = 0;
                    while (System.nanoTime() < end) {
                        sum += end % 7;
                    }
                    return sum;
                }

                @Override
                public CompletableResultCode export(Collection<SpanData> ended) {
                    for (SpanData span : ended) {
                        StringJoiner text = new StringJoiner(" ", "span ", "");
                        text.add("trace=" + span.getTraceId()).add("span=" + span.getSpanId());
                        span.getAttributes().forEach((key, value) -> text.add(key.getKey() + "=" + value));
                        System.out.println(text);
                    }
                    return CompletableResultCode.ofSuccess();
                }

                @Override
                public CompletableResultCode flush() {
                    return CompletableResultCode.ofSuccess();
                }

                @Override
                public CompletableResultCode shutdown() {
                    return CompletableResultCode.ofSuccess();
                }
            }
            """;

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    private Path counters() throws IOException {
        return Files.createDirectories(folder.resolve("powercap"));
    }

    private AgentRun shop(Path java) throws IOException {
        Path classes = Sources.in(folder)
                .add("com/acme/Shop.java", SHOP)
                .compile("-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        return Launch.bare(java)
                .jars("opentelemetry-")
                .classPath(classes)
                .agent("http.port=0", "methods=com.acme.Shop#score", "energy.powercap.root=" + counters())
                .main("com.acme.Shop");
    }

    /** Lets the application serve so many requests, and returns what the last of their spans had when they ended. */
    private static List<String> serve(AgentRun run, int requests) throws Exception {
        run.say(String.valueOf(requests));
        run.awaitOut("served " + requests);
        List<String> spans =
                run.out().stream().filter(line -> line.startsWith("span ")).toList();
        return spans.subList(spans.size() - requests, spans.size());
    }

    private static double joules(MetricsPage page) {
        return page.sum("inferwatt_energy_joules_total") + page.sum("inferwatt_idle_share_joules_total");
    }

    private static String word(String span, String name) {
        int at = span.indexOf(" " + name + "=");
        assertThat(at).as("%s of %s", name, span).isNotNegative();
        String rest = span.substring(at + name.length() + 2);
        return rest.contains(" ") ? rest.substring(0, rest.indexOf(' ')) : rest;
    }

    @ParameterizedTest
    @MethodSource("javas")
    void spansAroundCallsOfALocalModel_haveTogetherWhatThePageHas(Path java) throws Exception {
        FakeZone zone = FakeZone.in(counters());
        try (FakeZone.Load load = zone.load();
                AgentRun run = shop(java)) {
            Endpoint endpoint = Endpoint.of(run);
            assertThat(serve(run, WARM_UP).get(0)).doesNotContain("inferwatt");
            MetricsPage before =
                    endpoint.await("the first calls", page -> page.sum("inferwatt_requests_total") == WARM_UP);
            List<String> spans = serve(run, CALLS);
            MetricsPage after =
                    endpoint.await("all calls", page -> page.sum("inferwatt_requests_total") == WARM_UP + CALLS);

            double told = 0;
            for (String span : spans) {
                double joules = Double.parseDouble(word(span, "inferwatt.energy.joules"));
                told += joules;
                assertThat(joules)
                        .isPositive()
                        .isBetween(
                                Double.parseDouble(word(span, "inferwatt.energy.joules.low")),
                                Double.parseDouble(word(span, "inferwatt.energy.joules.high")));
                assertThat(Double.parseDouble(word(span, "inferwatt.co2e.grams")))
                        .isPositive();
                assertThat(word(span, "inferwatt.energy.method")).isEqualTo("recent-rate");
                assertThat(word(span, "inferwatt.energy.quality")).isEqualTo("measured");
                assertThat(word(span, "inferwatt.energy.boundary")).isEqualTo("with_idle");
            }
            double booked = joules(after) - joules(before);
            System.out.printf("spans were told %.1f J, %.1f J were booked%n", told, booked);
            assertThat(told).isCloseTo(booked, withinPercentage(PERCENT));
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).containsExactly(run.awaitErr("is metering"));
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void exemplarsOfTheRequestsEnergy_leadToTheSpans(Path java) throws Exception {
        Servers.assumeInstalled(RealServer.PROMETHEUS);
        FakeZone zone = FakeZone.in(counters());
        try (FakeZone.Load load = zone.load();
                AgentRun run = shop(java)) {
            String line = run.awaitErr("metrics at ");
            URI metrics = URI.create(line.substring(line.indexOf("http://")));
            try (Prometheus prometheus = Prometheus.start(
                    folder.resolve("prometheus"), PrometheusConfig.every("1s").scrape("shop", metrics))) {
                Instant begin = Instant.now();
                List<String> spans = new ArrayList<>();
                for (String span : serve(run, CALLS)) {
                    spans.add(word(span, "trace") + " " + word(span, "span"));
                }

                List<String> exemplars = exemplars(prometheus, begin);
                assertThat(spans).containsAll(exemplars);
            }
        }
    }

    /** Returns trace and span id of each, once the server has some. */
    private static List<String> exemplars(Prometheus prometheus, Instant begin) throws IOException {
        long since = System.nanoTime();
        List<String> found = new ArrayList<>();
        while (found.isEmpty() && System.nanoTime() - since < LONGEST_NANOS) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            JsonNode all = prometheus.exemplars(
                    "inferwatt_request_energy_joules_bucket",
                    begin,
                    Instant.now().plusSeconds(1));
            for (JsonNode series : all) {
                for (JsonNode exemplar : series.get("exemplars")) {
                    JsonNode labels = exemplar.get("labels");
                    found.add(labels.get("trace_id").asText() + " "
                            + labels.get("span_id").asText());
                }
            }
        }
        assertThat(found).as("exemplars").isNotEmpty();
        return found;
    }
}
