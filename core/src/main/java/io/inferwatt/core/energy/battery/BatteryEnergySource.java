package io.inferwatt.core.energy.battery;

import io.inferwatt.core.energy.EnergyReadException;
import io.inferwatt.core.energy.EnergySource;
import io.inferwatt.core.energy.Finding;
import io.inferwatt.core.energy.SourceContext;
import java.nio.file.Path;
import java.util.List;

/**
 * The whole machine by what its batteries give. Offered while they discharge and nothing else feeds the machine.
 *
 * <p>Reads the kernel's files itself. OSHI has the same figure, but its root of the sys file system is one constant for the
 * JVM, fixed when its class is loaded, so it cannot follow {@code energy.sysfs.root}; and it reads all properties of all
 * supplies to tell one, for which the kernel asks the firmware each time.
 */
public final class BatteryEnergySource implements EnergySource {

    static final String ID = "battery";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int rank() {
        return 40;
    }

    @Override
    public Discovery discover(SourceContext context) {
        Path folder = context.sysRoot().resolve("class/power_supply");
        PowerSupplies supplies = PowerSupplies.below(folder);
        if (supplies.batteries().isEmpty()) {
            supplies.close();
            return Discovery.nothing(Finding.absent(ID, "no battery of this machine in " + folder, ""));
        }
        try {
            supplies.dischargeMicrowatts(0);
        } catch (EnergyReadException e) {
            supplies.close();
            return Discovery.nothing(Finding.lost(ID, "no platform energy: " + e.getMessage(), ""));
        } catch (OtherFeedException e) {
            supplies.close();
            return Discovery.nothing(Finding.note(
                    ID, String.valueOf(e.getMessage()), "pull the plug to see the power of the whole machine"));
        }
        BatteryCounter counter = new BatteryCounter(supplies, context.ceilingWatts());
        return new Discovery(
                List.of(counter),
                List.of(Finding.found(
                        ID, "platform energy is what " + supplies.described() + " gives, once a second")));
    }
}
