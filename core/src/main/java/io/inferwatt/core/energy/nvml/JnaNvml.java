package io.inferwatt.core.energy.nvml;

import com.sun.jna.FunctionMapper;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * NVML through JNA's direct mapping, which passes numbers and leaves no garbage. JNA binds the functions to this class, so
 * of several libraries opened one after the other the last one is called.
 */
final class JnaNvml implements NvmlBinding {

    private static final String BOOT_PATH = "jna.boot.library.path";
    private static final String NO_SYSTEM_LIBRARY = "jna.nosys";
    private static final String IN_PLACE_OF_MISSING = "nvmlInit_v2";

    private final NativeLibrary library;

    private JnaNvml(NativeLibrary library) {
        this.library = library;
    }

    /**
     * Loads the library.
     *
     * @throws LinkageError if JNA or the library cannot be loaded, or the library is another one
     * @throws IllegalStateException if loading JNA could break the application's own
     */
    static JnaNvml open(String name) {
        // A JVM loads a file for one class loader only: ours would take from the application a file to which it
        // points its own JNA.
        if (System.getProperty(BOOT_PATH) != null
                || !Boolean.parseBoolean(System.getProperty(NO_SYSTEM_LIBRARY, "true"))) {
            throw new IllegalStateException("the settings " + BOOT_PATH + " or " + NO_SYSTEM_LIBRARY
                    + " reserve JNA's native part for the application");
        }
        FunctionMapper present =
                (library, method) -> exports(library, method.getName()) ? method.getName() : IN_PLACE_OF_MISSING;
        NativeLibrary library = NativeLibrary.getInstance(name, Map.of(Library.OPTION_FUNCTION_MAPPER, present));
        // All or nothing: functions that the library lacks are bound to one that it has, and never called.
        Native.register(JnaNvml.class, library);
        return new JnaNvml(library);
    }

    private static boolean exports(NativeLibrary library, String name) {
        try {
            return Pointer.nativeValue(library.getGlobalVariableAddress(name)) != 0;
        } catch (UnsatisfiedLinkError e) {
            return false;
        }
    }

    @Override
    public @Nullable MethodHandle function(String name, MethodType type) {
        if (!exports(library, name)) {
            return null;
        }
        try {
            return MethodHandles.lookup().findStatic(JnaNvml.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }

    @Override
    public long addressOf(ByteBuffer direct) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(direct));
    }

    private static native int nvmlInit_v2();

    private static native int nvmlShutdown();

    private static native int nvmlSystemGetDriverVersion(long text, int capacity);

    private static native int nvmlDeviceGetCount_v2(long count);

    private static native int nvmlDeviceGetHandleByIndex_v2(int index, long device);

    private static native int nvmlDeviceGetUUID(long device, long text, int capacity);

    private static native int nvmlDeviceGetName(long device, long text, int capacity);

    private static native int nvmlDeviceGetPciInfo_v3(long device, long pci);

    private static native int nvmlDeviceGetTotalEnergyConsumption(long device, long millijoules);

    private static native int nvmlDeviceGetPowerUsage(long device, long milliwatts);

    private static native int nvmlDeviceGetFieldValues(long device, int count, long values);

    private static native int nvmlDeviceGetEnforcedPowerLimit(long device, long milliwatts);

    private static native int nvmlDeviceGetUtilizationRates(long device, long rates);

    private static native int nvmlDeviceGetProcessUtilization(long device, long samples, long count, long since);

    private static native int nvmlDeviceGetMigMode(long device, long current, long pending);
}
