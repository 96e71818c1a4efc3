package io.inferwatt.core.energy;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.energy.Machines.SettableClock;
import io.inferwatt.core.energy.SourceContext.ModelConstants;
import io.inferwatt.core.energy.rapl.PowercapTree;
import io.inferwatt.core.fuzz.Fuzz;
import io.inferwatt.core.fuzz.HostileTree;
import io.inferwatt.core.fuzz.Mangler;
import io.inferwatt.core.fuzz.OneLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Meters of a machine whose files are damaged, before and while they are read. No joule is negative, and each loss is a clear line. */
@Timeout(3600)
class HostileMachineTest {

    private static final long SECOND = 1_000_000_000L;
    private static final int TICKS = 6;

    @TempDir
    Path folder;

    @Test
    void sysTree() {
        Fuzz.of("sys tree of meters", 60).run(mangler -> {
            Path sys = Files.createDirectories(folder.resolve("sys"));
            PowercapTree zones = plant(sys, mangler);
            HostileTree.damage(sys, mangler);
            List<String> lines = new ArrayList<>();
            SettableClock clock = new SettableClock();
            try (SourceSelection selection = SourceSelection.open(
                    List.of("auto"),
                    Machines.context(sys, clock, Machines.facts("GenuineIntel", 8, 32L << 30), ModelConstants.NONE),
                    lines::add)) {
                for (int tick = 0; tick < TICKS; tick++) {
                    clock.pass(SECOND, 8 * SECOND);
                    write(zones, tick);
                    if (mangler.onceIn(3)) {
                        HostileTree.damage(sys, mangler);
                    }
                    tick(selection, tick * SECOND);
                }
                lines.addAll(selection.findings());
            }
            OneLine.check(lines);
            assertThat(lines).as("an exception that nobody foresaw").noneMatch(line -> line.contains("java.lang."));
            HostileTree.delete(sys);
        });
    }

    private static void tick(SourceSelection selection, long nanos) {
        selection.maintain(nanos);
        for (DomainMeter meter : selection.meters()) {
            long microjoules = meter.advance(nanos);
            assertThat(microjoules).matches(value -> value >= 0 || value == EnergyCounter.UNKNOWN);
            OneLine.check("device: " + meter.device());
            OneLine.check("domain: " + meter.domain().id());
        }
    }

    private static void write(PowercapTree zones, int tick) {
        try {
            zones.energy("intel-rapl:0", 1000 + tick * 20_000_000L);
        } catch (IOException damaged) {
            // It is no file any more.
        }
    }

    /** A server with two packages, a card, sensors of a board and a battery; one of them or all. */
    private static PowercapTree plant(Path sys, Mangler mangler) throws IOException {
        PowercapTree zones = PowercapTree.below(sys);
        if (!mangler.onceIn(3)) {
            zones.zone("intel-rapl:0", "package-0", 1000)
                    .zone("intel-rapl:0:0", "dram", 10)
                    .zone("intel-rapl:1", "package-1", 2000)
                    .zone("intel-rapl:2", "psys", 99);
        } else {
            Files.createDirectories(zones.root().resolve("intel-rapl:0"));
        }
        Path card = put(sys, "devices/pci0000:00/0000:03:00.0/vendor", "0x1002").getParent();
        put(card, "hwmon/hwmon1/name", "amdgpu");
        put(card, "hwmon/hwmon1/power1_average", "20000000");
        put(card, "hwmon/hwmon1/power1_average_interval", "1000");
        put(card, "gpu_metrics", "a\0\1");
        Path board =
                put(sys, "devices/platform/scmi.0/hwmon/hwmon2/name", "scmi").getParent();
        put(board, "power1_input", "4000000");
        put(board, "power1_label", "CPU power");
        put(board, "energy1_input", "123456");
        put(board, "energy1_label", "DDR");
        Path sockets = put(sys, "devices/platform/amd.0/hwmon/hwmon3/name", "amd_energy")
                .getParent();
        put(sockets, "energy1_label", "Esocket0");
        put(sockets, "energy1_input", "77");
        link(sys.resolve("class/hwmon/hwmon1"), card.resolve("hwmon/hwmon1"));
        link(sys.resolve("class/hwmon/hwmon2"), board);
        link(sys.resolve("class/hwmon/hwmon3"), sockets);
        link(card.resolve("hwmon/hwmon1/device"), card);
        put(card, "drm/card0/dev", "226:0");
        link(card.resolve("drm/card0/device"), card);
        link(sys.resolve("class/drm/card0"), card.resolve("drm/card0"));
        Path battery = put(sys, "class/power_supply/BAT0/type", "Battery").getParent();
        put(battery, "status", "Discharging");
        put(battery, "power_now", "9000000");
        put(sys, "class/power_supply/AC/type", "Mains");
        put(sys, "class/power_supply/AC/online", "0");
        return zones;
    }

    private static Path put(Path root, String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text + "\n");
    }

    private static void link(Path from, Path to) throws IOException {
        Files.createDirectories(from.getParent());
        Files.createSymbolicLink(from, to);
    }
}
