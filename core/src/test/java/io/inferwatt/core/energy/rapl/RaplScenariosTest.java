package io.inferwatt.core.energy.rapl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.Machines;
import io.inferwatt.core.energy.Machines.SettableClock;
import io.inferwatt.core.energy.SourceContext;
import io.inferwatt.core.energy.SourceContext.ModelConstants;
import io.inferwatt.core.energy.rapl.DrivenTree.Register;
import io.inferwatt.core.energy.rapl.MeteredTree.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Powercap trees of all kinds, moved by a thread in accelerated time: what was drawn against what was read. */
class RaplScenariosTest {

    private static final long TICK = 20_000_000L;
    private static final long SLOW_TICK = 500_000_000L;
    private static final String INTEL = "GenuineIntel";

    /** One unit of a register at each end, and one for each wrap: the kernel states the range one unit too low. */
    private static final double UNIT_JOULES = 61.035e-6;

    @TempDir
    Path root;

    private PowercapTree files;
    private DrivenTree tree;

    @BeforeEach
    void plant() throws IOException {
        files = PowercapTree.below(root);
        tree = new DrivenTree(files, TICK);
    }

    @AfterEach
    void close() throws IOException {
        tree.close();
    }

    @Test
    void oneSocket() throws Exception {
        tree.packageZone("intel-rapl:0", "package-0", 84.3, 0.1);
        tree.zone("intel-rapl:0:0", "core", Domain.gpu("none"), 60, DrivenTree.INTEL_UNIT_NANOJOULES, 0.1);
        MeteredTree metered = metered(INTEL);

        metered.run(20);

        assertExact(metered.row("1 socket", Domain.CPU), 2);
        assertThat(metered.devices).containsEntry(Domain.CPU, "package-0");
    }

    @Test
    void twoSocketsWithMemory() throws Exception {
        twoSockets();
        MeteredTree metered = metered(INTEL);

        metered.run(20);

        assertExact(metered.row("2 sockets + dram: cpu", Domain.CPU), 4);
        assertExact(metered.row("2 sockets + dram: dram", Domain.DRAM), 4);
        assertThat(metered.devices)
                .containsEntry(Domain.CPU, "package-0 + package-1")
                .containsEntry(Domain.DRAM, "dram x 2");
    }

    private void twoSockets() throws IOException {
        tree.packageZone("intel-rapl:0", "package-0", 150, 0.1);
        tree.packageZone("intel-rapl:1", "package-1", 131.7, 0.3);
        tree.zone("intel-rapl:0:0", "dram", Domain.DRAM, 12, DrivenTree.FINE_UNIT_NANOJOULES, 0.2);
        tree.zone("intel-rapl:1:0", "dram", Domain.DRAM, 11, DrivenTree.FINE_UNIT_NANOJOULES, 0.6);
    }

    @Test
    void intelDies() throws Exception {
        tree.packageZone("intel-rapl:0", "package-0-die-0", 110, 0.1);
        tree.packageZone("intel-rapl:1", "package-0-die-1", 95, 0.4);
        MeteredTree metered = metered(INTEL);

        metered.run(20);

        assertExact(metered.row("Intel, 2 dies with a register each", Domain.CPU), 4);
    }

    @Test
    void amdDies() throws Exception {
        mirroredDies();
        MeteredTree metered = metered("AuthenticAMD");

        metered.run(20);

        assertExact(metered.row("AMD, 2 sockets of 2 mirrored dies", Domain.CPU), 4);
    }

    @Test
    void mirroredDiesOfAnUnknownVendor() throws Exception {
        mirroredDies();
        MeteredTree metered = metered("");

        metered.run(20);

        assertExact(metered.row("the same, vendor unknown", Domain.CPU), 4);
        assertThat(metered.devices)
                .containsEntry(
                        Domain.CPU,
                        "package-0-die-0 + package-1-die-0; the same again: package-0-die-1, package-1-die-1");
    }

