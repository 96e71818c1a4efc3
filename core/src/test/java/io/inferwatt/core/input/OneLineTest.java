package io.inferwatt.core.input;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {

    @Test
    void textOfPlainCharacters_isTheSameObject() {
        String text = "größe 12 µJ \ud83d\ude00 ±";

        assertThat(OneLine.of(text, 100)).isSameAs(text);
    }

    @Test
    void charactersThatEndALineOrMoveACursor_areQuestionMarks() {
        assertThat(OneLine.of("a\nb\r\tc\0\u001b[2J\u007f\u0085\u2028\u2029\u202e", 100))
                .isEqualTo("a?b??c??[2J?????");
    }

    @Test
    void halvesOfCharacters_areQuestionMarks() {
        assertThat(OneLine.of("\ud83d", 9)).isEqualTo("?");
        assertThat(OneLine.of("\ude00a\ud83d", 9)).isEqualTo("?a?");
        assertThat(OneLine.of("ab\ud83d\ude00", 3)).as("cut inside of one").isEqualTo("ab?...");
    }

    @Test
    void longText_isCutAndSaysSo() {
        assertThat(OneLine.of("abcdef", 3)).isEqualTo("abc...");
        assertThat(OneLine.of("abc", 3)).isEqualTo("abc");
    }
}
