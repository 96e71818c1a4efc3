package io.inferwatt.core.energy.nvml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostPidTest {

    @TempDir
    Path proc;

    @BeforeEach
    void ownEntry() throws IOException {
        Files.createDirectories(proc.resolve("self/ns"));
        Files.createDirectories(proc.resolve("2"));
    }

    private void numbers(String numbers, String namespace) throws IOException {
        Files.writeString(proc.resolve("self/status"), "Name:\tjava\nPid:\t7\nNSpid:\t" + numbers + "\nThreads:\t1\n");
        Files.createSymbolicLink(proc.resolve("self/ns/pid"), Path.of("pid:[" + namespace + "]"));
    }

    @Test
    void processOfTheHost_hasItsOwnNumber() throws IOException {
        numbers("4711", "4026531836");

        assertThat(HostPid.in(proc)).isEqualTo(4711);
    }

    @Test
    void processInAContainer_cannotKnow() throws IOException {
        numbers("7", "4026532200");
        Files.writeString(proc.resolve("2/comm"), "sh\n");

        assertThat(HostPid.in(proc)).isEqualTo(HostPid.UNKNOWN);
    }

    @Test
    void treeOfTheHostMountedInAContainer_tellsTheNumberThere() throws IOException {
        numbers("4711\t7", "4026532200");
        Files.writeString(proc.resolve("2/comm"), "kthreadd\n");

        assertThat(HostPid.in(proc)).isEqualTo(4711);
    }

    @Test
    void statusWithoutNumbers_isUnknown() throws IOException {
        numbers("", "4026531836");

        assertThat(HostPid.in(proc)).isEqualTo(HostPid.UNKNOWN);
        Files.writeString(proc.resolve("self/status"), "Name:\tjava\n");
        assertThat(HostPid.in(proc)).isEqualTo(HostPid.UNKNOWN);
    }

    @Test
    void thisProcess_isNeverTakenForAnother() {
        assertThat(HostPid.in(Path.of("/proc")))
                .isIn(HostPid.UNKNOWN, ProcessHandle.current().pid());
    }
}