    private void mirroredDies() throws IOException {
        String[] names = {"package-0-die-0", "package-0-die-1", "package-1-die-0", "package-1-die-1"};
        for (int i = 0; i < names.length; i++) {
            Register register = tree.zone(
                    "intel-rapl:" + i,
                    names[i],
                    Domain.CPU,
                    i < 2 ? 68 : 90,
                    DrivenTree.FINE_UNIT_NANOJOULES,
                    i < 2 ? 0.999 : 0.5);
            if (i % 2 == 1) {
                register.mirror();
            }
        }
    }

    @Test
    void registersThatAgreeByChance() throws Exception {
        tree.packageZone("intel-rapl:0", "package-0", 60, 0.1);
        Register other = tree.packageZone("intel-rapl:1", "package-1", 60, 0.1);
        tree.at(0.5, () -> other.watts(30));
        MeteredTree metered = metered(INTEL);

        metered.run(20);

        // Until they part they cannot be told from one register, and less than the truth is better than more.
        Reading reading = metered.row("2 registers alike for 0.5 s at 60 W each, then parting", Domain.CPU);
        assertThat(reading.gapSeconds).isZero();
        assertThat(reading.trueJoules() - reading.readJoules()).isBetween(0.0, 60 * 0.53);
        assertThat(metered.devices).containsEntry(Domain.CPU, "package-0 + package-1");
    }

    @Test
    void platformBesideThePackage() throws Exception {
        tree.packageZone("intel-rapl:0", "package-0", 20, 0.1);
        tree.zone("intel-rapl:1", "psys", Domain.PLATFORM, 31, DrivenTree.INTEL_UNIT_NANOJOULES, 0.1);
        MeteredTree metered = metered(INTEL);

        metered.runCounters(20);

        assertExact(metered.row("psys: cpu", Domain.CPU), 2);
        assertExact(metered.row("psys: platform", Domain.PLATFORM), 2);
        assertThat(metered.sources).containsEntry(Domain.PLATFORM, "rapl-psys");
    }

    @Test
    void platformInWholeJoules() throws Exception {
        tree.packageZone("intel-rapl:0", "package-0", 300, 0.1);
        tree.packageZone("intel-rapl:1", "package-1", 280, 0.6);
        tree.zone("intel-rapl:2", "psys-1", Domain.PLATFORM, 900, DrivenTree.WHOLE_JOULE_NANOJOULES, 0.001);
        MeteredTree metered = metered(INTEL);

        metered.runCounters(20);

        Reading reading = metered.row("psys of Sapphire Rapids, steps of 1 J", Domain.PLATFORM);
        assertThat(reading.gapSeconds).isZero();
        assertThat(reading.readJoules()).isCloseTo(reading.trueJoules(), within(1.0));
    }

    @Test
    void memoryMappedDuplicate() throws Exception {
        tree.packageZone("intel-rapl:0", "package-0", 45, 0.1);
        tree.packageZone("intel-rapl-mmio:0", "package-0", 45, 0.7).mirror();
        MeteredTree metered = metered(INTEL);

        metered.run(20);

        assertExact(metered.row("mmio duplicate", Domain.CPU), 2);
    }

    @Test
    void memoryMappedAlone() throws Exception {
        tree.packageZone("intel-rapl-mmio:0", "package-0", 45, 0.1);
        MeteredTree metered = metered(INTEL);

        metered.run(20);

        assertExact(metered.row("mmio alone", Domain.CPU), 2);
    }

    @Test
    void unreadableFromTheStart() throws Exception {
        tree.packageZone("intel-rapl:0", "package-0", 45, 0.1);
        tree.packageZone("intel-rapl:1", "package-1", 45, 0.3).blank();
        MeteredTree metered = metered(INTEL);

        metered.run(1);

        assertThat(metered.readings)
                .as("half of the machine is not the machine")
                .isEmpty();
        assertThat(metered.warnings)
                .anyMatch(line -> line.contains(files.energyFile("intel-rapl:1").toString()));
    }

