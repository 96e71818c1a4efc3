package io.inferwatt.core.energy.graphics;

import io.inferwatt.core.input.SmallFile;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A card as the kernel shows it.
 *
 * @param address its place on the PCI bus, {@code 0000:03:00.0}
 * @param pciIds vendor and device number, {@code 0x1002:0x744c}
 * @param driver name of its driver, empty if it has none
 * @param tellsPower whether it has the one file from which OSHI reads power without native code
 */
record DrmCard(String address, String pciIds, String driver, boolean tellsPower) {

    private static final Pattern NODE = Pattern.compile("card[0-9]+");
    private static final Pattern PCI_ADDRESS = Pattern.compile("[0-9a-f]{4,}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]");

    /** Returns the cards with a place on the PCI bus, in order of their nodes. */
    static List<DrmCard> below(Path sysRoot) {
        List<DrmCard> cards = new ArrayList<>();
        for (Path node : entries(sysRoot.resolve("class/drm"), "card*")) {
            DrmCard card = of(node);
            if (card != null) {
                cards.add(card);
            }
        }
        return cards;
    }

    private static @Nullable DrmCard of(Path node) {
        if (!NODE.matcher(String.valueOf(node.getFileName())).matches()) {
            return null; // a connector of a card
        }
        try {
            Path device = node.resolve("device").toRealPath();
            String address = String.valueOf(device.getFileName()).toLowerCase(Locale.ROOT);
            String ids = text(device.resolve("vendor")) + ":" + text(device.resolve("device"));
            return PCI_ADDRESS.matcher(address).matches()
                    ? new DrmCard(address, ids, driver(device), tellsPower(device))
                    : null;
        } catch (IOException e) {
            return null; // unplugged in this moment
        }
    }

    boolean isNvidia() {
        return pciIds.startsWith("0x10de:");
    }

    private static boolean tellsPower(Path device) {
        for (Path chip : entries(device.resolve("hwmon"), "hwmon*")) {
            if (Files.exists(chip.resolve("power1_average"))) {
                return true;
            }
        }
        return false;
    }

    private static String driver(Path device) {
        try {
            return String.valueOf(device.resolve("driver").toRealPath().getFileName());
        } catch (IOException e) {
            return "";
        }
    }

    private static String text(Path file) {
        String text = SmallFile.word(file);
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }

    private static List<Path> entries(Path folder, String glob) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, glob)) {
            stream.forEach(entries::add);
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        entries.sort(null);
        return entries;
    }
}
