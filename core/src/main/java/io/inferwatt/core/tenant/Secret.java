package io.inferwatt.core.tenant;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** Bytes that nobody can guess. */
final class Secret {

    /** The kernel's own generator, which {@link SecureRandom} reads as well, by way of 100 classes that the start of a JVM can do without. */
    private static final Path KERNEL = Path.of("/dev/urandom");

    private Secret() {}

    static byte[] ofBytes(int count) {
        return ofBytes(count, KERNEL);
    }

    /** @param source a file of random bytes; where it cannot be read, or ends early, the JDK is asked */
    static byte[] ofBytes(int count, Path source) {
        try (InputStream in = Files.newInputStream(source)) {
            byte[] bytes = in.readNBytes(count);
            if (bytes.length == count) {
                return bytes;
            }
        } catch (IOException absent) {
            // Windows has no such file, and a container may hide it.
        }
        byte[] bytes = new byte[count];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
