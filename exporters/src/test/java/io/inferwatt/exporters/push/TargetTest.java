package io.inferwatt.exporters.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.core.net.HttpRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    private final List<String> warnings = new ArrayList<>();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret",
                "ftp://secret/",
                "http:///secret",
                "http://user:secret@host/",
                "http://h/ secret",
                "http://h/#secret"
            })
    void whatIsNoAddress_isToldWithoutRepeatingIt(String url) {
        assertThat(Target.of("export.otlp", url, Optional.empty(), warnings::add))
                .isNull();
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("export.otlp.url: ")
                .doesNotContain("secret");
    }

    @Test
    void authFile_isReadAtEachRequest() throws IOException {
        Path file = folder.resolve("auth");
        Target target = target(file);
        HttpRequest request = HttpRequest.get(target.uri());
        Files.writeString(file, "user:pass\n");
        assertThat(target.authorized(request).headers()).containsEntry("Authorization", "Basic dXNlcjpwYXNz");
        Files.writeString(file, "token-1\n");
        assertThat(target.authorized(request).headers()).containsEntry("Authorization", "Bearer token-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "one\nsecret"})
    void authFileWithoutOneLine_isAFailureThatRepeatsNothing(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("auth"), text);
        assertThatThrownBy(() ->
                        target(file).authorized(HttpRequest.get(target(file).uri())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("auth_file")
                .hasMessageNotContaining("secret");
    }

    @Test
    void missingAuthFile_isAFailure() {
        Path file = folder.resolve("none");
        assertThatThrownBy(() ->
                        target(file).authorized(HttpRequest.get(target(file).uri())))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("none cannot be read");
    }

    @Test
    void segments_comeBeforeTheQuery() {
        Target target =
                Objects.requireNonNull(Target.of("x", "http://h:1/a/?tenant=t", Optional.empty(), warnings::add));
        assertThat(target.under("/b")).hasToString("http://h:1/a/b?tenant=t");
        assertThat(target.host()).isEqualTo("h:1");
    }

    private Target target(Path authFile) {
        return Objects.requireNonNull(Target.of("x", "http://h/", Optional.of(authFile), warnings::add));
    }
}
