package io.inferwatt.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.config.ConfigLoader.Loaded;
import io.inferwatt.core.config.InferwattConfig.Exports;
import io.inferwatt.core.config.InferwattConfig.Temporality;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportSettingsTest {

    @Test
    void nothingSet_nothingIsPushed() {
        assertThat(load(Map.of()).config().exports()).isEqualTo(Exports.NONE);
    }

    @Test
    void allKeys_areRead() {
        Loaded loaded = load(Map.of(
                "export.pushgateway.url", "http://g",
                "export.pushgateway.grouping", "none",
                "export.remote_write.url", "http://p/api/v1/write",
                "export.remote_write.interval", "1s",
                "export.remote_write.labels", "cluster = eu ;stage=a=b",
                "export.remote_write.auth_file", "/run/token",
                "export.otlp.temporality", "DELTA",
                "export.otlp.attributes", "deployment.environment.name=prod"));

        Exports exports = loaded.config().exports();
        assertThat(loaded.problems()).isEmpty();
        assertThat(exports.pushgateway().url()).contains("http://g");
        assertThat(exports.pushgateway().grouping()).contains(Map.of());
        assertThat(exports.remoteWrite().interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(exports.remoteWrite().labels()).isEqualTo(Map.of("cluster", "eu", "stage", "a=b"));
        assertThat(exports.remoteWrite().authFile()).contains(Path.of("/run/token"));
        assertThat(exports.otlp().temporality()).isEqualTo(Temporality.DELTA);
        assertThat(exports.otlp().attributes()).containsEntry("deployment.environment.name", "prod");
    }

    @ParameterizedTest
    @CsvSource({
        "export.pushgateway.grouping, job=x",
        "export.pushgateway.grouping, a=1;b=2",
        "export.pushgateway.grouping, nonsense",
        "export.remote_write.labels, 9lives=x",
        "export.remote_write.labels, __name__=x",
        "export.remote_write.labels, a=1;a=2",
        "export.remote_write.labels, a=",
        "export.remote_write.interval, 10ms",
        "export.otlp.attributes, =x",
        "export.otlp.temporality, both"
    })
    void anythingElse_isOneProblemAndTheDefault(String key, String value) {
        Loaded loaded = load(Map.of(key, value));
        assertThat(loaded.problems()).singleElement().asString().startsWith(key + ": ");
        assertThat(loaded.config().exports()).isEqualTo(Exports.NONE);
    }

    private static Loaded load(Map<String, String> settings) {
        Map<String, String> properties = new HashMap<>();
        settings.forEach((key, value) -> properties.put("inferwatt." + key, value));
        return ConfigLoader.load(null, properties, Map.of());
    }
}
