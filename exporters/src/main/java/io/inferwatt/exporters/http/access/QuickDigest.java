package io.inferwatt.exporters.http.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** SHA-256 behind random bytes of this process: of use for comparing within it, and to nobody else. */
final class QuickDigest {

    private final byte[] salt = new byte[32];

    QuickDigest() {
        new SecureRandom().nextBytes(salt);
    }

    byte[] of(String secret) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(salt);
            return sha.digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }
}
