package io.inferwatt.it.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwatt.core.facade.MeteredCall;
import io.inferwatt.it.app.SwitchedLoad;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.live.FakeZone;
import io.inferwatt.it.servers.Alertmanager;
import io.inferwatt.it.servers.Prometheus;
import io.inferwatt.it.servers.PrometheusConfig;
import io.inferwatt.it.servers.RealServer;
import io.inferwatt.it.servers.Servers;
import io.inferwatt.it.servers.WebhookReceiver;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A budget that burns too fast, from the calls of the packaged agent to what a person is told, and is not, and to its end. */
class AlertmanagerIT {

    private static final String ALERT = "InferwattBudgetBurn";

    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** For windows and patience of the rule files that the jar writes; all else stays as it is. */
    private static final Map<String, String> WINDOWS =
            Map.of("5m", "5s", "30m", "10s", "1h", "15s", "6h:5m", "30s:5s", "3d:5m", "60s:5s");

    private static final String PATIENCE = "2s";

    @TempDir
    Path folder;

    /** @param limit joules of a day; 86,400 are one watt on plan, and the zone shows 40 W */
    private AgentRun application(String limit) throws IOException {
        Path counters = Files.createDirectories(folder.resolve("powercap"));
        return Launch.of(AgentRun.javas().get(0))
                .classPath(Launch.whereIs(MeteredCall.class))
                .agent(
                        "http.port=0",
                        "energy.powercap.root=" + counters,
                        // The zone shows as much at rest as under load: who learns from that finds that calls draw
                        // nothing.
                        "attribution.method=cpu_share",
                        "budget.team-a.limit=" + limit,
                        "budget.team-a.window=24h",
                        "budget.state.file=" + folder.resolve("state"))
                .main(SwitchedLoad.class, "small", "large");
    }

    private static void say(AgentRun run, String word) throws Exception {
        run.say(word);
        run.awaitOut(word);
    }

    /** The files that the jar writes, with other windows and addresses. */
    @Test
    void rulesAndRoutesOfTheJar_pageWhileABudgetBurnsAndKeepItsTicketsBack() throws Exception {
        Servers.assumeInstalled(RealServer.PROMETHEUS, RealServer.ALERTMANAGER);
        Path written = JarFiles.written("rules", folder);
        Path rules = JarFiles.shortened(
                written.resolve("inferwatt-budgets.yml"), folder.resolve("budgets.yml"), WINDOWS, PATIENCE);
        Files.writeString(
                rules, Files.readString(rules).replace(") / 72 ", ") / 6 ").replace(") / 864 ", ") / 12 "));
        FakeZone zone = FakeZone.in(Files.createDirectories(folder.resolve("powercap")));
        try (FakeZone.Load load = zone.load();
                AgentRun run = application("4 kJ");
                WebhookReceiver page = WebhookReceiver.start();
                WebhookReceiver ticket = WebhookReceiver.start();
                Alertmanager alertmanager = Alertmanager.start(
                        folder.resolve("alertmanager"),
                        Files.readString(written.resolve("alertmanager-example.yml"))
                                .replace(
                                        "http://127.0.0.1:9099/page",
                                        page.address().toString())
                                .replace(
                                        "http://127.0.0.1:9099/ticket",
                                        ticket.address().toString())
                                .replace("group_wait: 30s", "group_wait: 0s")
                                .replace("group_interval: 5m", "group_interval: 1s"));
                Prometheus prometheus = Prometheus.start(
                        folder.resolve("prometheus"),
                        PrometheusConfig.every("1s")
                                .scrape("shop", metrics(run))
                                .rules(rules)
                                .alertsTo(alertmanager.address()))) {
            prometheus.await("the budget", "job_budget:inferwatt_budget_plan:max_per_second", plan -> plan.size() == 1);
            assertThat(prometheus.alerts()).as("nothing burns").isEmpty();
            assertRulesAreWell(prometheus);

            Stopwatch watch = Stopwatch.start();
            say(run, "on");
            JsonNode told = page.await("a page", body -> isAbout(body, "firing"));
            double notified = watch.seconds();
            assertThat(told.at("/commonLabels/severity").asText()).isEqualTo("page");
            assertThat(told.at("/commonLabels/kind").asText()).isEqualTo("energy");
            assertThat(told.at("/alerts/0/annotations/summary").asText())
                    .startsWith("Budget team-a of shop is burning ");
            assertThat(told.at("/alerts/0/annotations/runbook").asText()).contains("Do: ");

            awaitSuppressedTicket(alertmanager);

            Stopwatch after = Stopwatch.start();
            say(run, "off");
            JsonNode end = page.await("the end of it", body -> isAbout(body, "resolved"));
            double resolved = after.seconds();
            assertThat(end.at("/commonLabels/severity").asText()).isEqualTo("page");
            // Of the longer windows: sent before the page began, or now that it is over.
            JsonNode longer = ticket.await("a ticket", body -> isAbout(body, "firing"));
            assertThat(longer.at("/commonLabels/severity").asText()).isEqualTo("ticket");
            System.out.printf(
                    "%s of the jar, windows %s, for %s: paged %.1f s after the load began, resolved %.1f s after it"
                            + " ended%n",
                    ALERT, new TreeMap<>(WINDOWS), PATIENCE, notified, resolved);
        }
    }

    private static void awaitSuppressedTicket(Alertmanager alertmanager) throws IOException {
        long begin = System.nanoTime();
        JsonNode alerts = alertmanager.alerts();
        while (System.nanoTime() - begin < LONGEST_NANOS) {
            for (JsonNode alert : alerts) {
                if (alert.at("/labels/alertname").asText().equals(ALERT)
                        && alert.at("/labels/severity").asText().equals("ticket")
                        && alert.at("/status/state").asText().equals("suppressed")
                        && !alert.at("/status/inhibitedBy").isEmpty()) {
                    return;
                }
            }
            LockSupport.parkNanos(BETWEEN_NANOS);
            alerts = alertmanager.alerts();
        }
        throw new AssertionError("no ticket is inhibited: " + alerts);
    }

    private static boolean isAbout(JsonNode notification, String status) {
        return notification.get("status").asText().equals(status)
                && notification.at("/commonLabels/alertname").asText().equals(ALERT)
                && notification.at("/commonLabels/budget").asText().equals("team-a")
                && notification.at("/commonLabels/job").asText().equals("shop");
    }

    private static void assertRulesAreWell(Prometheus prometheus) throws IOException {
        for (JsonNode group : prometheus.rules()) {
            for (JsonNode rule : group.get("rules")) {
                assertThat(rule.get("health").asText()).as(rule.toString()).isEqualTo("ok");
            }
        }
    }

    private static URI metrics(AgentRun run) throws InterruptedException {
        String line = run.awaitErr("metrics at ");
        return URI.create(line.substring(line.indexOf("http://")));
    }

    /** Seconds for the line that this test prints. */
    private record Stopwatch(long beginNanos) {

        static Stopwatch start() {
            return new Stopwatch(System.nanoTime());
        }

        double seconds() {
            return (System.nanoTime() - beginNanos) / 1e9;
        }
    }
}
