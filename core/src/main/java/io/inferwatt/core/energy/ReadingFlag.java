package io.inferwatt.core.energy;

import java.util.Locale;

/** What a reader of a figure must know beyond its source and quality. */
public enum ReadingFlag {
    /** Readings of power, integrated over time: what happens between two readings is not seen. */
    INTEGRATED,
    /** What the hypervisor counts for this virtual machine, not a register of the hardware. */
    VM_VIEW,
    /** The meter covers a module of several parts, such as a GPU with its processor. */
    MODULE_SCOPE,
    /** Other processes may use the device, and their part cannot be told from ours. */
    SHARED_GPU;

    /** Returns the value of the metric label {@code flag}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
