package io.inferwatt.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JvmFactsTest {

    @Test
    void fill_emptySheet_tellsProcessorsAndMemory() {
        FactSheet sheet = new FactSheet();

        JvmFacts.fill(sheet);

        HostFacts facts = sheet.toFacts();
        assertThat(facts.hardwareThreads()).isPositive();
        assertThat(facts.processorName()).isNotEqualTo("unknown");
        assertThat(facts.memoryBytes()).isPositive();
    }

    @Test
    void fill_knownFacts_replacesNone() {
        FactSheet sheet = new FactSheet();
        sheet.hardwareThreads(3);
        sheet.processorName("Abacus 9000");
        sheet.memoryBytes(640);

        JvmFacts.fill(sheet);

        HostFacts facts = sheet.toFacts();
        assertThat(facts.hardwareThreads()).isEqualTo(3);
        assertThat(facts.processorName()).isEqualTo("Abacus 9000");
        assertThat(facts.memoryBytes()).isEqualTo(640);
    }
}
