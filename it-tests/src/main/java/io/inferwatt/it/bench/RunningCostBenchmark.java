package io.inferwatt.it.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What a running agent costs: processor time by its own account, memory against a JVM without it, and a scrape. */
final class RunningCostBenchmark {

    private static final int BUSY_MODELS = 8;
    /** As many as the attribution tells apart. */
    private static final int MOST_MODELS = 64;
    /** In all, so that the two measure models and domains rather than calls. */
    private static final int SHORT_TICK_CALLS_A_SECOND = 400;

    private static final String SHORT_TICK = "20ms";
    /** So many models that the page has some 1,000 series. */
    private static final int MANY_MODELS = 28;

    private static final int CALLS_A_SECOND = Integer.getInteger("bench.calls", 50);
    private static final long SECONDS = Integer.getInteger("bench.seconds", 60);
    private static final int SCRAPES = Integer.getInteger("bench.scrapes", 60);
    private static final int COLD_SCRAPES = 10;

    private static final String TEXT = "text/plain;version=0.0.4";
    private static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0";

    /** The first still runs much code for the first times; the second is what stays. */
    private static final int WINDOWS = 2;

    private static final long SETTLE_SECONDS = 5;
    /** A page is served again for a second. */
    private static final long BETWEEN_SCRAPES_MILLIS = 1100;

    private final Path folder;
    private final HttpClient client = HttpClient.newHttpClient();

    private RunningCostBenchmark(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.out.println(Machine.describe());
        try (Scratch scratch = Scratch.make()) {
            RunningCostBenchmark benchmark = new RunningCostBenchmark(scratch.folder());
            benchmark.cost(new Setting("idle", 0, CALLS_A_SECOND, 0, ""));
            benchmark.cost(new Setting(
                    BUSY_MODELS + " models, " + CALLS_A_SECOND + " calls a second each",
                    BUSY_MODELS,
                    CALLS_A_SECOND,
                    0,
                    ""));
            benchmark.shortTick(BUSY_MODELS, 1);
            benchmark.shortTick(MOST_MODELS, 2);
            benchmark.scrapes();
        }
    }

    /**
     * What an application does and how it is metered.
     *
     * @param calls a second of each model
     * @param counters how many energy counters there are, each a domain; 0 for the power model
     * @param arguments of the agent
     */
    private record Setting(String title, int models, int calls, int counters, String arguments) {}

    /** Energy counters, a tick of 20 ms and modest load: what the tick itself costs. */
    private void shortTick(int models, int domains) throws IOException, InterruptedException {
        int calls = SHORT_TICK_CALLS_A_SECOND / models;
        try (PowercapTree tree = PowercapTree.ofDomains(domains)) {
            cost(new Setting(
                    models + " models, " + (domains == 1 ? "one domain" : "two domains") + ", " + SHORT_TICK + ", "
                            + calls + " calls a second each",
                    models,
                    calls,
                    domains,
                    "sample.interval=" + SHORT_TICK + ",energy.powercap.root=" + tree.root()));
        }
    }

    private void cost(Setting setting) throws IOException, InterruptedException {
        try (ChildJvm agent = start(Arm.inferwatt(setting.arguments()), setting.models(), setting.calls());
                ChildJvm none = start(Arm.withoutAgent(), setting.models(), setting.calls())) {
            URI metrics = metrics(agent);
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            System.out.printf("%n%s%n%n", setting.title());
            System.out.println("| | no agent | Inferwatt | difference |");
            System.out.println("|---|---|---|---|");
            Work noneLast = Work.of(none);
            Work agentLast = Work.of(agent);
            double ownLast = ownCpuSeconds(metrics);
            double samplesLast = samples(metrics);
            for (int window = 1; window <= WINDOWS; window++) {
                TimeUnit.SECONDS.sleep(SECONDS);
                double own = ownCpuSeconds(metrics);
                double samples = samples(metrics);
                Work noneNow = Work.of(none);
                Work agentNow = Work.of(agent);
                String which = ", window " + window + " of " + SECONDS + " s";
                row("calls" + which, noneNow.calls - noneLast.calls, agentNow.calls - agentLast.calls, 0);
                row("CPU of the JVM, ms" + which, noneNow.cpu - noneLast.cpu, agentNow.cpu - agentLast.cpu, 0);
                ownRow("sampler" + which, agentNow.sampler - agentLast.sampler);
                ownRow("sampler and one scrape" + which, 1e3 * (own - ownLast));
                if (setting.counters() > 0) {
                    double ticks = (samples - samplesLast) / setting.counters();
                    tickRow("sampler, a tick" + which, 1e3 * (agentNow.sampler - agentLast.sampler) / ticks, ticks);
                }
                noneLast = noneNow;
                agentLast = agentNow;
                ownLast = own;
                samplesLast = samples;
            }
            double[] without = numbers(none, "memory");
            double[] with = numbers(agent, "memory");
            row("heap after collection, MB", without[0] / 1e6, with[0] / 1e6, 1);
            row("metaspace, MB", without[1] / 1e6, with[1] / 1e6, 1);
            row("classes", without[2], with[2], 0);
        }
    }