    @Test
    void unreadableUntilTheRuleIsThere() throws Exception {
        tree = new DrivenTree(files, SLOW_TICK);
        Register register = tree.packageZone("intel-rapl:0", "package-0", 45, 0.1);
        register.blank();
        tree.at(20, register::resume);
        MeteredTree metered = metered(INTEL);

        metered.run(130);

        Reading reading = metered.row("unreadable energy_uj, granted after 20 s (read since found)", Domain.CPU);
        assertThat(reading.seconds()).isBetween(65.0, 71.0);
        assertGapsExplain(reading, 45);
    }

    @Test
    void missingRange() throws Exception {
        tree.packageZone("intel-rapl:0", "package-0", 120, 0.9999);
        files.withoutRange("intel-rapl:0");
        MeteredTree metered = metered(INTEL);

        metered.run(30);

        Reading reading = metered.row("missing range, one wrap (taken for a reset)", Domain.CPU);
        assertThat(reading.gapSeconds).isBetween(0.01, 0.1);
        assertGapsExplain(reading, 120);
    }

    @Test
    void wraps() throws Exception {
        tree = new DrivenTree(files, SLOW_TICK);
        tree.zone("intel-rapl:0", "package-0", Domain.CPU, 400, DrivenTree.FINE_UNIT_NANOJOULES, 0.9);
        tree.zone("intel-rapl:1", "package-1", Domain.CPU, 333, DrivenTree.FINE_UNIT_NANOJOULES, 0.2);
        MeteredTree metered = metered(INTEL);

        metered.run(900);

        Reading reading = metered.row("wrap, 10 in 15 min on 2 sockets", Domain.CPU);
        assertThat(reading.trueJoules()).isGreaterThan(9 * 65_532.0);
        assertExact(reading, 14);
    }

    @Test
    void reset() throws Exception {
        Register register = tree.packageZone("intel-rapl:0", "package-0", 70, 0.3);
        tree.at(7, register::restart);
        MeteredTree metered = metered(INTEL);

        metered.run(20);

        Reading reading = metered.row("reset to 0", Domain.CPU);
        assertThat(reading.gapSeconds).isBetween(0.01, 0.1);
        assertGapsExplain(reading, 70);
    }

    @Test
    void implausibleJump() throws Exception {
        Register register = tree.packageZone("intel-rapl:0", "package-0", 70, 0.3);
        tree.at(7, () -> register.jump(50_000));
        MeteredTree metered = metered(INTEL);

        metered.run(20);

        Reading reading = metered.row("implausible jump of 50 kJ", Domain.CPU);
        assertThat(reading.gapSeconds).isBetween(0.01, 0.1);
        assertGapsExplain(reading, 70);
    }

    @Test
    void pauseOfTwoWraps() throws Exception {
        tree.zone("intel-rapl:0", "package-0", Domain.CPU, 200, DrivenTree.FINE_UNIT_NANOJOULES, 0.3);
        tree.at(7, () -> tree.pause(700));
        MeteredTree metered = metered(INTEL);

        metered.run(720);

        Reading reading = metered.row("pause of 700 s, 2 wraps in it", Domain.CPU);
        assertThat(reading.gapSeconds).isBetween(700.0, 700.1);
        assertGapsExplain(reading, 200);
    }

    @Test
    void pauseWithinOneWrap() throws Exception {
        tree.zone("intel-rapl:0", "package-0", Domain.CPU, 200, DrivenTree.FINE_UNIT_NANOJOULES, 0.95);
        tree.at(7, () -> tree.pause(25));
        MeteredTree metered = metered(INTEL);

        metered.run(45);

        assertExact(metered.row("pause of 25 s with 1 wrap", Domain.CPU), 3);
    }

    @Test
    void inputOutputError() throws Exception {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/mem")), "no file here whose reading fails");
        Register register = tree.packageZone("intel-rapl:0", "package-0", 70, 0.3);
        tree.at(7, register::fail).at(9, register::repair);
        MeteredTree metered = metered(INTEL);

        metered.run(90);

        // The file that was open goes on standing still for a second, which an attribute of the kernel does not.
        Reading reading = metered.row("EIO for 2 s: given up, found again (+1 s of standstill)", Domain.CPU);
        assertThat(reading.gapSeconds).isBetween(50.0, 55.0);
        assertThat(reading.readJoules()).isLessThanOrEqualTo(reading.trueJoules() + UNIT_JOULES);
        assertThat(reading.trueJoules() - reading.readJoules()).isLessThan(70 * (reading.gapSeconds + 1.1));
        assertThat(metered.warnings).anyMatch(line -> line.contains("Input/output error"));
    }

