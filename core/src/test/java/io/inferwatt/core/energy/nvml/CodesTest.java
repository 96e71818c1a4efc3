package io.inferwatt.core.energy.nvml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodesTest {

    /** Numbers and names of NVML's API Reference Guide. */
    @ParameterizedTest
    @CsvSource({
        "0, SUCCESS",
        "1, UNINITIALIZED",
        "3, NOT_SUPPORTED",
        "4, NO_PERMISSION",
        "6, NOT_FOUND",
        "7, INSUFFICIENT_SIZE",
        "9, DRIVER_NOT_LOADED",
        "12, LIBRARY_NOT_FOUND",
        "13, FUNCTION_NOT_FOUND",
        "15, GPU_IS_LOST",
        "16, RESET_REQUIRED",
        "17, OPERATING_SYSTEM",
        "18, LIB_RM_VERSION_MISMATCH",
        "999, error",
        "-1, error",
    })
    void text_hasNameAndNumber(int code, String name) {
        assertThat(Codes.text(code)).isEqualTo(name + " (NVML code " + code + ")");
    }

    @Test
    void refusals_areWhatAskingAgainDoesNotChange() {
        assertThat(Codes.isRefusal(3)).isTrue();
        assertThat(Codes.isRefusal(4)).isTrue();
        assertThat(Codes.isRefusal(13)).isTrue();
        assertThat(Codes.isRefusal(6)).isFalse();
        assertThat(Codes.isRefusal(15)).isFalse();
        assertThat(Codes.isRefusal(999)).isFalse();
    }
}
