package io.inferwatt.it.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * Runs the service with the agent attached, puts a load on it, and tells what the requests drew.
 *
 * <p>System properties: {@code demo.agent} (the agent's jar; else looked for where the build leaves it),
 * {@code demo.seconds} (of measured load, 30), {@code demo.keep} ({@code true}: the service and a light load go on).
 */
final class Demo {

    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration PROGRESS = Duration.ofSeconds(3);
    private static final int DEFAULT_SECONDS = 30;

    private final PrintStream out;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final long startNanos = System.nanoTime();

    private Demo(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        new Demo(System.out)
                .run(
                        agent(),
                        Duration.ofSeconds(Integer.getInteger("demo.seconds", DEFAULT_SECONDS)),
                        Boolean.getBoolean("demo.keep"));
    }

    private static Path agent() throws IOException {
        String property = System.getProperty("demo.agent", "");
        List<Path> places = property.isEmpty()
                ? List.of(
                        Path.of("agent", "target", "inferwatt-agent.jar"),
                        Path.of("..", "agent", "target", "inferwatt-agent.jar"))
                : List.of(Path.of(property));
        for (Path place : places) {
            if (Files.isRegularFile(place)) {
                return place.toAbsolutePath().normalize();
            }
        }
        throw new IOException("no agent at " + places + ": build it first, or name its jar by -Ddemo.agent=PATH");
    }

    private void run(Path agent, Duration measured, boolean keep) throws IOException, InterruptedException {
        say("Inferwatt demo: a model service in a JVM of its own, started with -javaagent:" + agent.getFileName());
        try (StandInProvider provider = new StandInProvider();
                ServiceProcess service = ServiceProcess.start(agent, provider, out)) {
            URI address = service.address();
            List<ModelCard> cards = service.models();
            List<String> models = cards.stream().map(ModelCard::name).toList();
            MeterPage page = new MeterPage(service.metrics(), client);
            say("Metrics while this runs: " + page.address());
            int processors = Runtime.getRuntime().availableProcessors();

            say("Warm-up of " + WARM_UP.toSeconds() + " s, left out of the figures");
            long warm = load(address, models, Pace.moderate(processors, WARM_UP), page);
            MetricsText before = page.readSettled(warm);

            Pace pace = Pace.moderate(processors, measured);
            say(pace.users() + " users for " + measured.toSeconds() + " s, each text to each of " + models.size()
                    + " models");
            long answered = load(address, models, pace, page);
            MetricsText after = page.readSettled(warm + answered);

            EnergyReport report = EnergyReport.between(before, after);
            say(String.format(
                    Locale.ROOT,
                    "%,d requests answered, %,d of them counted by the agent",
                    answered,
                    report.requests()));
            out.println();
            out.print(ReportPrinter.print(report));
            out.println();
            out.print(SizePrinter.print(report.models(), cards));
            out.println();
            out.print(ComparisonPrinter.print(report));
            out.println();
            if (keep) {
                keepRunning(service, address, models, page);
            } else {
                say("Done. Metrics were at " + page.address() + "; with -Ddemo.keep=true they stay until Ctrl-C.");
            }
        }
    }

    /** Returns how many requests were answered. */
    private long load(URI address, List<String> models, Pace pace, MeterPage page)
            throws IOException, InterruptedException {
        try (LoadGenerator load = LoadGenerator.start(address, models, pace, client)) {
            while (!load.awaitEnd(PROGRESS)) {
                say(String.format(Locale.ROOT, "%,7d requests answered, %s", load.answered(), watts(page.read())));
            }
            if (load.failed() > 0) {
                say(load.failed() + " requests failed; the first one: " + load.firstFailure());
            }
            return load.answered();
        }
    }

    private static String watts(MetricsText text) {
        StringBuilder watts = new StringBuilder();
        for (MetricsText.Sample power : text.all("inferwatt_power_watts")) {
            watts.append(String.format(Locale.ROOT, " %s %.1f W", power.label("component"), power.value()));
        }
        return watts.isEmpty() ? "no power reading yet" : "machine now:" + watts;
    }

    /** Goes on until someone ends this process, or its parent, or the service. */
    private void keepRunning(ServiceProcess service, URI address, List<String> models, MeterPage page)
            throws InterruptedException {
        say("Metrics: " + page.address());
        say("Service: curl --data 'a text' '" + address + "?model=" + models.get(0) + "'");
        say("Both go on under a light load; Ctrl-C ends them.");
        CompletableFuture<?> end = ProcessHandle.current()
                .parent()
                .<CompletableFuture<?>>map(parent -> CompletableFuture.anyOf(parent.onExit(), service.onExit()))
                .orElse(service.onExit());
        try (LoadGenerator load = LoadGenerator.start(address, models, Pace.lightForever(), client)) {
            end.join();
            say("Ended after " + load.answered() + " more requests.");
        }
    }

    private void say(String line) {
        long seconds = Duration.ofNanos(System.nanoTime() - startNanos).toSeconds();
        out.println(String.format(Locale.ROOT, "%4d s  %s", seconds, line));
    }
}
