package io.inferwatt.exporters.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "modes of files are those of POSIX")
class RecordsFileTest {

    private static final String LINE = "x".repeat(60);

    @TempDir
    Path folder;

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static void write(RecordsFile file) throws IOException {
        file.append(LINE);
        file.flush();
    }

    @Test
    void newFile_isTheOwnersAlone() throws IOException {
        Path path = folder.resolve("records.jsonl");
        try (RecordsFile file = new RecordsFile(path, 100, 3)) {
            write(file);
            write(file);
        }
        assertThat(mode(path)).isEqualTo("rw-------");
        assertThat(mode(folder.resolve("records.jsonl.1"))).isEqualTo("rw-------");
    }

    @Test
    void fileThatSomebodyOpenedToAGroup_staysSo_andSoAreThoseAfterIt() throws IOException {
        Path path = folder.resolve("records.jsonl");
        try (RecordsFile file = new RecordsFile(path, 100, 3)) {
            write(file);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
            write(file);
            write(file);
        }
        assertThat(mode(path)).isEqualTo("rw-r-----");
        assertThat(mode(folder.resolve("records.jsonl.2"))).isEqualTo("rw-r-----");
    }
}
