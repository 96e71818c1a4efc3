package io.inferwatt.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.exporters.http.access.Access;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordTest {

    @TempDir
    Path folder;

    @Test
    void line_isOneThatTheEndpointTakes() throws Exception {
        Terminal terminal = new Terminal().type("grün & lang\nsecond line\n");
        assertThat(terminal.run("password", "prometheus")).isZero();
        assertThat(terminal.lines()).singleElement().asString().startsWith("prometheus:$pbkdf2-sha256$600000$");
        assertThat(terminal.err()).isEmpty();
        Path file = Files.writeString(folder.resolve("users"), terminal.out());
        Access access =
                Access.of(Optional.of(file), Optional.empty(), line -> {}).orElseThrow();
        String pair = Base64.getEncoder().encodeToString("prometheus:grün & lang".getBytes(StandardCharsets.UTF_8));
        assertThat(access.check("Basic " + pair, "here")).isEqualTo(Access.Verdict.ALLOWED);
    }

    @Test
    void nothingTyped_isOneLineAndExitCode1() {
        Terminal terminal = new Terminal().type("");
        assertThat(terminal.run("password", "prometheus")).isEqualTo(Password.NO_PASSWORD);
        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.err()).startsWith("inferwatt: password: standard input holds no password");
    }
}
