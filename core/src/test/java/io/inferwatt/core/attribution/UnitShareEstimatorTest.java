package io.inferwatt.core.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.config.AttributionMethod;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class UnitShareEstimatorTest {

    private final UnitShareEstimator estimator = new UnitShareEstimator(AttributionMethod.CPU_SHARE);
    private final double[] shares = new double[Columns.MOST];

    @Test
    void explain_unitsInFlight_dividesWhatIsAboveIdleByUnits() {
        estimator.explain(100, 20, 1, tick(2, 1, 3), shares);

        assertThat(shares[Columns.IDLE]).isEqualTo(40);
        assertThat(shares[Columns.OTHER]).isZero();
        assertThat(shares[Columns.MODELS]).isEqualTo(15);
        assertThat(shares[Columns.MODELS + 1]).isEqualTo(45);
    }

    @Test
    void explain_nothingInFlight_leavesWhatIsAboveIdleToOtherProcesses() {
        estimator.explain(100, 20, 1, tick(2, 0, 0), shares);

        assertThat(shares[Columns.IDLE]).isEqualTo(40);
        assertThat(shares[Columns.OTHER]).isEqualTo(60);
        assertThat(shares[Columns.MODELS]).isZero();
    }

    @Test
    void explain_othersOnTheDevice_getTheirPartBesideTheTimeInFlight() {
        TickFeatures tick = tick(2, 1, 3);
        tick.inFlightSeconds[0] = 1;
        tick.inFlightSeconds[1] = 3; // more than the tick is long: two at once
        tick.otherDeviceSeconds = 0.5;
        estimator.explain(100, 20, 1, tick, shares);

        assertThat(shares[Columns.OTHER]).isEqualTo(60 * 0.5 / 2.5, within(1e-9));
        assertThat(shares[Columns.MODELS] + shares[Columns.MODELS + 1]).isEqualTo(60 * 2 / 2.5, within(1e-9));
        assertThat(Arrays.stream(shares).sum()).isEqualTo(100, within(1e-9));
    }

    @Test
    void explain_lessThanIdleOrIdleUnknown_neverGivesMoreThanWasDrawn() {
        for (double idleWatts : new double[] {80, Double.NaN}) {
            estimator.explain(100, idleWatts, 1, tick(2, 1, 1), shares);

            assertThat(shares[Columns.IDLE]).isEqualTo(Double.isNaN(idleWatts) ? 0 : 100);
            assertThat(Arrays.stream(shares).sum()).isEqualTo(100, within(1e-9));
        }
    }

    private static TickFeatures tick(double seconds, double... unitSeconds) {
        TickFeatures tick = new TickFeatures();
        tick.seconds = seconds;
        tick.keys = unitSeconds.length;
        System.arraycopy(unitSeconds, 0, tick.unitSeconds, 0, unitSeconds.length);
        return tick;
    }
}
