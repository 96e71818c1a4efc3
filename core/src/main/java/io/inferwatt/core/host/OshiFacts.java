package io.inferwatt.core.host;

import oshi.hardware.CentralProcessor;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.nativefree.SystemInfo;

/** Facts from OSHI; the only class that needs it, so that its absence fails here and nowhere else. */
final class OshiFacts {

    private OshiFacts() {}

    static void fill(FactSheet sheet) {
        SystemInfo system = new SystemInfo();
        if (!system.isAvailable()) {
            return;
        }
        HardwareAbstractionLayer hardware = system.getHardware();
        sheet.memoryBytes(hardware.getMemory().getTotal());
        CentralProcessor processor = hardware.getProcessor();
        sheet.packages(processor.getPhysicalPackageCount());
        sheet.hardwareThreads(processor.getLogicalProcessorCount());
        sheet.processorName(processor.getProcessorIdentifier().getName());
        sheet.vendor(processor.getProcessorIdentifier().getVendor());
        sheet.virtualization(hardware.getVirtualization().orElse(null));
    }
}
