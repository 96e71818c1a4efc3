package io.inferwatt.it.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferwatt.core.facade.TenantScope;
import io.inferwatt.core.testservers.OpenAiWire;
import io.inferwatt.core.testservers.WireServer;
import io.inferwatt.core.testservers.WireServer.Reply;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests of tenants with the packaged agent, from the call to the printed disclosure: over the running JVM, over the records that it
 * kept, and over the metrics, which all tell the same.
 */
class FootprintIT {

    private static final String TENANT_ENERGY = "inferwatt_tenant_energy_joules_total";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    private AgentRun asker(Path java, WireServer server, Path records) throws Exception {
        Path hosts =
                Files.writeString(folder.resolve("hosts"), "127.0.0.1 api.openai.com\n127.0.0.1 api.anthropic.com\n");
        return Launch.of(java)
                .classPath(Launch.whereIs(TenantScope.class))
                .jars("openai-java", "anthropic-java", "okhttp", "okio", "kotlin", "jackson", "opentelemetry")
                .option("-Djdk.net.hosts.file=" + hosts)
                .agent(
                        "http.port=0",
                        "service.name=shop",
                        "carbon.intensity=400",
                        "facility.pue=1.2",
                        "tenant.labels=acme",
                        "training.models=gpt-4o=1kg/1000requests",
                        "export.records.file=" + records)
                .main("io.inferwatt.it.app.RemoteAsker", String.valueOf(server.port()));
    }

    private static void ask(AgentRun run, String line) throws Exception {
        run.say(line);
        run.awaitOut("done " + line + " ok");
    }

    private static List<String> report(Path java, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("-jar", AgentRun.JAR.toString(), "report"));
        command.addAll(List.of(options));
        try (AgentRun run = AgentRun.java(java, command.toArray(String[]::new))) {
            assertThat(run.exitCode()).as(String.join("\n", run.err())).isZero();
            assertThat(run.err()).isEmpty();
            return run.out();
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void disclosureOfTenants_isTheSameFromTheJvm_itsMetrics_andItsRecords(Path java) throws Exception {
        Path records = folder.resolve("records.jsonl");
        JsonNode ofJvm;
        try (WireServer server = new WireServer();
                AgentRun run = asker(java, server, records)) {
            Endpoint endpoint = Endpoint.of(run);
            server.answer(Reply.json(OpenAiWire.chat("gpt-4o-2024-08-06", OpenAiWire.usage(1000, 0, 500, 0))));
            ask(run, "chat@acme 1");
            ask(run, "chat@acme 2");
            ask(run, "chat@globex 3");
            ask(run, "chat 4");
            MetricsPage page =
                    endpoint.await("all tenants", metrics -> metrics.sum(TENANT_ENERGY, "tenant=\"none\"") > 0);
            String address = run.awaitErr("metrics at ");
            String base = address.substring(address.indexOf("http://"), address.indexOf("/metrics"));
            ofJvm = JSON.readTree(String.join("\n", report(java, "--from", base, "--format", "json")));

            assertThat(ofJvm.at("/about/service").asText()).isEqualTo("shop");
            assertThat(ofJvm.at("/total/requests").asInt()).isEqualTo(4);
            double joules = ofJvm.at("/total/joules").asDouble();
            double ofTenants = page.sum(TENANT_ENERGY);
            assertThat(joules).isGreaterThan(1000).isCloseTo(ofTenants, within(1e-3 * joules));
            assertThat(page.sum(TENANT_ENERGY, "tenant=\"acme\"")).isCloseTo(joules / 2, within(1e-3 * joules));
            assertThat(page.sum(TENANT_ENERGY, "tenant=\"other\"")).isCloseTo(joules / 4, within(1e-3 * joules));
            assertThat(page.text()).doesNotContain("globex");
            assertThat(ofJvm.at("/total/training_grams").asDouble()).isCloseTo(4, within(1e-9));
            assertThat(String.join("\n", report(java, "--from", base)))
                    .contains("gpt-4o", "acme", "SCI", "with_idle")
                    .doesNotContain("globex");
            assertThat(String.join("\n", report(java, "--from", base, "--format", "html")))
                    .startsWith("<!doctype html>")
                    .contains("gpt-4o", "</html>");
        }
        List<String> lines = Files.readAllLines(records);
        assertThat(lines).hasSize(4);
        assertThat(JSON.readTree(lines.get(0)).at("/tenant").asText()).isEqualTo("acme");
        assertThat(JSON.readTree(lines.get(2)).at("/tenant").asText()).matches("[0-9a-f]{16}");
        assertThat(JSON.readTree(lines.get(3)).has("tenant")).isFalse();
        JsonNode ofRecords =
                JSON.readTree(String.join("\n", report(java, "--from", records.toString(), "--format", "json")));
        assertThat(ofRecords.at("/total/requests").asInt()).isEqualTo(4);
        double remote = ofJvm.at("/total/remote_joules").asDouble();
        assertThat(ofRecords.at("/total/remote_joules").asDouble())
                .isPositive()
                .isCloseTo(remote, within(1e-9 * remote));
    }

    @ParameterizedTest
    @MethodSource("javas")
    void reportWithoutAnybodyToAsk_saysSoInOneLine_andEndsWith1(Path java) throws Exception {
        int port = Launch.freePort();
        try (AgentRun run =
                AgentRun.java(java, "-jar", AgentRun.JAR.toString(), "report", "--from", "http://127.0.0.1:" + port)) {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).singleElement().asString().contains("nothing listens at http://127.0.0.1:" + port);
        }
    }
}
