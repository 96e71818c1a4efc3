package io.inferwatt.core.energy.nvml;

import java.util.Locale;

/**
 * One GPU as found by {@link GpuScan}.
 *
 * @param handle valid in one generation of the session
 * @param uuid what tells it from all others, for good
 * @param busId address on the PCI bus; empty if unknown
 * @param limitWatts the power limit in force; 0 if unknown
 * @param divided whether it is divided into instances (MIG), which have no meters of their own
 */
record Gpu(
        long handle, String uuid, String name, String busId, double limitWatts, boolean divided, ReadingMethod method) {

    /** Returns a line for a person. */
    String described() {
        return uuid + " is " + name
                + (busId.isEmpty() ? "" : " at " + busId)
                + (limitWatts == 0 ? "" : String.format(Locale.ROOT, ", limited to %.0f W", limitWatts))
                + ", read by " + method.label();
    }
}
