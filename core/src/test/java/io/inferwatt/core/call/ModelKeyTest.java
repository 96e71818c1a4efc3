package io.inferwatt.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModelKeyTest {

    @Test
    void of_modelAlone_isAnInferenceOfNoTenant() {
        assertThat(ModelKey.of("bert"))
                .isEqualTo(new ModelKey("bert", ModelKey.INFERENCE))
                .isEqualTo(new ModelKey("bert", "inference", null))
                .isNotEqualTo(new ModelKey("bert", "inference", "a-tenant"));
    }
}
