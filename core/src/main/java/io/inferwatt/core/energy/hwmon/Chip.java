package io.inferwatt.core.energy.hwmon;

import io.inferwatt.core.input.SmallFile;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One folder {@code hwmonN}.
 *
 * @param folder where its sensors are
 * @param driver what its file {@code name} says, which is the driver's name on all that are counted here
 * @param device folder of the device that it watches, links resolved
 */
record Chip(Path folder, String driver, Path device) {

    private static final Pattern PCI_ADDRESS = Pattern.compile("[0-9a-f]{4,}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]");
    private static final String NVIDIA = "0x10de";

    /** Returns the name of its folder, {@code hwmon3}. */
    String id() {
        return String.valueOf(folder.getFileName());
    }

    /**
     * Returns what tells this device from all others: {@code pci-0000:03:00.0}, or the name of its folder where the tree
     * does not show its place on the bus.
     */
    String deviceId() {
        String name = String.valueOf(device.getFileName()).toLowerCase(Locale.ROOT);
        if (PCI_ADDRESS.matcher(name).matches()) {
            return "pci-" + name;
        }
        Path parent = device.getParent();
        return name.equals("device") && parent != null ? String.valueOf(parent.getFileName()) : name;
    }

    boolean isNvidia() {
        return driver.equals("nouveau") || driver.startsWith("nvidia") || NVIDIA.equals(text(device.resolve("vendor")));
    }

    /** Returns whether it shows a battery or charger a second time, which are no business of this source. */
    boolean isPowerSupply() {
        return device.toString().contains("power_supply");
    }

    /** Returns whether the device sleeps; most drivers wake it up to read a sensor. */
    boolean sleeps() {
        return "suspended".equals(text(device.resolve("power/runtime_status")));
    }

    /** Returns the text of a small file without the white space around it, or null if it cannot be read. */
    static @Nullable String text(Path file) {
        return SmallFile.word(file);
    }

    /** Returns the byte at this place of a binary file, or -1 if there is none. */
    static int byteAt(Path file, int place) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            byte[] start = Channels.newInputStream(channel).readNBytes(place + 1);
            return start.length > place ? start[place] & 0xff : -1;
        } catch (IOException e) {
            return -1;
        }
    }
}
