package io.inferwatt.exporters.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordHashTest {

    /** Made by another implementation: hashlib.pbkdf2_hmac('sha256', b'correct horse', b'0123456789abcdef', 100000). */
    private static final String FOREIGN =
            "$pbkdf2-sha256$100000$MDEyMzQ1Njc4OWFiY2RlZg==$WYEVV1ul0qBt7iGnOFpq5RmH0aOFvmOKTlUAgn9mWYM=";

    @Test
    void hash_matchesItsPasswordAlone() {
        PasswordHash hash = PasswordHash.of("secret".toCharArray());
        assertThat(hash.toString()).startsWith("$pbkdf2-sha256$600000$").doesNotContain("secret");
        PasswordHash read = PasswordHash.parse(hash.toString());
        assertThat(read).isNotNull();
        assertThat(read.matches("secret".toCharArray())).isTrue();
        assertThat(read.matches("Secret".toCharArray())).isFalse();
        assertThat(PasswordHash.of("secret".toCharArray()).toString())
                .as("each has a salt of its own")
                .isNotEqualTo(hash.toString());
    }

    @Test
    void hash_ofAnotherImplementation_isUnderstood() {
        PasswordHash hash = PasswordHash.parse(FOREIGN);
        assertThat(hash).isNotNull();
        assertThat(hash.matches("correct horse".toCharArray())).isTrue();
        assertThat(hash.toString()).isEqualTo(FOREIGN);
    }
}
