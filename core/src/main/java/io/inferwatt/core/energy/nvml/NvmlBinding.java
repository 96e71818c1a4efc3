package io.inferwatt.core.energy.nvml;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A loaded native library whose functions take {@code int} and {@code long}, pointers as addresses, and return {@code
 * int}. Calls leave no garbage. 64-bit systems only.
 */
interface NvmlBinding {

    /** Returns a function with this exact type, or null if the library does not export it. */
    @Nullable
    MethodHandle function(String name, MethodType type);

    /** Returns where the memory of a direct buffer begins; valid as long as the buffer is reachable. */
    long addressOf(ByteBuffer direct);
}
