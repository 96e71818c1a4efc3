package io.inferwatt.core.energy.hwmon;

import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.Finding;
import io.inferwatt.core.energy.hwmon.Sensor.Kind;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides which sensor meters which GPU. Graphics units inside a processor's package are inside the processor's meter. */
final class Cards {

    /** Steady errors of a card's own meter, as those of other vendors' cards (arXiv 2312.02741); our judgement for these. */
    private static final double UNCERTAINTY = 0.05;

    /** Instinct MI300A: cores of a processor and a GPU in one package, whose sensors look like those of a card. */
    private static final String MI300A = "0x74a0";
    /** In the header of amdgpu's {@code gpu_metrics}: 1 is a card, 2 and 3 are processors with graphics. */
    private static final int FORMAT_REVISION = 2;

    private static final int FORMAT_OF_CARDS = 1;

    private final List<Finding> findings;
    private final List<Metered> metered = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    /** @param findings gets what is here and does not count */
    Cards(List<Finding> findings) {
        this.findings = findings;
    }

    List<Metered> metered() {
        return List.copyOf(metered);
    }

    /** Returns whether the chip belongs to a GPU, whether it counts or not. */
    boolean take(Chip chip) {
        if (chip.isNvidia()) {
            leaveOut(chip, "NVIDIA's cards are read through NVML");
        } else if (chip.driver().startsWith("i915_gt")) {
            return true; // a tile, whose energy is inside its card's
        } else if (chip.driver().equals("amdgpu")) {
            takeAmd(chip);
        } else if (chip.driver().equals("i915") || chip.driver().equals("xe")) {
            takeIntel(chip);
        } else {
            return false;
        }
        return true;
    }

    private void takeAmd(Chip chip) {
        if (sleeps(chip)) {
            return;
        }
        if (isInsideProcessor(chip)) {
            leaveOut(chip, "its sensor meters the whole package of the processor that it is part of");
            return;
        }
        Sensor power = find(SensorScan.sensors(chip), Kind.POWER, 1);
        if (power == null) {
            leaveOut(chip, "it shows no power");
        } else if ("0".equals(Chip.text(power.file()))) {
            leaveOut(chip, "it reads 0 W, as the second die of a card does whose first die reports for both");
        } else {
            add(chip, "AMD GPU", power);
        }
    }

    /** The kernel shows a north bridge's voltage on processors with graphics alone, and on all of them but the MI300A. */
    private static boolean isInsideProcessor(Chip chip) {
        if (Files.exists(chip.folder().resolve("in1_input"))
                || Files.exists(chip.folder().resolve("in1_label"))) {
            return true;
        }
        String label = Chip.text(chip.folder().resolve("power1_label"));
        if ("slowPPT".equals(label) || "fastPPT".equals(label)) {
            return true;
        }
        return MI300A.equals(Chip.text(chip.device().resolve("device")))
                || Chip.byteAt(chip.device().resolve("gpu_metrics"), FORMAT_REVISION) > FORMAT_OF_CARDS;
    }

    /** Intel's graphics units inside processors have no such chip at all (drivers i915 and xe). */
    private void takeIntel(Chip chip) {
        if (sleeps(chip)) {
            return;
        }
        List<Sensor> sensors = SensorScan.sensors(chip);
        Sensor card = find(sensors, Kind.ENERGY, 1);
        Sensor counted = card == null ? find(sensors, Kind.ENERGY, 2) : card;
        if (counted == null) {
            leaveOut(chip, "it shows no energy");
            return;
        }
        if (card == null) {
            findings.add(
                    note(
                            chip.deviceId() + " (" + chip.driver()
                                    + ") shows the energy of its package alone, so memory and fans of the card are not in the figures"));
        }
        add(chip, "Intel GPU", counted);
    }

    private boolean sleeps(Chip chip) {
        if (!chip.sleeps()) {
            return false;
        }
        leaveOut(chip, "it sleeps, and reading its sensor would wake it up");
        return true;
    }

    private void add(Chip chip, String what, Sensor sensor) {
        if (seen.add(chip.deviceId())) {
            metered.add(new Metered(Domain.gpu(chip.deviceId()), what, List.of(sensor), UNCERTAINTY, false));
        }
    }

    private void leaveOut(Chip chip, String why) {
        findings.add(
                note("GPU " + chip.deviceId() + " (" + chip.driver() + ", " + chip.id() + ") is left out: " + why));
    }

    private static Finding note(String text) {
        return Finding.note(HwmonEnergySource.ID, text, "");
    }

    private static @Nullable Sensor find(List<Sensor> sensors, Kind kind, int number) {
        for (Sensor sensor : sensors) {
            if (sensor.kind() == kind && sensor.number() == number) {
                return sensor;
            }
        }
        return null;
    }
}
