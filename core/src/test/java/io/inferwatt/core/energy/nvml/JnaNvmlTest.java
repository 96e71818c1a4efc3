package io.inferwatt.core.energy.nvml;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JnaNvmlTest extends NvmlApiContract {

    @Override
    protected NvmlBinding open(String library) {
        return JnaNvml.open(library);
    }

    @ParameterizedTest
    @CsvSource({"jna.boot.library.path, /opt/shop/native", "jna.nosys, false"})
    void nativePartThatTheApplicationHasForItself_isLeftToIt(String property, String value) {
        String before = System.setProperty(property, value);
        try {
            assertThatThrownBy(() -> open("libnvidia-ml.so.1"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(property);
        } finally {
            if (before == null) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, before);
            }
        }
    }

    @Test
    void libraryOfAnotherKind_isRefused() {
        assertThatThrownBy(() -> open("libc.so.6")).isInstanceOf(LinkageError.class);
    }
}
