package io.inferwatt.core.footprint.remote;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StarPatternTest {

    @ParameterizedTest
    @CsvSource({
        "gpt-4o, gpt-4o, true",
        "gpt-4o, gpt-4o-mini, false",
        "gpt-4o*, gpt-4o, true",
        "gpt-4o*, gpt-4o-mini, true",
        "*-mini, gpt-4o-mini, true",
        "*-mini, gpt-4o-mini-x, false",
        "a*b*c, aXbXbXc, true",
        "a*b*c, aXcXb, false",
        "*, anything, true",
        "**, '', true",
        "a*, '', false",
    })
    void star_standsForAnyText(String pattern, String text, boolean matches) {
        assertThat(StarPattern.matches(pattern, text)).isEqualTo(matches);
    }

    @Test
    void manyStars_endSoon() {
        assertThat(StarPattern.matches("*a".repeat(100) + "b", "a".repeat(300))).isFalse();
    }
}
