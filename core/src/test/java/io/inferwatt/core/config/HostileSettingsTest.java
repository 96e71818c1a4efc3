package io.inferwatt.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.config.ConfigLoader.Loaded;
import io.inferwatt.core.fuzz.Fuzz;
import io.inferwatt.core.fuzz.HostileTree;
import io.inferwatt.core.fuzz.Mangler;
import io.inferwatt.core.fuzz.OneLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Settings that are damaged, in all four places. Whatever they are, there is a configuration, and few clear lines. */
@Timeout(3600)
class HostileSettingsTest {

    private static final Map<String, String> WRITTEN = new TreeMap<>(Map.ofEntries(
            Map.entry("http.port", "9465"),
            Map.entry("http.host", "0.0.0.0"),
            Map.entry("http.names", "metrics.example; other.example"),
            Map.entry("energy.sources", "rapl; model"),
            Map.entry("energy.model.idle", "20"),
            Map.entry("energy.model.max", "80.5"),
            Map.entry("energy.powercap.root", "/var/powercap"),
            Map.entry("sample.interval", "20ms"),
            Map.entry("carbon.zone", "KR"),
            Map.entry("carbon.intensity", "417.06"),
            Map.entry("facility.pue", "1.2"),
            Map.entry("tenant.labels", "acme; globex"),
            Map.entry("budget.team-a.limit", "5 kWh"),
            Map.entry("budget.team-a.window", "24h"),
            Map.entry("instrumentation.onnxruntime.enabled", "false"),
            Map.entry("methods", "com.acme.Scorer#score:model=name"),
            Map.entry("training.models", "bert=100kg/2years"),
            Map.entry("remote.aliases", "prod-gpt=gpt-4o"),
            Map.entry("remote.hosts", "llm.example=openai/us-east-1"),
            Map.entry("export.remote_write.url", "http://prometheus:9090/api/v1/write"),
            Map.entry("export.remote_write.labels", "cluster=eu;stage=prod"),
            Map.entry("export.pushgateway.grouping", "instance=a"),
            Map.entry("export.otlp.attributes", "deployment.environment.name=prod"),
            Map.entry("call.max_duration", "10m"),
            Map.entry("log.level", "warn")));

    private static final int MOST_LINES = ConfigLoader.MOST_PROBLEMS + 1;

    @TempDir
    Path folder;

    private static String arguments() {
        StringBuilder text = new StringBuilder();
        WRITTEN.forEach(
                (key, value) -> text.append(key).append('=').append(value).append(','));
        return text.toString();
    }

    private static String file() {
        return arguments().replace(',', '\n');
    }

    private static void check(Loaded loaded) {
        OneLine.check(loaded.problems());
        assertThat(loaded.problems()).hasSizeLessThanOrEqualTo(MOST_LINES);
        assertThat(loaded.config().http().port()).isBetween(0, 65_535);
        assertThat(loaded.config().energy().sources()).isNotEmpty();
        assertThat(loaded.config().budgets().properties()).hasSizeLessThanOrEqualTo(100);
        assertThat(loaded.settings()).hasSizeLessThan(1000);
    }

    /** After all that, what is right is taken as ever. */
    private static void checkValid() {
        Loaded loaded = ConfigLoader.load(arguments(), Map.of(), Map.of());
        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.config().energy().sources()).containsExactly("rapl", "model");
        assertThat(loaded.config().http().names()).containsExactly("metrics.example", "other.example");
    }

    @Test
    void agentArguments() {
        Fuzz.of("agent arguments", 600)
                .run(mangler -> check(ConfigLoader.load(mangler.text(arguments()), Map.of(), Map.of())));
        checkValid();
    }

    @Test
    void systemProperties() {
        Fuzz.of("system properties", 600)
                .run(mangler -> check(ConfigLoader.load(null, mangled(mangler, "inferwatt.", '.'), Map.of())));
        checkValid();
    }

    @Test
    void environment() {
        Fuzz.of("environment variables", 600)
                .run(mangler -> check(ConfigLoader.load(null, Map.of(), mangled(mangler, "INFERWATT_", '_'))));
        checkValid();
    }

    private static Map<String, String> mangled(Mangler mangler, String prefix, char separator) {
        Map<String, String> mangled = new TreeMap<>();
        List<Map.Entry<String, String>> all = new ArrayList<>(WRITTEN.entrySet());
        for (int count = 1 + mangler.below(8); count > 0; count--) {
            Map.Entry<String, String> entry = mangler.oneOf(all);
            String key =
                    separator == '_' ? entry.getKey().toUpperCase(Locale.ROOT).replace('.', '_') : entry.getKey();
            boolean keyToo = mangler.onceIn(4);
            mangled.put(
                    prefix + (keyToo ? mangler.text(key) : key),
                    keyToo ? entry.getValue() : mangler.onceIn(3) ? mangler.wild() : mangler.text(entry.getValue()));
        }
        return mangled;
    }

    @Test
    void settingsFile() {
        Path file = folder.resolve("inferwatt.properties");
        Fuzz.of("settings file", 500).run(mangler -> {
            Files.write(file, mangler.file(file()));
            check(load(file));
            assertThat(ConfigLoader.valueInFile(file.toString(), "enabled")).isNotEqualTo("");
        });
        checkValid();
    }

    @Test
    void settingsFile_thatIsAnotherKindOfFile() {
        Fuzz.of("settings file of another kind", 60).run(mangler -> {
            Path root = Files.createDirectories(folder.resolve("kinds"));
            Path file = Files.writeString(root.resolve("inferwatt.properties"), file());
            HostileTree.damage(root, mangler);
            check(load(file));
            HostileTree.delete(root);
        });
    }

    private static Loaded load(Path file) {
        return ConfigLoader.load("config.file=" + file, Map.of(), Map.of());
    }

    @Test
    void fileThatIsNoneOfSettings_isFewLines() throws IOException {
        Path log = folder.resolve("application.log");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            lines.append("line").append(i).append(" budget=").append(i).append('\n');
            lines.append("budget.b").append(i).append(".limit=1J\n");
        }
        Files.writeString(log, lines);

        Loaded loaded = load(log);

        check(loaded);
        assertThat(loaded.problems()).hasSize(MOST_LINES);
        assertThat(loaded.problems().get(MOST_LINES - 1)).contains("further settings are not understood");
        assertThat(loaded.config().budgets().properties()).hasSize(100);
    }

    @Test
    void namesAmongVeryManyBlanks_areReadAtOnce() {
        Fuzz.of("names among blanks", 4).run(mangler -> {
            String names = "a" + " ".repeat(300_000) + "b;c" + " ".repeat(300_000);
            check(ConfigLoader.load(
                    null, Map.of("inferwatt.http.names", names, "inferwatt.energy.sources", names), Map.of()));
        });
    }
}
