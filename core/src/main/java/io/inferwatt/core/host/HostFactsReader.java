package io.inferwatt.core.host;

import java.nio.file.Path;

/**
 * Reads {@link HostFacts}. Files of the kernel come first: no program started, from the root that the settings name.
 * OSHI is asked for what they leave open, which is the processor's name and vendor on ARM, and where there is no proc file
 * system. Where neither knows, the JVM is asked.
 *
 * <p>Why not OSHI first (7.5.0 in its native-free form, so without JNA; measured on a machine with two threads, first call
 * in a JVM, with strace):
 *
 * <ul>
 *   <li>{@code getMemory().getTotal()}: 77 ms, starts {@code uname} and twice {@code getconf};
 *   <li>{@code getProcessor()} with its identifier starts {@code getconf}, {@code id}, {@code cpuid}, {@code dmidecode}
 *       and twice {@code lshw}; some containers forbid a JVM to start programs;
 *   <li>{@code getVirtualization()}: 80 ms, the same six, and empty under Firecracker, which the flag {@code hypervisor} gives away;
 *   <li>its classes that only read files are internal, and take the root of the proc file system from a static setting, once
 *       for the whole JVM: outside the agent's own copy that is the application's setting.
 * </ul>
 *
 * <p>Hardware threads are those with a line in {@code stat}, which inside a container are the host's unless {@link
 * HostFacts#containerView}: the count that goes with the load of {@link SampledCpuClock}. Limits of the container play no
 * part in it.
 */
public final class HostFactsReader {

    private static final Path OWN_PROC = Path.of("/proc");
    private static final Path OWN_SYS = Path.of("/sys");

    private HostFactsReader() {}

    /**
     * Returns what can be learned; never throws. May take some 100 ms, so not on an application's thread.
     *
     * @param procRoot root of the proc file system, {@code /proc}
     */
    public static HostFacts read(Path procRoot) {
        return read(procRoot, OWN_PROC, OWN_SYS);
    }

    /**
     * As {@link #read(Path)}.
     *
     * @param ownProc the proc file system of this process, which tells its limits, even where the host's is the root
     * @param ownSys the sys file system of this process
     */
    static HostFacts read(Path procRoot, Path ownProc, Path ownSys) {
        FactSheet sheet = new FactSheet();
        ProcFacts.fill(sheet, procRoot);
        sheet.containerView(SysFacts.containerView(procRoot, sheet.hardwareThreads(), ownProc, ownSys));
        ContainerLimit.fill(sheet, ownProc, ownSys);
        if (sheet.guest()) {
            sheet.virtualization(SysFacts.virtualMachine(ownSys));
            sheet.virtualization("hypervisor");
        }
        if (sheet.incomplete()) {
            fillFromOshi(sheet);
        }
        JvmFacts.fill(sheet);
        return sheet.toFacts();
    }

    private static void fillFromOshi(FactSheet sheet) {
        try {
            OshiFacts.fill(sheet);
        } catch (LinkageError | RuntimeException e) {
            // OSHI is optional, and a fact that it fails to find is one that stays unknown.
            return;
        }
    }
}
