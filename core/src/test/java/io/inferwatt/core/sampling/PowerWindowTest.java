package io.inferwatt.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PowerWindowTest {

    @Test
    void watts_areTheLastSeconds_andOnlyKnownTimeCounts() {
        PowerWindow window = new PowerWindow();
        assertThat(window.watts()).isNaN();
        window.add(0, 0, 10);
        window.add(40_000_000, 0, 11);
        window.add(50_000_000, 0, 11.5);
        assertThat(window.watts()).isCloseTo(20, within(1e-9));
        window.add(50_000_000, 0, 11.5);
        assertThat(window.watts()).as("nothing known since").isCloseTo(20, within(1e-9));
    }

    @Test
    void coverage_looksBackFiveMinutes() {
        PowerWindow window = new PowerWindow();
        window.add(0, 0, 0);
        window.add(500_000, 0, 1);
        assertThat(window.coverage()).as("below 1 J").isNaN();
        window.add(100_000_000, 50_000_000, 2);
        assertThat(window.coverage()).isCloseTo(0.5, within(1e-9));
        for (int i = 0; i < 301; i++) {
            window.add(200_000_000 + i * 1_000_000L, 50_000_000, 3 + i);
        }
        assertThat(window.coverage()).isCloseTo(1, within(1e-9));
    }
}
