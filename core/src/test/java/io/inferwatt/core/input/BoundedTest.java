package io.inferwatt.core.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class BoundedTest {

    @Test
    void text_isCut() {
        assertThat(Bounded.text("abc", 2)).isEqualTo("ab");
        assertThat(Bounded.text("abc", 3)).isEqualTo("abc");
    }

    @Test
    void lowerCase_isThatOfTheBegin() {
        assertThat(Bounded.lowerCase("  GPT-4o ", 100)).isEqualTo("gpt-4o");
        assertThat(Bounded.lowerCase("\u0130".repeat(1 << 20), 10)).hasSizeLessThanOrEqualTo(20);
    }

    @Test
    void stream_endsAfterTheLimit() throws IOException {
        assertThat(stream(3).readAllBytes()).containsExactly(1, 2, 3);
        assertThat(stream(9).readAllBytes()).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void stream_readByteByByteAndSkipped_endsAfterTheLimitToo() throws IOException {
        InputStream stream = stream(3);

        assertThat(stream.available()).isEqualTo(3);
        assertThat(stream.read()).isEqualTo(1);
        assertThat(stream.skip(1)).isEqualTo(1);
        assertThat(stream.read()).isEqualTo(3);
        assertThat(stream.read()).isEqualTo(-1);
        assertThat(stream.read(new byte[1])).isEqualTo(-1);
        assertThat(stream.markSupported()).isFalse();
    }

    private static InputStream stream(long most) {
        return Bounded.stream(new ByteArrayInputStream(new byte[] {1, 2, 3, 4, 5}), most);
    }
}
