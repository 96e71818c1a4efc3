package io.inferwatt.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.Tenant;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.footprint.Footprint;
import io.inferwatt.core.footprint.remote.Range;
import org.junit.jupiter.api.Test;

class SettledCallTest {

    @Test
    void durationOfASettledCall_isInSeconds() {
        SettledCall call = new SettledCall(
                ModelKey.of("bert"),
                Outcome.OK,
                -500_000_000,
                1_000_000_000,
                1,
                1,
                TokenUsage.NONE,
                2,
                3,
                0,
                Range.exactly(0),
                "",
                ComponentJoules.UNKNOWN,
                Footprint.UNKNOWN,
                Tenant.NONE,
                true,
                Double.NaN,
                Quality.MEASURED,
                0,
                0,
                0);

        assertThat(call.durationSeconds()).isEqualTo(1.5);
    }
}
