package io.inferwatt.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphicsHardwareTest {

    @TempDir
    private Path sysRoot;

    @Test
    void below_findsCardsThatModelsRunOnAndNothingElse() throws IOException {
        device("gpu-1", "0x10de", "0x030200");
        device("gpu-2", "0x1002", "0x120000");
        device("sound-of-the-card", "0x10de", "0x040300");
        device("display-of-the-bmc", "0x1a03", "0x030000");
        Files.createDirectories(sysRoot.resolve("bus/pci/devices/unreadable"));

        assertThat(GraphicsHardware.below(sysRoot))
                .containsExactlyInAnyOrder(
                        new GraphicsHardware("NVIDIA", "gpu-1"), new GraphicsHardware("AMD", "gpu-2"));
    }

    @Test
    void below_withoutABus_findsNothing() {
        assertThat(GraphicsHardware.below(sysRoot)).isEmpty();
    }

    private void device(String address, String vendor, String kind) throws IOException {
        Path folder = Files.createDirectories(sysRoot.resolve("bus/pci/devices").resolve(address));
        Files.writeString(folder.resolve("vendor"), vendor + "\n");
        Files.writeString(folder.resolve("class"), kind + "\n");
    }
}
