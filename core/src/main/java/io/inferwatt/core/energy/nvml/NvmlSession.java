package io.inferwatt.core.energy.nvml;

/**
 * The library and the one reference held on it. It is never let go while the JVM runs: without persistence mode the driver
 * unloads with its last client, and then its energy counters start again at 0. Sampler thread only.
 */
final class NvmlSession {

    /** Never a handle: those are addresses. */
    static final long NO_DEVICE = 0;

    private final String library;
    private final NvmlApi api;
    private boolean initialised;
    private int generation;

    NvmlSession(String library, NvmlApi api) {
        this.library = library;
        this.api = api;
    }

    String library() {
        return library;
    }

    NvmlApi api() {
        return api;
    }

    /** Returns a number that changes when all handles become void. */
    int generation() {
        return generation;
    }

    /** Initialises the library unless that is done; returns NVML's code. */
    int open() {
        if (initialised) {
            return Codes.SUCCESS;
        }
        int code = api.init();
        initialised = code == Codes.SUCCESS;
        return code;
    }

    /** Lets go and initialises anew, for when nothing answers any more; returns NVML's code. */
    int reopen() {
        if (initialised) {
            api.shutdown();
            initialised = false;
        }
        generation++;
        return open();
    }

    /** Returns the handle of a GPU, or {@link #NO_DEVICE} if it is not here now. */
    long handle(String uuid) {
        if (api.count() != Codes.SUCCESS) {
            return NO_DEVICE;
        }
        int count = (int) api.value();
        for (int i = 0; i < count; i++) {
            if (api.handle(i) == Codes.SUCCESS) {
                long handle = api.value();
                if (api.uuid(handle) == Codes.SUCCESS && api.text().equals(uuid)) {
                    return handle;
                }
            }
        }
        return NO_DEVICE;
    }
}
