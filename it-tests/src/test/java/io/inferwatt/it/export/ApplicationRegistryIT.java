package io.inferwatt.it.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import io.inferwatt.it.jvm.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The meters in the registry of an application that has Micrometer itself, beside the endpoint that shows the same. */
class ApplicationRegistryIT {

    private static final int CALLS = 5;

    private static final String SHOP = """
            package com.acme;

            import io.micrometer.core.instrument.Metrics;
            import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
            import java.io.BufferedReader;
            import java.io.InputStreamReader;

            public class Shop {
                public static void main(String[] arguments) throws Exception {
                    Metrics.addRegistry(new SimpleMeterRegistry());
                    Metrics.counter("shop.orders").increment(3);
                    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
                    for (String line = in.readLine(); line != null; line = in.readLine()) {
                        if (line.equals("call")) {
                            for (int i = 0; i < 5; i++) {
                                score();
                            }
                            continue;
                        }
                        Metrics.globalRegistry.getMeters().stream()
                                .flatMap(meter -> java.util.stream.StreamSupport.stream(meter.measure().spliterator(), false)
                                        .map(value -> meter.getId().getName() + " " + meter.getId().getTags() + " "
                                                + value.getStatistic() + " " + value.getValue()))
                                .forEach(System.out::println);
                        System.out.println("shown " + line);
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
            }
            """;

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void meters_areInTheApplicationsRegistryWithTheFiguresOfTheEndpoint(Path java) throws Exception {
        try (AgentRun run = shop(java)
                .agent("http.port=0", "export.application.enabled=true", "methods=com.acme.Shop#score")
                .main("com.acme.Shop")) {
            run.awaitErr("the meters are in the application's global registry of Micrometer as well");
            run.say("call");
            MetricsPage page =
                    Endpoint.of(run).await("all calls", metrics -> metrics.sum("inferwatt_requests_total") == CALLS);

            List<String> shown = showUntil(run, CALLS);
            assertThat(value(shown, "shop.orders", "COUNT")).isEqualTo(3);
            assertThat(value(shown, "inferwatt.requests", "COUNT")).isEqualTo(CALLS);
            double joules = page.sum("inferwatt_energy_joules_total");
            assertThat(joules).isPositive();
            assertThat(value(shown, "inferwatt.energy", "COUNT")).isCloseTo(joules, within(joules * 1e-9));
            assertThat(value(shown, "inferwatt.request.energy", "COUNT")).isEqualTo(CALLS);
            assertThat(value(shown, "inferwatt.request.energy", "TOTAL")).isCloseTo(joules, within(joules * 1e-6));
            assertThat(value(shown, "inferwatt.request.duration", "COUNT")).isEqualTo(CALLS);
            assertThat(value(shown, "inferwatt.request.duration", "TOTAL_TIME"))
                    .isCloseTo(page.sum("inferwatt_request_duration_seconds_sum"), within(1e-6));
            assertThat(value(shown, "inferwatt.agent.export.failures", "COUNT")).isZero();
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).hasSize(2);
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void withoutTheSetting_theApplicationsRegistryIsItsOwn(Path java) throws Exception {
        try (AgentRun run =
                shop(java).agent("http.port=0", "methods=com.acme.Shop#score").main("com.acme.Shop")) {
            run.say("call");
            Endpoint.of(run).await("all calls", metrics -> metrics.sum("inferwatt_requests_total") == CALLS);

            assertThat(show(run, "once")).noneMatch(line -> line.startsWith("inferwatt"));
            assertThat(run.exitCode()).isZero();
        }
    }

    private Launch shop(Path java) throws IOException {
        Launch launch = Launch.bare(java).jars("micrometer-");
        Path classes = Sources.in(folder)
                .add("com/acme/Shop.java", SHOP)
                .compile("-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        return launch.classPath(classes);
    }

    /** The registry is refreshed every two seconds. */
    private static List<String> showUntil(AgentRun run, int requests) throws Exception {
        List<String> shown = List.of();
        for (int i = 0; i < 100; i++) {
            shown = show(run, "number " + i + ".");
            if (value(shown, "inferwatt.requests", "COUNT") == requests
                    && value(shown, "inferwatt.request.energy", "COUNT") == requests) {
                return shown;
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        throw new AssertionError("no " + requests + " requests in " + shown);
    }

    private static List<String> show(AgentRun run, String what) throws Exception {
        int before = run.out().size();
        run.say(what);
        run.awaitOut("shown " + what);
        return List.copyOf(run.out().subList(before, run.out().size()));
    }

    private static double value(List<String> shown, String name, String statistic) {
        return shown.stream()
                .filter(line -> line.startsWith(name + " ") && line.contains("] " + statistic + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
