package io.inferwatt.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModelKeyTest {

    @Test
    void of_modelAlone_isAnInferenceHere() {
        assertThat(ModelKey.of("bert"))
                .isEqualTo(new ModelKey("bert", ModelKey.INFERENCE))
                .isNotEqualTo(ModelKey.remote("bert", "inference"));
    }
}
