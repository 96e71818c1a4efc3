package io.inferwatt.core.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SmallFileTest {

    @TempDir
    Path folder;

    @Test
    void file_isReadUpToTheLimit() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "grüße");

        assertThat(SmallFile.text(file, 7)).isEqualTo("grüße");
        assertThatThrownBy(() -> SmallFile.text(file, 6))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("larger than 6 bytes");
    }

    @Test
    void fileThatIsNoText_isAnError() throws IOException {
        Path file = Files.write(folder.resolve("f"), new byte[] {(byte) 0xc3, 0x28});

        assertThatThrownBy(() -> SmallFile.text(file, 10)).isInstanceOf(CharacterCodingException.class);
        assertThat(SmallFile.word(file)).isNull();
    }

    @Test
    void nothingAndFolders_areErrors() {
        assertThatThrownBy(() -> SmallFile.bytes(folder.resolve("no"), 1)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> SmallFile.bytes(folder, 1)).hasMessageContaining("no regular file");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void deviceWithoutEnd_isNotOpened() {
        assertThatThrownBy(() -> SmallFile.bytes(Path.of("/dev/zero"), 1 << 20))
                .hasMessageContaining("no regular file");
    }

    @Test
    void wordOfTheKernel_isOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("name"), " package-0\n");

        assertThat(SmallFile.word(file)).isEqualTo("package-0");
        assertThat(SmallFile.word(Files.writeString(file, "a\nb\n"))).isEqualTo("a?b");
    }
}
