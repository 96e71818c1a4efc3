package io.inferwatt.core.footprint.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.config.ConfigLoader;
import io.inferwatt.core.footprint.Training;
import io.inferwatt.core.fuzz.Fuzz;
import io.inferwatt.core.fuzz.HostileTree;
import io.inferwatt.core.fuzz.OneLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people write about remote models, and what applications call them, damaged. */
@Timeout(3600)
class HostileRemoteSettingsTest {

    private static final String TABLE = String.join(",", ModelTable.HEADER) + """

        # ours
        acme-7b,7,7,7,7,dense,text,fp8,our own count,2026
        "acme-moe",13.5,20,100,120,moe,text,16,"an estimate, by us",2026
        acme-*,1,2,3,4,dense,text,,us,2026
        """;

    /** So many lines say what is wrong at most, each setting for itself. */
    private static final int MOST_LINES = 21;

    @TempDir
    Path folder;

    @Test
    void modelsFile() {
        Path file = folder.resolve("models.csv");
        Fuzz.of("file of remote models", 150).run(mangler -> {
            Files.write(file, mangler.file(TABLE));
            List<String> problems = new ArrayList<>();
            ModelRegistry registry = ModelRegistry.read(Optional.of(file), "", problems);
            OneLine.check(problems);
            assertThat(problems).hasSizeLessThanOrEqualTo(MOST_LINES);
            for (String name : List.of("acme-7b", "acme-moe", "acme-x", "gpt-4o")) {
                checkSize(registry.find(name));
            }
        });
    }

    private static void checkSize(ModelSize size) {
        if (size != null) {
            assertThat(size.activeMin()).isPositive().isFinite();
            assertThat(size.activeMax()).isGreaterThanOrEqualTo(size.activeMin());
            assertThat(size.totalMax()).isGreaterThanOrEqualTo(size.activeMax()).isFinite();
        }
    }

    @Test
    void modelsFile_thatIsAnotherKindOfFile() {
        Fuzz.of("file of remote models of another kind", 30).run(mangler -> {
            Path root = Files.createDirectories(folder.resolve("kinds"));
            Path file = Files.writeString(root.resolve("models.csv"), TABLE);
            HostileTree.damage(root, mangler);
            List<String> problems = new ArrayList<>();
            checkSize(ModelRegistry.read(Optional.of(file), "", problems).find("acme-7b"));
            OneLine.check(problems);
            HostileTree.delete(root);
        });
    }

    @Test
    void fileThatIsNoTableOfModels_isFewLines() throws IOException {
        Path file = folder.resolve("models.csv");
        Files.writeString(file, String.join(",", ModelTable.HEADER) + "\n" + "what is this?\n".repeat(50_000));
        List<String> problems = new ArrayList<>();

        ModelRegistry.read(Optional.of(file), "", problems);

        assertThat(problems).hasSize(21).last().asString().contains("49980 further lines");
    }

    @Test
    void aliasesHostsAndRegions() {
        Fuzz.of("remote.aliases, remote.hosts, remote.regions, training.models", 100)
                .run(mangler -> {
                    List<String> problems = new ArrayList<>();
                    Map<String, String> properties = Map.of(
                            "inferwatt.remote.aliases", mangler.text("prod-gpt=gpt-4o;cheap=acme-7b"),
                            "inferwatt.remote.hosts",
                                    mangler.text("llm.example=openai/us-east-1;*.corp.example:8443=azure/westeurope"),
                            "inferwatt.remote.regions", mangler.text("openai=us-east-1;mistralai=FR"));
                    RemoteEstimates.Choice choice = RemoteEstimates.of(ConfigLoader.load(null, properties, Map.of())
                            .config()
                            .remote());
                    problems.addAll(choice.problems());
                    problems.addAll(choice.findings());
                    Training training = Training.of(mangler.text("bert=100kg/2years;gpt=5e3kg/1000requests"), problems);
                    OneLine.check(problems);
                    for (String key : List.of("remote.aliases", "remote.hosts", "remote.regions", "training.models")) {
                        assertThat(problems)
                                .filteredOn(line -> line.startsWith(key + ":"))
                                .hasSizeLessThanOrEqualTo(MOST_LINES);
                    }
                    double grams = training.grams("bert", 3, 0.5);
                    assertThat(grams >= 0 || Double.isNaN(grams)).isTrue();
                });
    }

    @Test
    void namesOfModelsAndHosts() {
        ModelRegistry registry = ModelRegistry.read(Optional.empty(), "prod-gpt=gpt-4o", new ArrayList<>());
        Fuzz.of("names of remote models and hosts", 2000).run(mangler -> {
            String name = mangler.text(mangler.oneOf(
                    "us.anthropic.claude-sonnet-4-20250514-v1:0",
                    "ft:gpt-4o-mini-2024-07-18:org::id",
                    "llama3.1:8b-instruct-q4_0",
                    "models/gemini-2.0-flash@20250101",
                    "arn:aws:bedrock:us-east-1:123:inference-profile/eu.meta.llama3-1-70b-instruct-v1:0"));
            checkSize(registry.find(name));
            assertThat(ModelName.normal(ModelName.normal(name))).isEqualTo(ModelName.normal(name));
            String host = mangler.text("[2001:db8::1]:8443");
            boolean local = SameMachine.of("", List.of("node-7")).covers(host);
            assertThat(local && host.isBlank()).isFalse();
            RemoteTarget target = new RemoteTarget("openai-java", host, host, host, name, RemoteTarget.Work.TEXT, name);
            assertThat(target.model()).hasSizeLessThanOrEqualTo(300);
            assertThat(target.host()).hasSizeLessThanOrEqualTo(300);
        });
        assertThat(registry.find("prod-gpt")).isNotNull();
    }
}
