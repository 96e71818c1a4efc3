package io.inferwatt.core.energy.nvml;

/** Return codes of NVML, numbers and names as NVIDIA documents them. */
final class Codes {

    static final int SUCCESS = 0;
    static final int UNINITIALIZED = 1;
    static final int NOT_SUPPORTED = 3;
    static final int NO_PERMISSION = 4;
    static final int NOT_FOUND = 6;
    static final int INSUFFICIENT_SIZE = 7;
    static final int DRIVER_NOT_LOADED = 9;
    static final int LIBRARY_NOT_FOUND = 12;
    /** Also the code of a function that the library does not export. */
    static final int FUNCTION_NOT_FOUND = 13;

    static final int GPU_IS_LOST = 15;
    static final int RESET_REQUIRED = 16;
    /** For instance a control group that keeps the process from the device. */
    static final int OPERATING_SYSTEM = 17;
    /** The driver was upgraded while its old kernel module runs. */
    static final int LIB_RM_VERSION_MISMATCH = 18;

    static final int UNKNOWN = 999;

    private Codes() {}

    /** Returns whether the device or the library will never answer this, so that asking again is in vain. */
    static boolean isRefusal(int code) {
        return code == NOT_SUPPORTED || code == FUNCTION_NOT_FOUND || code == NO_PERMISSION;
    }

    /** Returns the code for a person. */
    static String text(int code) {
        String name = switch (code) {
            case SUCCESS -> "SUCCESS";
            case UNINITIALIZED -> "UNINITIALIZED";
            case NOT_SUPPORTED -> "NOT_SUPPORTED";
            case NO_PERMISSION -> "NO_PERMISSION";
            case NOT_FOUND -> "NOT_FOUND";
            case INSUFFICIENT_SIZE -> "INSUFFICIENT_SIZE";
            case DRIVER_NOT_LOADED -> "DRIVER_NOT_LOADED";
            case LIBRARY_NOT_FOUND -> "LIBRARY_NOT_FOUND";
            case FUNCTION_NOT_FOUND -> "FUNCTION_NOT_FOUND";
            case GPU_IS_LOST -> "GPU_IS_LOST";
            case RESET_REQUIRED -> "RESET_REQUIRED";
            case OPERATING_SYSTEM -> "OPERATING_SYSTEM";
            case LIB_RM_VERSION_MISMATCH -> "LIB_RM_VERSION_MISMATCH";
            default -> "error";
        };
        return name + " (NVML code " + code + ")";
    }
}
