package io.inferwatt.core.energy.hwmon;

import io.inferwatt.core.energy.EnergyCounter;
import io.inferwatt.core.energy.EnergyReadException;
import io.inferwatt.core.energy.EnergyReadException.Reason;
import io.inferwatt.core.energy.EnergySource;
import io.inferwatt.core.energy.Finding;
import io.inferwatt.core.energy.NumberFile;
import io.inferwatt.core.energy.SourceContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Processors and GPUs as metered by the sensors of the kernel's hwmon class. Reads small files only, those of a sleeping
 * GPU excepted, which would wake up.
 */
public final class HwmonEnergySource implements EnergySource {

    static final String ID = "hwmon";

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int rank() {
        return 30;
    }

    @Override
    public Discovery discover(SourceContext context) {
        List<Finding> findings = new ArrayList<>();
        Cards cards = new Cards(findings);
        List<Sensor> others = new ArrayList<>();
        for (Chip chip : ChipScan.chips(context.sysRoot())) {
            if (!chip.isPowerSupply() && !cards.take(chip)) {
                others.addAll(SensorScan.sensors(chip));
            }
        }
        List<Metered> metered = new ArrayList<>(ProcessorSensors.of(others, findings));
        metered.addAll(cards.metered());
        List<EnergyCounter> counters = new ArrayList<>();
        for (Metered domain : metered) {
            if (readable(domain, findings)) {
                counters.add(domain.open(context.ceilingWatts()));
                findings.add(Finding.found(ID, domain.domain().id() + " energy is that of " + domain.described()));
            }
        }
        if (metered.isEmpty()) {
            findings.add(Finding.absent(
                    ID,
                    "no sensor in " + context.sysRoot().resolve("class/hwmon")
                            + " is known to meter processors or GPUs",
                    "on NVIDIA Grace load the kernel module acpi_power_meter with force_cap_on=y; for AMD and Intel GPUs"
                            + " load amdgpu, i915 or xe"));
        }
        return new Discovery(counters, findings);
    }

    /** A sum with a part missing would pass for the whole, so one unreadable sensor is the loss of its domain. */
    private static boolean readable(Metered metered, List<Finding> findings) {
        boolean whole = true;
        for (Sensor sensor : metered.sensors()) {
            try (NumberFile file = new NumberFile(sensor.file())) {
                file.read(0);
            } catch (EnergyReadException e) {
                whole = false;
                String remedy = e.reason() == Reason.PARSE ? "" : remedy(sensor.file());
                findings.add(Finding.lost(ID, "no " + metered.domain().id() + " energy: " + e.getMessage(), remedy));
            }
        }
        return whole;
    }

    private static String remedy(Path file) {
        return "let the group of this process read it by a udev or tmpfiles rule such as 'z /sys/class/hwmon/hwmon*/"
                + file.getFileName()
                + " 0440 root <group>' in /etc/tmpfiles.d (a plain chmod is lost at reboot, and hwmon numbers change)";
    }
}
