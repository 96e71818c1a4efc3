package io.inferwatt.core.energy.graphics;

import java.nio.file.Path;
import oshi.hardware.GpuStats;
import oshi.hardware.common.platform.linux.LinuxGpuStats;
import oshi.hardware.common.platform.linux.LinuxGraphicsCard;

/** OSHI's own card and its own reading of files, as its provider without native code has them, over a tree of the test. */
final class OshiCardOver extends LinuxGraphicsCard {

    private final String drmDevicePath;

    /** @param drmDevice folder {@code card0/device} */
    OshiCardOver(Path drmDevice, String deviceId, String vendor) {
        super("A card", deviceId, vendor, "unknown", 0, drmDevice.toString(), "vendor_gpu", "");
        this.drmDevicePath = drmDevice.toString();
    }

    @Override
    public GpuStats createStatsSession() {
        return new Stats(drmDevicePath, getName());
    }

    private static final class Stats extends LinuxGpuStats {

        Stats(String drmDevicePath, String name) {
            super(drmDevicePath, "vendor_gpu", "", name);
        }

        @Override
        protected boolean nvmlIsAvailable() {
            return false;
        }

        @Override
        protected String nvmlFindDevice(String busIdPart) {
            return null;
        }

        @Override
        protected String nvmlFindDeviceByName(String name) {
            return null;
        }

        @Override
        protected long nvmlGetVramUsed(String id) {
            return -1;
        }

        @Override
        protected double nvmlGetTemperature(String id) {
            return -1;
        }

        @Override
        protected double nvmlGetPowerDraw(String id) {
            return -1;
        }

        @Override
        protected long nvmlGetCoreClockMhz(String id) {
            return -1;
        }

        @Override
        protected long nvmlGetMemoryClockMhz(String id) {
            return -1;
        }

        @Override
        protected double nvmlGetFanSpeedPercent(String id) {
            return -1;
        }
    }
}
