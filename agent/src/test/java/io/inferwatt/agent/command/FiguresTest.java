package io.inferwatt.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.energy.ErrorBand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    @ParameterizedTest
    @CsvSource({"NaN,unknown", "0.354,0.35 W", "12.34,12.3 W", "162.4,162 W", "1400,1400 W"})
    void watts_haveAboutThreeDigits(double watts, String words) {
        assertThat(Figures.watts(watts)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"0.00098,1.0 ms", "0.0204,20 ms", "0.1,100 ms", "1.02,1.0 s"})
    void seconds_takeTheUnitThatFits(double seconds, String words) {
        assertThat(Figures.seconds(seconds)).isEqualTo(words);
    }

    @Test
    void error_isTheBandInPerCent_withBothSidesWhereTheyDiffer() {
        assertThat(Figures.error(ErrorBand.normal(0.03))).isEqualTo("±6 %");
        assertThat(Figures.error(new ErrorBand(0.58, 2.39))).isEqualTo("-42 to +139 %");
        assertThat(Figures.error(null)).isEqualTo("unknown");
        assertThat(Figures.error(ErrorBand.NONE)).isEqualTo("unknown");
    }
}
