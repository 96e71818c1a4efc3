package io.inferwatt.agent.command;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A GPU on the PCI bus of Linux, whether there is a driver for it or not. Only makers of cards that models run on: the
 * display of a virtual machine or of a management controller draws nothing worth naming, and Intel's is mostly inside the
 * processor's own meter.
 *
 * @param address on the bus, for instance {@code 0000:65:00.0}
 */
record GraphicsHardware(String vendor, String address) {

    /** Base class 03 are displays; 12 are accelerators without a display, such as AMD's Instinct (PCI code assignments). */
    private static final List<String> CLASSES = List.of("0x03", "0x12");

    /** Returns what is there, none where it cannot be known. */
    static List<GraphicsHardware> below(Path sysRoot) {
        List<GraphicsHardware> found = new ArrayList<>();
        try (DirectoryStream<Path> devices = Files.newDirectoryStream(sysRoot.resolve("bus/pci/devices"))) {
            for (Path device : devices) {
                String vendor = vendor(word(device.resolve("vendor")));
                String kind = word(device.resolve("class"));
                if (vendor != null && CLASSES.stream().anyMatch(kind::startsWith)) {
                    found.add(new GraphicsHardware(vendor, String.valueOf(device.getFileName())));
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // No such bus, as on other systems and small machines.
            return List.of();
        }
        return found;
    }

    private static @Nullable String vendor(String pciId) {
        return switch (pciId) {
            case "0x10de" -> "NVIDIA";
            case "0x1002" -> "AMD";
            default -> null;
        };
    }

    private static String word(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
