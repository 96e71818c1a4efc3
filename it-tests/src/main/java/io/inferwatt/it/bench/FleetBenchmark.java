package io.inferwatt.it.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwatt.it.servers.DashboardQuestions;
import io.inferwatt.it.servers.DashboardQuestions.Question;
import io.inferwatt.it.servers.Prometheus;
import io.inferwatt.it.servers.PrometheusConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a fleet costs one Prometheus that scrapes it every 15 seconds and evaluates all rules: a real server, simulated JVMs. */
final class FleetBenchmark {

    private static final int JVMS = Integer.getInteger("bench.jvms", 300);
    private static final long SECONDS = Integer.getInteger("bench.seconds", 60);
    private static final int JOBS = 3;
    private static final int MODELS = 8;
    private static final int CALLS_A_SECOND = 10;
    private static final long AGE_SECONDS = 30;
    /** Until all are scraped twice and rates are there. */
    private static final long WARM_UP_SECONDS = 60;

    private static final int STEP_SECONDS = 15;

    private final Path folder;

    private FleetBenchmark(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.out.println(Machine.describe());
        try (Scratch scratch = Scratch.make()) {
            new FleetBenchmark(scratch.folder()).run();
        }
    }

    private void run() throws IOException, InterruptedException {
        GrowingPage page = page();
        Path rules = written("rules");
        Path dashboards = written("dashboards");
        try (FleetTargets targets = FleetTargets.serve(page);
                Prometheus prometheus = Prometheus.start(folder.resolve("prometheus"), config(targets, rules))) {
            TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
            double samples = prometheus.own("prometheus_tsdb_head_samples_appended_total");
            double cpu = prometheus.own("process_cpu_seconds_total");
            long begin = System.nanoTime();
            TimeUnit.SECONDS.sleep(SECONDS);
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf("%n%d JVMs of %d series in %d jobs, scraped every 15 s%n%n", JVMS, page.series(), JOBS);
            System.out.println("| | |\n|---|---|");
            row("targets up", prometheus.sum("sum(up)"), "");
            row("series in the head", prometheus.own("prometheus_tsdb_head_series"), "");
            double appended = prometheus.own("prometheus_tsdb_head_samples_appended_total") - samples;
            row("samples a second", appended / seconds, "");
            row("resident memory", prometheus.own("process_resident_memory_bytes") / 1e6, " MB");
            row("Go heap in use", prometheus.own("go_memstats_heap_inuse_bytes") / 1e6, " MB");
            double work = prometheus.own("process_cpu_seconds_total") - cpu;
            row("processor", work / seconds, " cores");
            row("scrape, median", 1e3 * prometheus.sum("quantile(0.5, scrape_duration_seconds)"), " ms");
            rules(prometheus);
            System.out.printf(
                    "%nquestions of dashboards, ms: of now, and of each %d s since the start, %d s ago%n%n",
                    STEP_SECONDS, SECONDS + WARM_UP_SECONDS);
            System.out.println(
                    "| | questions | slowest of now | median | slowest of all time | median | most series |");
            System.out.println("|---|---|---|---|---|---|---|");
            questions(prometheus, dashboards);
        }
    }

    /** A page of the real agent whose models were called for some time. */
    private GrowingPage page() throws IOException, InterruptedException {
        Path own = Files.createDirectory(folder.resolve("models"));
        String budgets =
                "budget.team-a.limit=20 kWh,budget.team-b.limit=500 g,budget.state.file=" + folder.resolve("state");
        try (ChildJvm agent = ChildJvm.start(
                Arm.inferwatt(budgets),
                ModelsApplication.class,
                own.toString(),
                String.valueOf(MODELS),
                String.valueOf(CALLS_A_SECOND))) {
            String address = agent.awaitErr("metrics at ");
            URI metrics = URI.create(address.substring(0, address.indexOf("/metrics") + "/metrics".length()));
            TimeUnit.SECONDS.sleep(AGE_SECONDS);
            String body = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                    .body();
            return GrowingPage.of(body, AGE_SECONDS);
        }
    }

    /** Returns the folder into which a command of the agent's jar has written its files. */
    private Path written(String command) throws IOException, InterruptedException {
        Path target = folder.resolve(command);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        Arm.agentJar().toString(),
                        command,
                        target.toString())
                .redirectErrorStream(true)
                .start();
        String says = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(says);
        }
        return target;
    }

    private static PrometheusConfig config(FleetTargets targets, Path rules) throws IOException {
        PrometheusConfig config = PrometheusConfig.every("15s");
        for (int job = 0; job < JOBS; job++) {
            int number = job;
            URI[] jvms = IntStream.range(0, JVMS)
                    .filter(jvm -> jvm % JOBS == number)
                    .mapToObj(FleetTargets::jvm)
                    .toArray(URI[]::new);
            config.scrape("service-" + job, targets.job(), jvms);
        }
        for (Path file : ruleFiles(rules)) {
            config.rules(file);
        }
        return config;
    }

    /** Returns the files that Prometheus itself reads: neither the manifest of the operator nor the example of Alertmanager. */
    private static List<Path> ruleFiles(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().startsWith("inferwatt-"))
                    .filter(file -> !file.toString().endsWith("prometheusrule.yml"))
                    .sorted()
                    .toList();
        }
    }

    private static void rules(Prometheus prometheus) throws IOException {
        for (JsonNode group : prometheus.rules()) {
            String name = group.get("name").asText();
            row(
                    "rules of " + name + ", " + group.get("rules").size(),
                    1e3 * prometheus.own("prometheus_rule_group_last_duration_seconds", ";" + name + "\""),
                    " ms");
        }
        row("rules that failed", prometheus.own("prometheus_rule_evaluation_failures_total"), "");
    }

    private static void questions(Prometheus prometheus, Path dashboards) throws IOException {
        List<Question> all = DashboardQuestions.read(dashboards, "1m");
        for (String dashboard : all.stream().map(Question::dashboard).distinct().toList()) {
            Figures now = new Figures();
            Figures history = new Figures();
            Figures series = new Figures();
            for (Question question : all) {
                if (question.dashboard().equals(dashboard)) {
                    long begin = System.nanoTime();
                    series.add(answers(prometheus, question));
                    long between = System.nanoTime();
                    answersSince(prometheus, question);
                    now.add((between - begin) / 1e6);
                    history.add((System.nanoTime() - between) / 1e6);
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.0f | %.0f | %.0f | %.0f | %.0f |%n",
                    dashboard,
                    all.stream()
                            .filter(one -> one.dashboard().equals(dashboard))
                            .count(),
                    now.quantile(1),
                    now.median(),
                    history.quantile(1),
                    history.median(),
                    series.quantile(1));
        }
    }

    private static double answers(Prometheus prometheus, Question question) throws IOException {
        try {
            return prometheus.query(question.expression()).size();
        } catch (HttpTimeoutException late) {
            System.out.println("no answer to " + question + ": " + late.getMessage());
            return 0;
        }
    }

    private static void answersSince(Prometheus prometheus, Question question) throws IOException {
        Instant moment = Instant.now();
        Instant start = moment.minusSeconds(SECONDS + WARM_UP_SECONDS);
        try {
            prometheus.queryRange(question.expression(), start, moment, STEP_SECONDS);
        } catch (HttpTimeoutException late) {
            System.out.println("no answers since the start to " + question + ": " + late.getMessage());
        }
    }

    private static void row(String name, double value, String unit) {
        System.out.printf(Locale.ROOT, value < 10 ? "| %s | %.3f%s |%n" : "| %s | %.0f%s |%n", name, value, unit);
    }
}
