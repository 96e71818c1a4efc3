package io.inferwatt.core.footprint.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedKeyTest {

    private static final Map<String, String> VARIABLE = Map.of(FeedKey.VARIABLE, " from-environment ");

    @TempDir
    Path folder;

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("key"), text);
    }

    @Test
    void file_winsOverTheVariableAndIsReadAnew() throws Exception {
        FeedKey key = new FeedKey(Optional.of(file("first\n")), VARIABLE);
        assertThat(key.read()).isEqualTo("first");
        file("second");
        assertThat(key.read()).isEqualTo("second");
        assertThat(new FeedKey(Optional.empty(), VARIABLE).read()).isEqualTo("from-environment");
    }

    @Test
    void keyThatIsNone_saysWhatToDoAndNothingOfItself() throws Exception {
        assertRefused(new FeedKey(Optional.empty(), Map.of()), "set carbon.key_file");
        assertRefused(new FeedKey(Optional.of(file(" \n")), VARIABLE), "is empty");
        assertRefused(new FeedKey(Optional.of(file("secret\nsecret")), VARIABLE), "more than one line");
        assertRefused(new FeedKey(Optional.of(file("secret".repeat(2000))), VARIABLE), "too large");
        assertRefused(new FeedKey(Optional.of(folder.resolve("none")), VARIABLE), "NoSuchFileException");
    }

    private static void assertRefused(FeedKey key, String why) {
        assertThatThrownBy(key::read)
                .isInstanceOfSatisfying(
                        FeedException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(FeedException.Kind.KEY))
                .hasMessageContaining(why)
                .hasMessageNotContaining("secret");
        assertThat(key.toString()).doesNotContain("secret");
    }
}
