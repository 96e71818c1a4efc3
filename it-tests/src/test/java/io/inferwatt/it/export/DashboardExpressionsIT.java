package io.inferwatt.it.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inferwatt.core.facade.MeteredCall;
import io.inferwatt.core.testservers.OpenAiWire;
import io.inferwatt.core.testservers.WireServer;
import io.inferwatt.core.testservers.WireServer.Reply;
import io.inferwatt.it.app.RemoteAsker;
import io.inferwatt.it.app.SwitchedLoad;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.live.FakeZone;
import io.inferwatt.it.servers.DashboardQuestions;
import io.inferwatt.it.servers.DashboardQuestions.Question;
import io.inferwatt.it.servers.Prometheus;
import io.inferwatt.it.servers.PrometheusConfig;
import io.inferwatt.it.servers.RealServer;
import io.inferwatt.it.servers.Servers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every question of every dashboard and every rule that the packaged jar writes, asked of a real Prometheus that scrapes two agents:
 * one whose application computes its models itself, one whose application asks a remote model. No panel may stay empty.
 */
class DashboardExpressionsIT {

    /** Burn ratios are not known in the first minute. */
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(240);

    private static final long BETWEEN_NANOS = TimeUnit.SECONDS.toNanos(1);

    @TempDir
    Path folder;

    private int asked;

    private AgentRun local() throws Exception {
        Path intensity = Files.writeString(folder.resolve("intensity"), "321\n");
        return Launch.of(AgentRun.javas().get(0))
                .classPath(Launch.whereIs(MeteredCall.class))
                .agent(
                        "http.port=0",
                        "service.name=local",
                        "energy.powercap.root=" + folder.resolve("powercap"),
                        "carbon.source=file",
                        "carbon.url=" + intensity,
                        "carbon.market_intensity=50",
                        "facility.pue=1.2",
                        "facility.wue=0.5",
                        "facility.ewif=1.8",
                        "embodied.server_kg=1000",
                        "training.models=small=1kg/1000000requests",
                        "tenant.labels=acme",
                        "budget.joules.limit=1 kWh",
                        "budget.grams.limit=500 g",
                        "budget.liters.limit=2 L",
                        "budget.mean.limit=40 J/request",
                        "budget.state.file=" + folder.resolve("local.budgets"))
                .main(SwitchedLoad.class, "small", "large@acme");
    }

    private AgentRun remote(WireServer server) throws Exception {
        Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 api.openai.com\n");
        return Launch.of(AgentRun.javas().get(0))
                .classPath(Launch.whereIs(MeteredCall.class))
                .jars("openai-java", "anthropic-java", "okhttp", "okio", "kotlin", "jackson", "opentelemetry")
                .option("-Djdk.net.hosts.file=" + hosts)
                .agent(
                        "http.port=0",
                        "service.name=remote",
                        "tenant.labels=acme",
                        "budget.state.file=" + folder.resolve("remote.budgets"))
                .main(RemoteAsker.class, String.valueOf(server.port()));
    }

    private static URI metrics(AgentRun run) throws InterruptedException {
        String line = run.awaitErr("metrics at ");
        return URI.create(line.substring(line.indexOf("http://")));
    }

    /** One call with all that an answer can tell, streamed, and one that tells nothing to estimate by. */
    private void ask(AgentRun run, WireServer server) throws Exception {
        server.answer(Reply.events(OpenAiWire.chatEvents("gpt-4o-2024-08-06", OpenAiWire.usage(1000, 400, 500, 100))));
        say(run, "stream@acme " + ++asked);
        server.answer(Reply.json(OpenAiWire.embeddings("text-embedding-3-small", 1, 9)));
        say(run, "embed " + ++asked);
    }

    private static void say(AgentRun run, String line) throws Exception {
        run.say(line);
        run.awaitOut("done " + line);
    }

    @Test
    void everyPanelHasData_andEveryRuleIsWell() throws Exception {
        Servers.assumeInstalled(RealServer.PROMETHEUS);
        List<Question> questions = DashboardQuestions.read(JarFiles.written("dashboards", folder), "1m");
        List<Path> rules = JarFiles.hasty(JarFiles.rules(JarFiles.written("rules", folder)), folder.resolve("hasty"));
        assertThat(questions).hasSizeGreaterThan(50);
        assertThat(rules).hasSizeGreaterThan(3);
        FakeZone zone = FakeZone.in(Files.createDirectories(folder.resolve("powercap")));
        try (FakeZone.Load load = zone.load();
                WireServer server = new WireServer();
                AgentRun local = local();
                AgentRun remote = remote(server)) {
            PrometheusConfig config = PrometheusConfig.every("1s").scrape("shop", metrics(local), metrics(remote));
            rules.forEach(config::rules);
            try (Prometheus prometheus = Prometheus.start(folder.resolve("prometheus"), config)) {
                local.say("on");
                local.awaitOut("on");
                List<Question> all = new ArrayList<>(questions);
                all.addAll(recordings(prometheus));
                assertThat(all).extracting(Question::toString).doesNotHaveDuplicates();
                List<Question> open = new ArrayList<>(all);
                long begin = System.nanoTime();
                while (!open.isEmpty() && System.nanoTime() - begin < LONGEST_NANOS) {
                    ask(remote, server);
                    for (Question question : List.copyOf(open)) {
                        if (hasData(prometheus, question)) {
                            open.remove(question);
                        }
                    }
                    LockSupport.parkNanos(BETWEEN_NANOS);
                }
                assertThat(open).as("questions without data").isEmpty();
                assertRulesAreWell(prometheus);
            }
        }
    }

    /** A series of which nothing is known is no data. */
    private static boolean hasData(Prometheus prometheus, Question question) throws IOException {
        try {
            return prometheus.query(question.expression()).stream().anyMatch(series -> !Double.isNaN(series.value()));
        } catch (IOException refused) {
            throw new IOException(question + ": " + refused.getMessage(), refused);
        }
    }

    private static List<Question> recordings(Prometheus prometheus) throws IOException {
        List<Question> recordings = new ArrayList<>();
        for (JsonNode group : prometheus.rules()) {
            for (JsonNode rule : group.get("rules")) {
                if (rule.get("type").asText().equals("recording")) {
                    String name = rule.get("name").asText();
                    recordings.add(new Question(group.get("name").asText(), name, name));
                }
            }
        }
        return recordings;
    }

    /** Alerts have no data while all is well: they must be asked without an error. */
    private static void assertRulesAreWell(Prometheus prometheus) throws IOException {
        int alerts = 0;
        for (JsonNode group : prometheus.rules()) {
            for (JsonNode rule : group.get("rules")) {
                assertThat(rule.get("health").asText()).as(rule.toString()).isEqualTo("ok");
                assertThat(rule.path("lastError").asText()).as(rule.toString()).isEmpty();
                if (rule.get("type").asText().equals("alerting")) {
                    alerts++;
                    prometheus.query(rule.get("query").asText());
                }
            }
        }
        assertThat(alerts).isGreaterThan(10);
        assertThat(prometheus.own("prometheus_rule_evaluation_failures_total")).isZero();
    }
}
