package io.inferwatt.core.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnFilesTest {

    private static final Set<StandardOpenOption> WRITING = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);

    @TempDir
    private Path folder;

    @Test
    void fileThatIsMade_isForItsOwnerAlone() throws IOException {
        Path file = folder.resolve("state");
        write(file);

        assertThat(mode(file)).isEqualTo("rw-------");
    }

    @Test
    void fileThatIsThere_keepsItsMode() throws IOException {
        Path file = Files.createFile(folder.resolve("state"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        write(file);

        assertThat(mode(file)).isEqualTo("rw-r-----");
    }

    @Test
    void nextFile_takesTheModeOfTheOneBefore() throws IOException {
        Path before = Files.createFile(folder.resolve("records"));
        Files.setPosixFilePermissions(before, PosixFilePermissions.fromString("rw-rw----"));
        Path next = folder.resolve("records.next");
        write(next);
        OwnFiles.mode(next, OwnFiles.mode(before));

        assertThat(mode(next)).isEqualTo("rw-rw----");
    }

    @Test
    void modeOfAFileThatIsGone_isUnknown_andChangesNothing() throws IOException {
        Path file = folder.resolve("state");
        write(file);
        Set<PosixFilePermission> unknown = OwnFiles.mode(folder.resolve("gone"));
        OwnFiles.mode(file, unknown);
        OwnFiles.mode(folder.resolve("gone"), OwnFiles.mode(file));

        assertThat(unknown).isNull();
        assertThat(mode(file)).isEqualTo("rw-------");
    }

    private static void write(Path file) throws IOException {
        try (FileChannel channel = OwnFiles.open(file, WRITING)) {
            channel.write(ByteBuffer.wrap(new byte[] {1}));
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
