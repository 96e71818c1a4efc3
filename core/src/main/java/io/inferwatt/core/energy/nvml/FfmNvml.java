package io.inferwatt.core.energy.nvml;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * NVML through the foreign function API of JDK 22 and later, reached by reflection so that one build for 17 holds it. Pointers
 * are passed as 64-bit numbers, which every 64-bit calling convention treats alike. Never a critical call: those would
 * keep the JVM from its safepoints while the driver works.
 */
final class FfmNvml implements NvmlBinding {

    private final Object linker;
    private final Object symbols;
    private final Method find;
    private final Method downcall;
    private final Method describe;
    private final Method segment;
    private final Method address;
    private final Class<?> layout;
    private final Object noOptions;
    private final Object jint;
    private final Object jlong;

    private FfmNvml(String library) throws ReflectiveOperationException {
        Class<?> linkerType = Class.forName("java.lang.foreign.Linker");
        Class<?> lookupType = Class.forName("java.lang.foreign.SymbolLookup");
        Class<?> segmentType = Class.forName("java.lang.foreign.MemorySegment");
        Class<?> descriptorType = Class.forName("java.lang.foreign.FunctionDescriptor");
        Class<?> optionType = Class.forName("java.lang.foreign.Linker$Option");
        Class<?> values = Class.forName("java.lang.foreign.ValueLayout");
        Class<?> arenaType = Class.forName("java.lang.foreign.Arena");
        layout = Class.forName("java.lang.foreign.MemoryLayout");

        Object arena = arenaType.getMethod("global").invoke(null);
        symbols = lookupType.getMethod("libraryLookup", String.class, arenaType).invoke(null, library, arena);
        linker = linkerType.getMethod("nativeLinker").invoke(null);
        find = lookupType.getMethod("find", String.class);
        downcall = linkerType.getMethod("downcallHandle", segmentType, descriptorType, optionType.arrayType());
        describe = descriptorType.getMethod("of", layout, layout.arrayType());
        segment = segmentType.getMethod("ofBuffer", Buffer.class);
        address = segmentType.getMethod("address");
        noOptions = Array.newInstance(optionType, 0);
        jint = values.getField("JAVA_INT").get(null);
        jlong = values.getField("JAVA_LONG").get(null);
    }

    /**
     * Loads the library. The first use of this API in a JVM without {@code --enable-native-access} makes the JVM print a
     * warning.
     *
     * @throws Throwable as the API does: no such library, native access denied, no such API
     */
    static FfmNvml open(String library) throws Throwable {
        try {
            return new FfmNvml(library);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /** Returns whether this JVM was started with leave to call native code. */
    static boolean isGranted() {
        try {
            return (boolean) Module.class.getMethod("isNativeAccessEnabled").invoke(FfmNvml.class.getModule());
        } catch (ReflectiveOperationException olderJava) {
            return false;
        }
    }

    @Override
    public @Nullable MethodHandle function(String name, MethodType type) {
        try {
            Optional<?> symbol = (Optional<?>) find.invoke(symbols, name);
            if (symbol.isEmpty()) {
                return null;
            }
            Object[] arguments = (Object[]) Array.newInstance(layout, type.parameterCount());
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = type.parameterType(i) == int.class ? jint : jlong;
            }
            Object descriptor = describe.invoke(null, jint, arguments);
            return (MethodHandle) downcall.invoke(linker, symbol.get(), descriptor, noOptions);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }

    @Override
    public long addressOf(ByteBuffer direct) {
        try {
            return (long) address.invoke(segment.invoke(null, direct));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("address of a buffer", e);
        }
    }
}
