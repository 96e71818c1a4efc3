package io.inferwatt.core.footprint.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BandsTest {

    @Test
    void aroundOfSigmaOf_givesTheIntervalBack() {
        Range band = Bands.around(Bands.geometricMean(44, 132), Bands.sigmaOf(44, 132));

        assertThat(band.low()).isCloseTo(44, within(1e-9));
        assertThat(band.central()).isCloseTo(76.2102, within(1e-4));
        assertThat(band.high()).isCloseTo(132, within(1e-9));
    }

    @Test
    void product_addsErrorsInQuadrature() {
        // ln 8 and ln 15 in quadrature: hypot(2.0794, 2.7081) = 3.4143; e^3.4143 = 30.40.
        Range product = Bands.product(new Range(1 / 8.0, 1, 8), new Range(2 / 15.0, 2, 30));

        assertThat(product.central()).isEqualTo(2);
        assertThat(product.high()).isCloseTo(2 * 30.396, within(0.01));
        assertThat(product.low()).isCloseTo(2 / 30.396, within(1e-4));
    }

    @Test
    void product_withACertainFigure_scales() {
        Range product = Bands.product(new Range(1, 2, 6), Range.exactly(3));

        assertThat(product.low()).isCloseTo(3, within(1e-12));
        assertThat(product.central()).isEqualTo(6);
        assertThat(product.high()).isCloseTo(18, within(1e-12));
    }

    @Test
    void product_withZero_isZero() {
        assertThat(Bands.product(Range.exactly(0), new Range(1, 2, 3))).isEqualTo(Range.exactly(0));
    }

    @Test
    void extremes_multipliesTheEndsAndTakesTheMiddle() {
        assertThat(Bands.extremes(new Range(1, 9, 3), new Range(2, 9, 4))).isEqualTo(new Range(2, 7, 12));
    }

    @Test
    void unknown_isNotKnown() {
        assertThat(Range.UNKNOWN.isKnown()).isFalse();
        assertThat(Range.exactly(0).isKnown()).isTrue();
    }
}
