package io.inferwatt.core.host;

import java.lang.management.ManagementFactory;

/** What the JVM knows of its machine: the last resort, and the only one on macOS and Windows. */
final class JvmFacts {

    private JvmFacts() {}

    static void fill(FactSheet sheet) {
        sheet.hardwareThreads(Runtime.getRuntime().availableProcessors());
        sheet.hostName(System.getenv("HOSTNAME"));
        sheet.hostName(System.getenv("COMPUTERNAME"));
        sheet.processorName(System.getenv("PROCESSOR_IDENTIFIER"));
        sheet.processorName(System.getProperty("os.arch"));
        if (sheet.memoryKnown()) {
            return;
        }
        try {
            if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean bean) {
                sheet.memoryBytes(bean.getTotalMemorySize());
            }
        } catch (LinkageError e) {
            // A run-time image without the module jdk.management: the size stays unknown, which the model allows for.
            return;
        }
    }
}
