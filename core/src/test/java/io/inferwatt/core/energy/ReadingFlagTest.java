package io.inferwatt.core.energy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadingFlagTest {

    @Test
    void label_isTheWordOfTheMetricLabel() {
        assertThat(ReadingFlag.VM_VIEW.label()).isEqualTo("vm_view");
        assertThat(ReadingFlag.values()).extracting(ReadingFlag::label).doesNotHaveDuplicates();
    }
}
