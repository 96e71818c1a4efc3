package io.inferwatt.it.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchPartTest {

    private static final BenchPart FIRST = new BenchPart("First", Map.of("bench.rounds", "15", "bench.phase", "4"));
    private static final BenchPart SECOND = new BenchPart("Second", Map.of());
    private static final List<BenchPart> KNOWN = List.of(FIRST, SECOND);

    @Test
    void chosen_ofNothing_areAll() {
        assertThat(BenchPart.chosen(KNOWN, "")).isEqualTo(KNOWN);
    }

    @Test
    void chosen_byName_withSettingsOfTheirOwn_keepTheOthers() {
        assertThat(BenchPart.chosen(KNOWN, "Second against=a,b; First rounds=3"))
                .containsExactly(
                        new BenchPart("Second", Map.of("bench.against", "a,b")),
                        new BenchPart("First", Map.of("bench.rounds", "3", "bench.phase", "4")));
    }

    @Test
    void chosen_ofAnUnknownName_saysWhichThereAre() {
        assertThatThrownBy(() -> BenchPart.chosen(KNOWN, "Third"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no 'Third'; there are [First, Second]");
    }

    @Test
    void chosen_withASettingWithoutValue_saysWhich() {
        assertThatThrownBy(() -> BenchPart.chosen(KNOWN, "First rounds"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("First: 'rounds' is not of the form name=value");
    }
}
