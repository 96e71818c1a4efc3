package io.inferwatt.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

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

    /** 1.96 x 0.6 is above 1: exp(1.96 sqrt(ln 1.36)) = exp(1.0868) = 2.96. */
    @ParameterizedTest
    @CsvSource({"NaN,unknown", "0.001,±0.2 %", "0.03,±6 %", "0.2979,±58 %", "0.51,±100 %", "0.6,factor 3.0"})
    void error_isA95PercentBandThatNeverGoesBelowZero(double relativeUncertainty, String words) {
        assertThat(Figures.error(relativeUncertainty)).isEqualTo(words);
    }
}
