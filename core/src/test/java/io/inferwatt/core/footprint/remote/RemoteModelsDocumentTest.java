package io.inferwatt.core.footprint.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.call.RemoteTarget.Work;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.config.ConfigLoader;
import io.inferwatt.core.config.InferwattConfig.Remote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keeps {@code docs/remote-models.md} true. */
class RemoteModelsDocumentTest {

    private final String document = Files.readString(Path.of("..", "docs", "remote-models.md"));

    RemoteModelsDocumentTest() throws IOException {}

    @Test
    void example_isWhatComesOut() {
        RemoteTarget target = new RemoteTarget(
                "test", "aws.bedrock", "", "us-east-1", "meta.llama3-1-70b-instruct-v1:0", Work.TEXT, "");
        RemoteEstimate estimate = (RemoteEstimate) RemoteEstimates.of(Remote.DEFAULTS)
                .estimates()
                .estimate(target, new TokenUsage(1000, 400, 500, 0), 0, 8, false);

        assertThat(document)
                .contains("so " + rounded("%.3f", MlEnergyFit.H100.joulesPerToken(70, 70, 128, false)) + " J a token")
                .contains("**" + rounded("%.0f", estimate.joules().central()) + " J**")
                .contains(rounded("%.0f", estimate.joules().low()) + " to "
                        + rounded("%.0f", estimate.joules().high()) + " J.")
                .contains("**" + rounded("%.4f", estimate.operationalGrams().central()) + " g** of CO2e")
                .contains("**" + rounded("%.3f", 1000 * estimate.liters().central()) + " mL** of water")
                .contains("three years: "
                        + rounded("%.4f", estimate.embodiedGrams().central()) + " g.");
    }

    @Test
    void counts_areThoseOfTheTables() {
        List<ModelSize> rows = ModelTable.embedded().rows();
        long restated = rows.stream()
                .filter(row -> row.source().startsWith("EcoLogits"))
                .count();

        assertThat(document)
                .contains("The built-in tables hold " + rows.size() + " rows, each with its source. " + restated
                        + " restate [EcoLogits]");
    }

    @Test
    void everyProvider_isInTheTable() {
        assertThat(ProviderFacilities.embedded().providers())
                .allSatisfy(provider -> assertThat(document).contains("`" + provider + "`"));
    }

    @Test
    void exampleOfOwnRows_isUnderstood(@TempDir Path folder) throws IOException {
        int start = document.indexOf("```csv\n") + 7;
        Path file = Files.writeString(
                folder.resolve("models.csv"), document.substring(start, document.indexOf("```", start)));
        List<String> problems = new ArrayList<>();

        ModelRegistry registry = ModelRegistry.read(Optional.of(file), "deepseek-chat=deepseek-v3.2", problems);

        assertThat(problems).isEmpty();
        assertThat(registry.find("acme-chat-2")).isNotNull();
        assertThat(registry.find("us.amazon.nova-pro-v1:0")).isNotNull();
        assertThat(document).contains("remote.aliases=deepseek-chat=deepseek-v3.2");
    }

    @Test
    void exampleOfPlaces_isUnderstood() {
        String hosts = line("remote.hosts=");
        String regions = line("remote.regions=");

        Remote settings = ConfigLoader.load(
                        null, Map.of("inferwatt.remote.hosts", hosts, "inferwatt.remote.regions", regions), Map.of())
                .config()
                .remote();

        assertThat(settings.hosts()).isEqualTo(hosts);
        assertThat(RemoteEstimates.of(settings).problems()).isEmpty();
    }

    private String line(String start) {
        return document.lines()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow()
                .substring(start.length());
    }

    private static String rounded(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
