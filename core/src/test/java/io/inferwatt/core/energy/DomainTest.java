package io.inferwatt.core.energy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DomainTest {

    @Test
    void domains_ofTheSameIdAndComponent_areEqual() {
        assertThat(Domain.gpu("a")).isEqualTo(Domain.gpu("a")).hasSameHashCodeAs(Domain.gpu("a"));
        assertThat(Domain.gpu("a")).isNotEqualTo(Domain.gpu("b")).isNotEqualTo("gpu:a");
        assertThat(Domain.CPU).isNotEqualTo(new Domain(Component.OTHER, "cpu"));
    }
}
