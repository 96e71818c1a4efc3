package io.inferwatt.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwatt.core.facade.MeteredCall;
import io.inferwatt.it.app.SwitchedLoad;
import io.inferwatt.it.live.FakeZone;
import io.inferwatt.it.servers.Alertmanager;
import io.inferwatt.it.servers.Prometheus;
import io.inferwatt.it.servers.PrometheusConfig;
import io.inferwatt.it.servers.RealServer;
import io.inferwatt.it.servers.Series;
import io.inferwatt.it.servers.Servers;
import io.inferwatt.it.servers.WebhookReceiver;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A budget that burns too fast, from the calls of the packaged agent to the notification that a person gets, and to its end. */
class AlertmanagerIT {

    private static final String ALERT = "InferwattBudgetBurn";

    /** The shape of the page alert of a budget, with windows of seconds. */
    private static final String RULES = """
        groups:
          - name: budgets
            rules:
              - record: job:inferwatt_budget_allowed_watts:max
                expr: max by (job, budget) (inferwatt_budget_energy_limit_joules) / max by (job, budget) (inferwatt_budget_period_seconds)
              - alert: InferwattBudgetBurn
                expr: |
                  sum by (job, budget) (rate(inferwatt_budget_charged_joules_total[15s])) / job:inferwatt_budget_allowed_watts:max > 14.4
                  and sum by (job, budget) (rate(inferwatt_budget_charged_joules_total[5s])) / job:inferwatt_budget_allowed_watts:max > 14.4
                for: 2s
                labels: {severity: page}
                annotations: {summary: "budget {{ $labels.budget }} burns {{ $value | humanize }} times too fast"}
        """;

    /** For windows and patience of the rule files that the jar writes; all else stays as it is. */
    private static final Map<String, String> WINDOWS =
            Map.of("5m", "5s", "30m", "10s", "1h", "15s", "6h", "30s", "3d", "60s");

    private static final String PATIENCE = "2s";

    @TempDir
    Path folder;

    private static String route(URI webhook) {
        return """
            route:
              receiver: person
              group_by: [alertname, job, budget]
              group_wait: 0s
              group_interval: 1s
              repeat_interval: 1h
            receivers:
              - name: person
                webhook_configs:
                  - url: %s
                    send_resolved: true
            """.formatted(webhook);
    }

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

    @Test
    void budgetThatBurnsTooFast_isNotifiedOf_andItsEndToo() throws Exception {
        Servers.assumeInstalled(RealServer.PROMETHEUS, RealServer.ALERTMANAGER);
        Path rules = Files.writeString(folder.resolve("rules.yml"), RULES);
        FakeZone zone = FakeZone.in(Files.createDirectories(folder.resolve("powercap")));
        try (FakeZone.Load load = zone.load();
                AgentRun run = application("2400 J");
                WebhookReceiver person = WebhookReceiver.start();
                Alertmanager alertmanager =
                        Alertmanager.start(folder.resolve("alertmanager"), route(person.address()));
                Prometheus prometheus = Prometheus.start(
                        folder.resolve("prometheus"),
                        PrometheusConfig.every("1s")
                                .scrape("shop", metrics(run))
                                .rules(rules)
                                .alertsTo(alertmanager.address()))) {
            prometheus.await("the budget", "job:inferwatt_budget_allowed_watts:max", allowed -> allowed.size() == 1);
            assertThat(prometheus.alerts()).as("nothing burns").isEmpty();
            assertRulesAreWell(prometheus);

            Stopwatch watch = Stopwatch.start();
            say(run, "on");
            prometheus.await(
                    "a pending or firing alert", "ALERTS{alertname=\"" + ALERT + "\"}", alerts -> !alerts.isEmpty());
            double pending = watch.seconds();
            prometheus.await(
                    "a firing alert",
                    "ALERTS{alertname=\"" + ALERT + "\",alertstate=\"firing\"}",
                    one -> one.size() == 1);
            double firing = watch.seconds();
            JsonNode told = person.await(
                    "a notification", body -> body.get("status").asText().equals("firing"));
            double notified = watch.seconds();
            assertThat(told.at("/commonLabels/alertname").asText()).isEqualTo(ALERT);
            assertThat(told.at("/commonLabels/budget").asText()).isEqualTo("team-a");
            assertThat(told.at("/commonLabels/job").asText()).isEqualTo("shop");
            assertThat(told.at("/commonLabels/severity").asText()).isEqualTo("page");
            assertThat(told.at("/alerts/0/annotations/summary").asText()).startsWith("budget team-a burns ");
            assertThat(alertmanager.alerts()).hasSize(1);

            Stopwatch after = Stopwatch.start();
            say(run, "off");
            List<Series> gone = prometheus.await("no alert", "ALERTS", List::isEmpty);
            double resolved = after.seconds();
            assertThat(gone).isEmpty();
            JsonNode end =
                    person.await("its end", body -> body.get("status").asText().equals("resolved"));
            double toldResolved = after.seconds();
            assertThat(end.at("/alerts/0/labels/budget").asText()).isEqualTo("team-a");
            assertThat(alertmanager.alerts()).isEmpty();
            System.out.printf(
                    "%s, windows 15 s and 5 s, for 2 s, scrapes and rules once a second: pending %.1f s after the load"
                            + " began, firing after %.1f s, notified after %.1f s; resolved %.1f s after the load ended,"
                            + " notified after %.1f s%n",
                    ALERT, pending, firing, notified, resolved, toldResolved);
        }
    }

    /** The files that the jar writes, with other windows and addresses. */
    @Test
    void rulesAndRoutesOfTheJar_pageWhileABudgetBurns() throws Exception {
        Servers.assumeInstalled(RealServer.PROMETHEUS, RealServer.ALERTMANAGER);
        Path written = JarFiles.written("rules", folder);
        Path rules = JarFiles.shortened(
                written.resolve("inferwatt-budgets.yml"), folder.resolve("budgets.yml"), WINDOWS, PATIENCE);
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
            prometheus.await(
                    "a burn", "job_budget:inferwatt_budget_burn:ratio_rate1h > 14.4", burn -> burn.size() == 1);
            String firing = "ALERTS{alertname=\"" + ALERT + "\",severity=\"page\",alertstate=\"firing\"}";
            prometheus.await("a firing alert", firing, one -> one.size() == 1);
            JsonNode told = page.await("a page", body -> isAbout(body, "firing"));
            double notified = watch.seconds();
            assertThat(told.at("/commonLabels/severity").asText()).isEqualTo("page");
            assertThat(told.at("/commonLabels/kind").asText()).isEqualTo("energy");
            assertThat(told.at("/alerts/0/annotations/summary").asText())
                    .startsWith("Budget team-a of shop is burning ");
            assertThat(told.at("/alerts/0/annotations/runbook").asText()).contains("Do: ");

            Stopwatch after = Stopwatch.start();
            say(run, "off");
            JsonNode end = page.await("the end of it", body -> isAbout(body, "resolved"));
            System.out.printf(
                    "%s of the jar, windows %s, for %s: paged %.1f s after the load began, resolved %.1f s after it"
                            + " ended%n",
                    ALERT, new TreeMap<>(WINDOWS), PATIENCE, notified, after.seconds());
            assertThat(end.at("/commonLabels/severity").asText()).isEqualTo("page");
        }
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
