package io.inferwatt.exporters.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HttpDateTest {

    @Test
    void date_isAsInTheStandard() {
        assertThat(HttpDate.of(784_111_777)).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
        assertThat(HttpDate.of(1_796_083_199)).isEqualTo("Mon, 30 Nov 2026 23:59:59 GMT");
    }
}
