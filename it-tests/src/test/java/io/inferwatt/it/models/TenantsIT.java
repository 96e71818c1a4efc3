package io.inferwatt.it.models;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Launch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** On whose behalf: a header at Tomcat, Logback's MDC and OpenTelemetry's baggage, as applications have them. */
class TenantsIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void requests_goToTheTenantThatTheApplicationNames_andToNoOtherOnTheSameThread(Path java) throws Exception {
        Path records = folder.resolve("records.jsonl");
        try (AgentRun run = Launch.of(java)
                .nativeLibrary(OrtSession.class)
                .jars("tomcat", "logback", "slf4j-api", "opentelemetry-api", "opentelemetry-context")
                .jars("opentelemetry-common")
                .agent(
                        "http.enabled=false",
                        "tenant.header=X-Tenant",
                        "tenant.mdc=customer",
                        "tenant.baggage=tenant.id",
                        "tenant.name=house",
                        "tenant.labels=acme;globex;initech;house",
                        "export.records.file=" + records)
                .main("io.inferwatt.it.app.TenantServer", folder.toString())) {
            run.awaitErr("is metering");
            String told = run.awaitOut("port ");
            URI infer = URI.create("http://127.0.0.1:" + told.substring("port ".length()) + "/infer");
            ask(infer, "acme");
            ask(infer, "acme");
            ask(infer, null);
            ask(infer, "a stranger");
            for (String line : List.of("mdc globex", "nobody", "baggage initech", "nobody again")) {
                run.say(line);
                run.awaitOut("done " + line);
            }
            assertThat(run.exitCode()).isZero();
            assertThat(run.err())
                    .filteredOn(line -> line.startsWith("inferwatt: "))
                    .hasSize(1);
        }
        Map<String, Integer> requests = tenants(records);
        String stranger = requests.keySet().stream()
                .filter(tenant -> tenant.matches("[0-9a-f]{16}"))
                .findFirst()
                .orElseThrow();
        assertThat(requests)
                .isEqualTo(new TreeMap<>(Map.of("acme", 2, "globex", 1, "initech", 1, "house", 3, stranger, 1)));
    }

    private static void ask(URI infer, @Nullable String tenant) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(infer);
        if (tenant != null) {
            request.header("X-Tenant", tenant);
        }
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("fine");
    }

    private static Map<String, Integer> tenants(Path records) throws IOException {
        Map<String, Integer> requests = new TreeMap<>();
        for (String line : Files.readAllLines(records)) {
            requests.merge(JSON.readTree(line).at("/tenant").asText(), 1, Integer::sum);
        }
        return requests;
    }
}
