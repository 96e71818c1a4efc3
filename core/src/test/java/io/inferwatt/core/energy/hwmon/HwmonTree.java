package io.inferwatt.core.energy.hwmon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Builds a tree of hwmon chips as the kernel lays it out: folders below {@code devices}, links everywhere else. */
final class HwmonTree {

    private final Path root;

    /** @param root folder in place of {@code /sys} */
    HwmonTree(Path root) {
        this.root = root;
    }

    /** Adds a chip of a platform device. */
    Node chip(int number, String driver) throws IOException {
        return chip(number, driver, root.resolve("devices/platform/" + driver + "." + number));
    }

    /** Adds a chip whose driver is of the old kind, with its sensors in the folder of the device. */
    Node oldChip(int number, String driver) throws IOException {
        Node chip = chip(number, driver, root.resolve("devices/LNXSYSTM:00/ACPI000D:0" + number));
        return new Node(chip.folder, chip.device, chip.device);
    }

    /** Adds a GPU with its DRM node. */
    Node card(int number, String driver, String pciAddress, String vendor) throws IOException {
        Path device = root.resolve("devices/pci0000:00/0000:00:01.0").resolve(pciAddress);
        Node chip = chip(number, driver, device);
        Files.writeString(device.resolve("vendor"), vendor + "\n");
        Path card = Files.createDirectories(device.resolve("drm/card" + number));
        link(card.resolve("device"), device);
        link(root.resolve("class/drm/card" + number), card);
        link(root.resolve("class/drm/card" + number + "-DP-1"), Files.createDirectories(card.resolve("card-DP-1")));
        return chip;
    }

    private Node chip(int number, String driver, Path device) throws IOException {
        Path folder = Files.createDirectories(device.resolve("hwmon/hwmon" + number));
        Files.writeString(folder.resolve("name"), driver + "\n");
        link(folder.resolve("device"), device);
        link(root.resolve("class/hwmon/hwmon" + number), folder);
        return new Node(folder, device, folder);
    }

    private static void link(Path from, Path to) throws IOException {
        Files.createDirectories(from.getParent());
        Files.createSymbolicLink(from, from.getParent().relativize(to));
    }

    /** A chip's folder, its device's and the one that its sensors are in. */
    record Node(Path folder, Path device, Path sensors) {

        Node put(String file, long number) throws IOException {
            return put(file, Long.toString(number));
        }

        Node put(String file, String text) throws IOException {
            Files.writeString(sensors.resolve(file), text + "\n");
            return this;
        }

        Node putDevice(String file, String text) throws IOException {
            Path path = device.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text + "\n");
            return this;
        }

        Path file(String name) {
            return sensors.resolve(name);
        }

        /** Tests may run as root, whom no mode stops: a folder in place of the file cannot be read by anybody. */
        Node deny(String file) throws IOException {
            Files.deleteIfExists(file(file));
            Files.createDirectory(file(file));
            return this;
        }

        Node allow(String file, long number) throws IOException {
            Files.deleteIfExists(file(file));
            return put(file, number);
        }

        /** Takes the chip away, as unloading its driver does; the link in the class folder is left dangling. */
        void vanish() throws IOException {
            List<Path> paths;
            try (Stream<Path> walk = Files.walk(folder)) {
                paths = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : paths) {
                Files.delete(path);
            }
        }

        /** Brings the chip back. */
        void appear(String driver) throws IOException {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("name"), driver + "\n");
            link(folder.resolve("device"), device);
        }
    }
}