    /**
     * What an application did so far.
     *
     * @param cpu processor milliseconds of the whole JVM
     * @param sampler those of the agent's sampler thread
     */
    private record Work(double cpu, double sampler, double calls) {

        static Work of(ChildJvm child) throws IOException, InterruptedException {
            double[] numbers = numbers(child, "work");
            return new Work(numbers[0], numbers[1], numbers[2]);
        }
    }

    private static double[] numbers(ChildJvm child, String question) throws IOException, InterruptedException {
        child.tell(question);
        return Arrays.stream(child.awaitOut(question + " ").split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static void row(String name, double none, double agent, int digits) {
        String number = "%." + digits + "f";
        System.out.printf(
                Locale.ROOT,
                "| %s | " + number + " | " + number + " | " + number + " |%n",
                name,
                none,
                agent,
                agent - none);
    }

    private static void ownRow(String name, double millis) {
        System.out.printf(
                Locale.ROOT, "| %s | | %.0f ms = %.2f %% of a core | |%n", name, millis, millis / 10 / SECONDS);
    }

    private static void tickRow(String name, double micros, double ticks) {
        System.out.printf(Locale.ROOT, "| %s | | %.0f µs, %.0f ticks | |%n", name, micros, ticks);
    }

    /** Both formats in turn, since each page is written at most once a second. */
    private void scrapes() throws IOException, InterruptedException {
        try (ChildJvm agent = start(Arm.inferwatt("metrics.models.max=" + 2 * MANY_MODELS), MANY_MODELS, 1)) {
            URI metrics = metrics(agent);
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            long series = scrape(metrics, TEXT)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .count();
            Figures cold = new Figures();
            Figures warm = new Figures();
            Figures again = new Figures();
            for (int i = 0; i < SCRAPES; i++) {
                TimeUnit.MILLISECONDS.sleep(BETWEEN_SCRAPES_MILLIS);
                Figures figures = i < COLD_SCRAPES ? cold : warm;
                figures.add(scrapeMillis(metrics, TEXT));
                figures.add(scrapeMillis(metrics, OPEN_METRICS));
                again.add(scrapeMillis(metrics, TEXT));
            }
            System.out.printf("%nscrape of %d series over HTTP, wall time in ms%n%n", series);
            System.out.println("| | fastest | median | 90 % |");
            System.out.println("|---|---|---|---|");
            scrapeRow("the first " + 2 * COLD_SCRAPES, cold);
            scrapeRow("the " + 2 * (SCRAPES - COLD_SCRAPES) + " after those", warm);
            scrapeRow("again within a second, from memory", again);
        }
    }

    private static void scrapeRow(String name, Figures millis) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f | %.1f | %.1f |%n",
                name,
                millis.quantile(0),
                millis.median(),
                millis.quantile(0.9));
    }

    private ChildJvm start(Arm arm, int models, int callsASecond) throws IOException {
        Path own = Files.createTempDirectory(folder, "models");
        return ChildJvm.start(
                arm, ModelsApplication.class, own.toString(), String.valueOf(models), String.valueOf(callsASecond));
    }

    private static URI metrics(ChildJvm agent) throws IOException, InterruptedException {
        String address = agent.awaitErr("metrics at ");
        int end = address.indexOf("/metrics") + "/metrics".length();
        return URI.create(address.substring(0, end));
    }

    private String scrape(URI metrics, String accept) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(metrics).header("Accept", accept).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private double scrapeMillis(URI metrics, String accept) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        scrape(metrics, accept);
        return (System.nanoTime() - begin) / 1e6;
    }

    private double ownCpuSeconds(URI metrics) throws IOException, InterruptedException {
        // The page is served again for a second; what it costs to write is not yet in it.
        TimeUnit.MILLISECONDS.sleep(BETWEEN_SCRAPES_MILLIS);
        return sum(metrics, "inferwatt_agent_cpu_seconds_total");
    }

    /** Returns the readings of all energy counters, from the page just written. */
    private double samples(URI metrics) throws IOException, InterruptedException {
        return sum(metrics, "inferwatt_sampler_samples_total");
    }

    private double sum(URI metrics, String name) throws IOException, InterruptedException {
        List<String> samples = scrape(metrics, TEXT)
                .lines()
                .filter(line -> line.startsWith(name))
                .toList();
        if (samples.isEmpty()) {
            throw new IOException("no " + name + " at " + metrics);
        }
        return samples.stream()
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