    @Test
    void twoFailedReadings() throws Exception {
        Register register = tree.packageZone("intel-rapl:0", "package-0", 70, 0.3);
        tree.at(7, register::blank).at(7.035, register::resume);
        MeteredTree metered = metered(INTEL);

        metered.run(20);

        Reading reading = metered.row("unreadable for 2 ticks", Domain.CPU);
        assertThat(reading.gapSeconds).isBetween(0.03, 0.15);
        assertGapsExplain(reading, 70);
    }

    @Test
    void vanishingAndReturningPackage() throws Exception {
        tree = new DrivenTree(files, SLOW_TICK);
        tree.packageZone("intel-rapl:0", "package-0", 70, 0.3);
        Register second = tree.packageZone("intel-rapl:1", "package-1", 40, 0.6);
        tree.at(20, () -> {
                    second.vanish();
                    second.watts(0);
                })
                .at(90, () -> {
                    second.watts(40);
                    second.jump(-3_000);
                    second.appear();
                });
        MeteredTree metered = metered(INTEL);

        metered.run(200);

        // The look at 122 s sees it, after 32 s in which it drew and nobody knew.
        Reading reading = metered.row("package of 40 W away from 20 to 90 s, seen again at 122 s", Domain.CPU);
        assertThat(reading.gapSeconds).isBetween(0.5, 3.0);
        assertThat(reading.trueJoules() - reading.readJoules()).isBetween(40 * 20.0, 40 * 61.0 + 110 * 3.0);
        assertThat(metered.warnings).isEmpty();
        assertThat(metered.devices).containsEntry(Domain.CPU, "package-0 + package-1");
    }

    @Test
    void vanishingAndReturningMeter() throws Exception {
        Register register = tree.packageZone("intel-rapl:0", "package-0", 70, 0.3);
        tree.at(7, register::vanish).at(10, register::appear);
        MeteredTree metered = metered(INTEL);

        metered.run(90);

        Reading reading = metered.row("only zone away for 3 s: given up, found again (+1 s)", Domain.CPU);
        assertThat(reading.readJoules()).isLessThanOrEqualTo(reading.trueJoules() + UNIT_JOULES);
        assertThat(reading.trueJoules() - reading.readJoules()).isLessThan(70 * (reading.gapSeconds + 1.1));
        assertThat(reading.gapSeconds).isBetween(50.0, 55.0);
    }

    @Test
    void secondPackageAppearing() throws Exception {
        tree = new DrivenTree(files, SLOW_TICK);
        tree.packageZone("intel-rapl:0", "package-0", 70, 0.3);
        tree.at(30, () -> tree.packageZone("intel-rapl:1", "package-1", 40, 0.6));
        MeteredTree metered = metered(INTEL);

        metered.run(200);

        Reading reading = metered.row("second package of 40 W since 30 s, seen at 60 s", Domain.CPU);
        assertThat(reading.gapSeconds).isBetween(0.4, 1.1);
        assertThat(reading.trueJoules() - reading.readJoules()).isBetween(40 * 30.0, 40 * 31.5 + 70 * 1.1);
        assertThat(metered.devices).containsEntry(Domain.CPU, "package-0 + package-1");
    }

    @Test
    void secondPackageAppearingUnreadable() throws Exception {
        tree = new DrivenTree(files, SLOW_TICK);
        tree.packageZone("intel-rapl:0", "package-0", 70, 0.3);
        tree.at(30, () -> tree.packageZone("intel-rapl:1", "package-1", 40, 0.6).blank());
        MeteredTree metered = metered(INTEL);

        metered.run(100);

        assertThat(metered.warnings)
                .anyMatch(line -> line.contains("a zone was added, and "
                        + files.energyFile("intel-rapl:1").toString()));
        assertThat(metered.of(Domain.CPU).readJoules()).isCloseTo(70 * 60, within(140.0));
    }

