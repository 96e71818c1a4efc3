package io.inferwatt.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.energy.Quality;
import org.junit.jupiter.api.Test;

class ModelKeyTest {

    @Test
    void of_modelAlone_isAnInferenceOfNoTenant() {
        assertThat(ModelKey.of("bert"))
                .isEqualTo(new ModelKey("bert", ModelKey.INFERENCE))
                .isEqualTo(new ModelKey("bert", "inference", null))
                .isNotEqualTo(new ModelKey("bert", "inference", "a-tenant"));
    }

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
                0,
                Double.NaN,
                Quality.MEASURED,
                0,
                0,
                0);

        assertThat(call.durationSeconds()).isEqualTo(1.5);
    }
}
