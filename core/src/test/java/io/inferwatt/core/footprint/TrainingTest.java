package io.inferwatt.core.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingTest {

    private static final long YEAR_NANOS = 365L * 86_400 * 1_000_000_000;

    private long nanos = -YEAR_NANOS / 4;
    private final List<String> problems = new ArrayList<>();

    private Training of(String entries) {
        return Training.of(entries, problems, () -> nanos);
    }

    @Test
    void trainingIsSpreadOverRequests_orOverTime() {
        Training training = of("minilm=12kg/1000000requests; scorer = 3kg/2years ;");

        assertThat(training.grams("minilm", 500, 1)).isCloseTo(6, within(1e-12));
        assertThat(training.grams("scorer", 500, 1)).isZero();
        nanos += YEAR_NANOS / 2;
        assertThat(training.grams("scorer", 0, 1)).isCloseTo(750, within(1e-9));
        assertThat(training.grams("scorer", 3, 0.25) + training.grams("scorer", 9, 0.75))
                .as("of two operations together")
                .isCloseTo(750, within(1e-9));
        assertThat(training.isKnown("other")).isFalse();
        assertThat(training.grams("other", 9, 1)).isNaN();
        assertThat(problems).isEmpty();
    }

    @Test
    void entriesThatAreNotUnderstood_areToldAndLeftOut() {
        Training training =
                of("a=12kg;b=kg/2years;c=1kg/0requests;=1kg/1years;d=-1kg/1years;e=1kg/2weeks;f=1kg/2years");

        assertThat(problems)
                .hasSize(6)
                .allMatch(line -> line.startsWith("training.models: '") && line.contains("allowed"));
        assertThat(training.grams("c", 1, 1)).isNaN();
        assertThat(training.grams("f", 1, 1)).isZero();
    }

    @Test
    void veryManyEntriesThatAreNotUnderstood_areFewLines() {
        of("what?;".repeat(50_000));

        assertThat(problems).hasSize(21).last().asString().startsWith("training.models: 49980 further entries");
    }
}
