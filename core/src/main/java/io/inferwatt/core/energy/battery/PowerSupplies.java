package io.inferwatt.core.energy.battery;

import io.inferwatt.core.energy.EnergyReadException;
import io.inferwatt.core.energy.NumberFile;
import io.inferwatt.core.input.SmallFile;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All that can feed this machine: its batteries and its plugs. */
final class PowerSupplies implements AutoCloseable {

    private static final String DISCHARGING = "Discharging";
    private static final String CHARGING = "Charging";

    private final List<Battery> batteries = new ArrayList<>();
    private final List<NumberFile> plugs = new ArrayList<>();

    private PowerSupplies() {}

    /** Returns what the folder {@code class/power_supply} holds; nothing where it does not exist. */
    static PowerSupplies below(Path folder) {
        PowerSupplies supplies = new PowerSupplies();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                supplies.add(entry);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // No such folder: no battery that the kernel knows of.
            return supplies;
        }
        return supplies;
    }

    private void add(Path entry) {
        String type = text(entry.resolve("type"));
        boolean ofAnotherDevice = text(entry.resolve("scope")).equals("Device"); // a mouse has a battery too
        if (ofAnotherDevice) {
            return;
        }
        if (type.equals("Battery")) {
            batteries.add(new Battery(entry));
        } else if (Files.exists(entry.resolve("online"))) {
            plugs.add(new NumberFile(entry.resolve("online")));
        }
    }

    List<Battery> batteries() {
        return batteries;
    }

    /**
     * Returns what the batteries give together, which is what the machine draws.
     *
     * @throws OtherFeedException when the machine draws power from elsewhere too, or none from its batteries
     */
    double dischargeMicrowatts(long nowNanos) throws EnergyReadException, OtherFeedException {
        for (NumberFile plug : plugs) {
            if (plug.read(nowNanos) > 0) {
                throw new OtherFeedException(plug.path().getParent() + " is plugged in, so the battery tells nothing");
            }
        }
        double microwatts = 0;
        boolean discharging = false;
        for (Battery battery : batteries) {
            String status = battery.status();
            if (status.equals(CHARGING)) {
                throw new OtherFeedException(battery.id() + " is being charged, so it tells nothing");
            }
            if (status.equals(DISCHARGING)) {
                discharging = true;
                microwatts += battery.microwatts(nowNanos);
            }
        }
        if (!discharging) {
            throw new OtherFeedException("no battery is discharging, so they tell nothing");
        }
        return microwatts;
    }

    /** Returns the names of the batteries for a person. */
    String described() {
        StringBuilder text = new StringBuilder();
        for (Battery battery : batteries) {
            text.append(text.length() == 0 ? "" : " + ").append(battery.id());
        }
        return text.toString();
    }

    @Override
    public void close() {
        batteries.forEach(Battery::close);
        plugs.forEach(NumberFile::close);
    }

    private static String text(Path file) {
        String text = SmallFile.word(file);
        return text == null ? "" : text;
    }
}
