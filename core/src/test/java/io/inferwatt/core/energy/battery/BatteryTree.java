package io.inferwatt.core.energy.battery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Builds a folder {@code class/power_supply} with links, as the kernel lays it out. */
final class BatteryTree {

    private final Path root;

    /** @param root folder in place of {@code /sys} */
    BatteryTree(Path root) {
        this.root = root;
    }

    /** Adds a supply such as {@code BAT0} of type {@code Battery} or {@code AC} of type {@code Mains}. */
    BatteryTree supply(String name, String type) throws IOException {
        Path folder = Files.createDirectories(root.resolve("devices/acpi/" + name + "/power_supply/" + name));
        Path classes = Files.createDirectories(root.resolve("class/power_supply"));
        Files.createSymbolicLink(classes.resolve(name), classes.relativize(folder));
        return put(name, "type", type);
    }

    BatteryTree put(String name, String file, Object value) throws IOException {
        Files.writeString(file(name, file), value + "\n");
        return this;
    }

    Path file(String name, String file) {
        return root.resolve("class/power_supply").resolve(name).resolve(file);
    }
}
