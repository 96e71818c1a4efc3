package io.inferwatt.it.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerTest {

    private static final String PROPERTY = "bench.joularjx";

    @TempDir
    Path folder;

    @AfterEach
    void clear() {
        System.clearProperty(PROPERTY);
    }

    @Test
    void peer_withoutAJar_isAbsentAndSaysWhatIsMissing() {
        assertThat(Peer.JOULARJX.isPresent()).isFalse();
        assertThatThrownBy(() -> Peer.JOULARJX.options(folder))
                .isInstanceOf(IOException.class)
                .hasMessage("JoularJX: no jar; name it by -Dbench.joularjx=PATH");
    }

    @Test
    void joularjx_getsItsSettingsAndAFileOfWatts() throws Exception {
        Path jar = Files.createFile(folder.resolve("joularjx-3.1.0.jar"));
        System.setProperty(PROPERTY, jar.toString());

        assertThat(Peer.JOULARJX.title()).isEqualTo("JoularJX 3.1.0");
        assertThat(Peer.JOULARJX.options(folder))
                .containsExactly("-javaagent:" + jar, "-Djoularjx.config=" + folder.resolve("joularjx.properties"));
        assertThat(folder.resolve("joularjx.properties"))
                .content()
                .contains("vm-monitoring=true", "vm-power-path=" + folder.resolve("vm-power.csv"));
        assertThat(folder.resolve("vm-power.csv")).hasContent("20.0");
    }
}
