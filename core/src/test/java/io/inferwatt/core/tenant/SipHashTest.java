package io.inferwatt.core.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipHashTest {

    /** Of the reference implementation: key 00 to 0f, text 00, 01, 02 ... of that many bytes. */
    @ParameterizedTest
    @CsvSource({
        "0, 726fdb47dd0e0e31",
        "2, 0d6c8009d9a94f5a",
        "4, cf2794e0277187b7",
        "6, cbc9466e58fee3ce",
        "8, 93f5f5799a932462"
    })
    void hash_isThatOfTheReferenceImplementation(int bytes, String expected) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes; i += 2) {
            text.append((char) (i | ((i + 1) << 8)));
        }

        long hash = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L).hash(text);

        assertThat(String.format("%016x", hash)).isEqualTo(expected);
    }
}
