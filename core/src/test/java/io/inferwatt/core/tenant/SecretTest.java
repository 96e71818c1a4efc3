package io.inferwatt.core.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {

    @TempDir
    Path folder;

    @Test
    void secret_isAnotherEachTime() {
        assertThat(Secret.ofBytes(16)).hasSize(16).isNotEqualTo(Secret.ofBytes(16));
    }

    @Test
    void secret_withoutTheKernelsFile_isAnotherEachTimeToo() {
        Path missing = folder.resolve("urandom");

        assertThat(Secret.ofBytes(16, missing)).hasSize(16).isNotEqualTo(Secret.ofBytes(16, missing));
    }

    @Test
    void secret_ofAFileThatEndsEarly_isNotThatFile() throws Exception {
        Path tooShort = Files.write(folder.resolve("urandom"), new byte[] {1, 2, 3});

        assertThat(Secret.ofBytes(16, tooShort)).hasSize(16).isNotEqualTo(Secret.ofBytes(16, tooShort));
    }
}