    @Test
    void treeOfAHypervisor() throws Exception {
        files = new PowercapTree(root.resolve("scaphandre"));
        tree = new DrivenTree(files, TICK);
        tree.zone("intel-rapl:0", null, Domain.CPU, 17.5, 1_000, 0.001);
        MeteredTree metered = metered(INTEL);

        metered.run(20);

        assertExact(metered.row("Scaphandre's root, no names and no range", Domain.CPU), 2);
        assertThat(metered.sources).containsEntry(Domain.CPU, "rapl-powercap-vm");
        assertThat(metered.devices).containsEntry(Domain.CPU, "intel-rapl:0");
    }

    @Test
    void anySequenceOfEventsReadsNoMoreThanWasDrawnAndAllOfItWhereThereIsNoGap() throws Exception {
        int without = 0;
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            files = new PowercapTree(root.resolve("seed" + seed));
            try (DrivenTree driven = new DrivenTree(files, TICK)) {
                double watts = 0;
                for (int zone = 0; zone < 1 + seed % 3; zone++) {
                    double zoneWatts = 10 + 300 * random.nextDouble();
                    watts += zoneWatts;
                    double share = random.nextInt(4) == 0 ? 0.99999 : random.nextDouble();
                    long unit =
                            random.nextBoolean() ? DrivenTree.INTEL_UNIT_NANOJOULES : DrivenTree.FINE_UNIT_NANOJOULES;
                    Register register =
                            driven.zone("intel-rapl:" + zone, "package-" + zone, Domain.CPU, zoneWatts, unit, share);
                    mishaps(driven, register, random);
                }
                MeteredTree metered = new MeteredTree(driven, context(INTEL));
                metered.run(10);

                Reading reading = metered.of(Domain.CPU);
                double units = 10 * UNIT_JOULES;
                assertThat(reading.readJoules()).as("seed %d", seed).isLessThanOrEqualTo(reading.trueJoules() + units);
                assertThat(reading.trueJoules() - reading.readJoules())
                        .as("seed %d", seed)
                        .isLessThanOrEqualTo(watts * reading.gapSeconds + units);
                without += reading.gapSeconds == 0 ? 1 : 0;
            }
        }
        assertThat(without).isBetween(5, 35);
    }

    private static void mishaps(DrivenTree driven, Register register, Random random) {
        for (int i = random.nextInt(3); i > 0; i--) {
            double at = 1 + 8 * random.nextDouble();
            switch (random.nextInt(4)) {
                case 0 -> driven.at(at, register::restart);
                case 1 -> driven.at(at, () -> register.jump(40_000));
                case 2 -> driven.at(at, register::blank).at(at + 0.035, register::resume);
                default -> driven.at(at, () -> driven.pause(100));
            }
        }
    }

    private MeteredTree metered(String vendor) {
        return new MeteredTree(tree, context(vendor));
    }

    private SourceContext context(String vendor) {
        SourceContext plain = Machines.context(
                root, new SettableClock(), Machines.facts(vendor, 8, 32 * Machines.GB), ModelConstants.NONE);
        return new SourceContext(
                plain.sysRoot(),
                plain.procRoot(),
                List.of(files.root()),
                plain.nvmlLibrary(),
                plain.facts(),
                plain.cpuClock(),
                plain.model(),
                plain.ceilingWatts());
    }

    private static void assertExact(Reading reading, int units) {
        assertThat(reading.gapSeconds).isZero();
        assertThat(reading.trueJoules()).isPositive();
        assertThat(reading.readJoules()).isCloseTo(reading.trueJoules(), within(units * UNIT_JOULES));
    }

    private static void assertGapsExplain(Reading reading, double watts) {
        assertThat(reading.gapSeconds).isPositive();
        assertThat(reading.readJoules()).isLessThanOrEqualTo(reading.trueJoules() + UNIT_JOULES);
        assertThat(reading.trueJoules() - reading.readJoules())
                .isLessThanOrEqualTo(watts * reading.gapSeconds + 2 * UNIT_JOULES);
    }
}
