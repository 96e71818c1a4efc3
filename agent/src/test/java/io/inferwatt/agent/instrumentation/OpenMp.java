package io.inferwatt.agent.instrumentation;

import com.sun.jna.NativeLibrary;
import org.jspecify.annotations.Nullable;

/** GCC's OpenMP, which libraries with native code of their own take from the system. */
public final class OpenMp {

    public static final String ONE_PROCESSOR = "one processor: OpenMP starts no threads";

    private static final String LIBRARY = "libgomp.so.1";

    private OpenMp() {}

    /** Returns why there is none on a system that needs it, or null. */
    public static @Nullable String missing() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return null;
        }
        try {
            NativeLibrary.getInstance(LIBRARY).close();
            return null;
        } catch (UnsatisfiedLinkError missing) {
            return LIBRARY + " cannot be loaded (Debian's package libgomp1): " + missing.getMessage();
        }
    }
}
