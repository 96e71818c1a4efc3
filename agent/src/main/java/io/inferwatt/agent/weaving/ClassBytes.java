package io.inferwatt.agent.weaving;

import java.nio.charset.StandardCharsets;

/** Looks into class files without parsing them. */
final class ClassBytes {

    private ClassBytes() {}

    /** Tells whether a name is anywhere in a class file, where its constants are kept in modified UTF-8. */
    static boolean contain(byte[] classFile, String name) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i <= classFile.length - wanted.length; i++) {
            int matched = 0;
            while (matched < wanted.length && classFile[i + matched] == wanted[matched]) {
                matched++;
            }
            if (matched == wanted.length) {
                return true;
            }
        }
        return false;
    }
}
