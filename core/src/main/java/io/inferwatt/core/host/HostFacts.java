package io.inferwatt.core.host;

import org.jspecify.annotations.Nullable;

/**
 * What machine this is.
 *
 * @param hostName name of the machine, for the label {@code host}
 * @param processorName as the processor states it, or {@code unknown}
 * @param vendor vendor id of the processor, for instance {@code GenuineIntel}, or {@code unknown}
 * @param packages processor packages (sockets), at least 1
 * @param hardwareThreads hardware threads of the machine as this system sees it, at least 1
 * @param memoryBytes installed memory, 0 if unknown
 * @param virtualization name of the hypervisor this system runs under, or null on bare metal or if unknown
 * @param containerCpus hardware threads that a limit lets this process use, a fraction too; NaN where nothing limits it
 * @param containerView whether the facts and the load show the part of this container and not the host's, as lxcfs has it
 */
public record HostFacts(
        String hostName,
        String processorName,
        String vendor,
        int packages,
        int hardwareThreads,
        long memoryBytes,
        @Nullable String virtualization,
        double containerCpus,
        boolean containerView) {

    /** A process that may use all of the machine and sees all of it. */
    public HostFacts(
            String hostName,
            String processorName,
            String vendor,
            int packages,
            int hardwareThreads,
            long memoryBytes,
            @Nullable String virtualization) {
        this(
                hostName,
                processorName,
                vendor,
                packages,
                hardwareThreads,
                memoryBytes,
                virtualization,
                Double.NaN,
                false);
    }
}
