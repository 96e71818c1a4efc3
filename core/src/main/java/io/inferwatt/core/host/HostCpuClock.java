package io.inferwatt.core.host;

/**
 * Processor time of the whole machine, summed over its hardware threads. Values hold still between two ticks, so that
 * everything computed in one tick uses the same ones. Sampler thread only.
 */
public interface HostCpuClock {

    /** Returns nanoseconds spent neither idle nor waiting for I/O nor stolen by the hypervisor; never decreases. */
    long busyNanos();

    /** Returns nanoseconds that passed on all hardware threads together; never decreases. */
    long totalNanos();
}
