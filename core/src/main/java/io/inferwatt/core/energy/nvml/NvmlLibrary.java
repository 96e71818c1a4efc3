package io.inferwatt.core.energy.nvml;

import io.inferwatt.core.energy.Finding;
import io.inferwatt.core.energy.Finding.Kind;
import java.util.Locale;
import java.util.stream.Collectors;

/** Loads NVIDIA's management library by the means of this Java version, and explains why that failed. */
final class NvmlLibrary {

    private static final int FOREIGN_FUNCTIONS_SINCE = 22;
    private static final int LONGEST_REASON = 300;

    private NvmlLibrary() {}

    /** Returns the name under which drivers install the library. */
    static String defaultName() {
        // Without .1 it is there only on machines that compile against it.
        return isWindows() ? "nvml.dll" : "libnvidia-ml.so.1";
    }

    static boolean isWindows() {
        return System.getProperty("os.name", "").startsWith("Windows");
    }

    static boolean hasForeignFunctions() {
        return Runtime.version().feature() >= FOREIGN_FUNCTIONS_SINCE;
    }

    /**
     * Loads the library; does not initialise it.
     *
     * @throws Throwable whatever stands in the way, for {@link #whyNot}
     */
    static NvmlApi open(String library) throws Throwable {
        if (!System.getProperty("os.arch", "").contains("64")) {
            throw new IllegalStateException("only 64-bit Java can call it");
        }
        NvmlBinding binding =
                Runtime.version().feature() >= FOREIGN_FUNCTIONS_SINCE ? FfmNvml.open(library) : JnaNvml.open(library);
        NvmlApi api = new NvmlApi(binding);
        if (!api.isComplete()) {
            throw new IllegalStateException("it lacks functions that every NVML since 2013 has");
        }
        return api;
    }

    /** Returns what a person should know and do. */
    static Finding whyNot(String library, Throwable failure, Kind kind) {
        String reason = reason(failure);
        String remedy;
        if (failure instanceof IllegalCallerException) {
            remedy = "start the JVM with --enable-native-access=ALL-UNNAMED";
        } else if (isFaultOfJna(failure, reason)) {
            remedy =
                    "run on Java 22 or newer, which needs no JNA; or have net.java.dev.jna:jna 5.14 or newer on the class"
                            + " path and a home or temporary folder where files may be written and executed";
        } else {
            remedy =
                    "in a container start it with the NVIDIA runtime and NVIDIA_DRIVER_CAPABILITIES=utility, elsewhere set"
                            + " energy.nvml.library to the library's path";
        }
        return new Finding(
                NvmlEnergySource.ID,
                kind,
                "NVIDIA's management library " + library + " cannot be used: " + reason,
                remedy);
    }

    /** Returns what a person should know and do about a library that could be loaded but does not start. */
    static Finding whyNot(int code, Kind kind) {
        String remedy = switch (code) {
            case Codes.LIB_RM_VERSION_MISMATCH ->
                "the driver was upgraded: load its new kernel module, most simply by a reboot";
            case Codes.DRIVER_NOT_LOADED -> "load the kernel module nvidia, or see in the kernel's log why it is not";
            case Codes.NO_PERMISSION, Codes.OPERATING_SYSTEM ->
                "let this process open /dev/nvidiactl and /dev/nvidia0 and so on, in a container by --gpus or the"
                        + " device plugin";
            default -> "see what nvidia-smi says";
        };
        return new Finding(
                NvmlEnergySource.ID,
                kind,
                "NVIDIA's management library does not start: " + Codes.text(code) + "; tried again every minute",
                remedy);
    }

    private static boolean isFaultOfJna(Throwable failure, String reason) {
        String text = reason.toLowerCase(Locale.ROOT);
        return text.contains("jnidispatch")
                || text.contains("jna.")
                || (failure instanceof NoClassDefFoundError && text.contains("jna"));
    }

    /** Messages of native loaders have several lines, of which the first two say it all. */
    private static String reason(Throwable failure) {
        String message = failure.getMessage();
        String line = message == null
                ? failure.getClass().getSimpleName()
                : message.lines().limit(2).collect(Collectors.joining(" "));
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…";
    }
}
