package io.inferwatt.core.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorBandTest {

    @ParameterizedTest
    @CsvSource({"0, 1, 1", "0.03, 0.9412, 1.0588", "0.8, 0, 2.568"})
    void normal_isSymmetricAndNeverBelowZero(double uncertainty, double low, double high) {
        ErrorBand band = ErrorBand.normal(uncertainty);

        assertThat(band.lowRatio()).isEqualTo(low, within(1e-9));
        assertThat(band.highRatio()).isEqualTo(high, within(1e-9));
    }

    @Test
    void logNormal_dividesAsMuchAsItMultiplies() {
        ErrorBand band = ErrorBand.logNormal(1, 0.5);

        assertThat(band.lowRatio() * band.highRatio()).isEqualTo(1, within(1e-9));
        assertThat(band.highRatio()).isEqualTo(Math.exp(0.98), within(1e-9));
    }

    @Test
    void logNormal_biasBeyondTheSpread_stillHoldsTheFigureItself() {
        assertThat(ErrorBand.logNormal(2, 0.1).lowRatio()).isEqualTo(1);
        assertThat(ErrorBand.logNormal(0.5, 0.1).highRatio()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"-0.1, 1", "1.1, 1.2", "0.5, 0.9", "NaN, 1", "0.5, NaN", "0.5, Infinity"})
    void bandThatDoesNotHoldTheFigure_isRefused(double low, double high) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ErrorBand(low, high));
    }

    @Test
    void bands_ofTheSameSides_areEqual() {
        assertThat(new ErrorBand(0.5, 2)).isEqualTo(new ErrorBand(0.5, 2)).hasSameHashCodeAs(new ErrorBand(0.5, 2));
        assertThat(new ErrorBand(0.5, 2)).isNotEqualTo(new ErrorBand(0.4, 2)).isNotEqualTo(new ErrorBand(0.5, 3));
        assertThat(ErrorBand.NONE).isNotEqualTo(1.0);
    }
}
