package io.inferwatt.core.energy.rapl;

import static io.inferwatt.core.energy.EnergyCounter.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.core.energy.Allocations;
import io.inferwatt.core.energy.CounterHealth;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.EnergyCounter;
import io.inferwatt.core.energy.EnergyReadException;
import io.inferwatt.core.energy.EnergySource;
import io.inferwatt.core.energy.EnergySource.Discovery;
import io.inferwatt.core.energy.EnergySourceContract;
import io.inferwatt.core.energy.Finding;
import io.inferwatt.core.energy.Machines;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.energy.ReadingFlag;
import io.inferwatt.core.energy.SourceContext;
import io.inferwatt.core.energy.SourceContext.ModelConstants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RaplEnergySourceTest extends EnergySourceContract {

    private static final long SECOND = 1_000_000_000L;

    private final List<EnergyCounter> opened = new ArrayList<>();
    private PowercapTree tree;
    private long contractMicrojoules;

    @BeforeEach
    void plant() throws IOException {
        tree = PowercapTree.below(root);
    }

    @AfterEach
    void closeCounters() {
        opened.forEach(EnergyCounter::close);
    }

    @Override
    protected EnergySource source() {
        return new RaplEnergySource();
    }

    @Override
    protected SourceContext meterable() throws IOException {
        tree.zone("intel-rapl:0", "package-0", 0).zone("intel-rapl:0:0", "dram", 0);
        return Machines.context(root, clock);
    }

    @Override
    protected void draw(SourceContext context, double joules, long nanos) throws IOException {
        contractMicrojoules += (long) (joules * 1e6);
        tree.energy("intel-rapl:0", contractMicrojoules).energy("intel-rapl:0:0", contractMicrojoules);
    }

    @Override
    protected boolean worksOnEveryMachine() {
        return false;
    }

    @Test
    void oneSocket_isTheCpuDomain() throws Exception {
        tree.zone("intel-rapl:0", "package-0", 100).zone("intel-rapl:0:0", "core", 50);

        Discovery discovery = discover("GenuineIntel");

        EnergyCounter cpu = only(discovery, Domain.CPU);
        assertThat(discovery.counters()).hasSize(1);
        assertThat(cpu.source()).isEqualTo("rapl-powercap");
        assertThat(cpu.quality()).isEqualTo(Quality.MEASURED);
        assertThat(cpu.relativeUncertainty()).isEqualTo(0.03);
        assertThat(cpu.idleWatts()).isNaN();
        cpu.advance(0);
        tree.energy("intel-rapl:0", 5_100).energy("intel-rapl:0:0", 4_000);
        assertThat(cpu.advance(SECOND)).isEqualTo(5_000);
        assertThat(discovery.findings()).extracting(Finding::line).anyMatch(line -> line.contains("no dram zone"));
    }

    @Test
    void twoSocketsWithDram_areSummedByDomain() throws Exception {
        tree.zone("intel-rapl:0", "package-0", 0)
                .zone("intel-rapl:0:0", "dram", 0)
                .zone("intel-rapl:1", "package-1", 1000)
                .zone("intel-rapl:1:0", "dram", 1000);
        Discovery discovery = discover("GenuineIntel");
        EnergyCounter cpu = only(discovery, Domain.CPU);
        EnergyCounter dram = only(discovery, Domain.DRAM);
        cpu.advance(0);
        dram.advance(0);

        tree.energy("intel-rapl:0", 10).energy("intel-rapl:1", 1200);
        tree.energy("intel-rapl:0:0", 3).energy("intel-rapl:1:0", 1004);

        assertThat(cpu.advance(SECOND)).isEqualTo(210);
        assertThat(dram.advance(SECOND)).isEqualTo(7);
    }

    @Test
    void intelDies_areMetersOfTheirOwn() throws Exception {
        tree.zone("intel-rapl:0", "package-0-die-0", 0).zone("intel-rapl:1", "package-0-die-1", 0);
        EnergyCounter cpu = only(discover("GenuineIntel"), Domain.CPU);
        cpu.advance(0);

        tree.energy("intel-rapl:0", 100).energy("intel-rapl:1", 23);

        assertThat(cpu.advance(SECOND)).isEqualTo(123);
    }

    @Test
    void amdDies_mirrorOneMeterPerSocket() throws Exception {
        tree.zone("intel-rapl:0", "package-0-die-0", 0)
                .zone("intel-rapl:1", "package-0-die-1", 0)
                .zone("intel-rapl:2", "package-1-die-0", 0)
                .zone("intel-rapl:3", "package-1-die-1", 0);
        EnergyCounter cpu = only(discover("AuthenticAMD"), Domain.CPU);
        cpu.advance(0);

        tree.energy("intel-rapl:0", 68).energy("intel-rapl:1", 68);
        tree.energy("intel-rapl:2", 10).energy("intel-rapl:3", 10);

        assertThat(cpu.advance(SECOND)).isEqualTo(78);
    }

    @Test
    void platformZone_isADomainOfItsOwnThoughItsIndexLooksLikeAPackage() throws Exception {
        tree.zone("intel-rapl:0", "package-0", 0).zone("intel-rapl:1", "psys", 7);
        Discovery discovery = discover("GenuineIntel");
        EnergyCounter cpu = only(discovery, Domain.CPU);
        EnergyCounter platform = only(discovery, Domain.PLATFORM);
        cpu.advance(0);
        platform.advance(0);

        tree.energy("intel-rapl:0", 40).energy("intel-rapl:1", 97);

        assertThat(cpu.advance(SECOND)).isEqualTo(40);
        assertThat(platform.advance(SECOND)).isEqualTo(90);
        assertThat(platform.source()).isEqualTo("rapl-psys");
        assertThat(platform.device()).isEqualTo("psys");
        assertThat(discovery.findings()).extracting(Finding::line).anyMatch(line -> line.contains("never added"));
    }

    @Test
    void platformOfTwoPackages_mayDrawMoreThanTheCeilingOfOne() throws Exception {
        tree.zone("intel-rapl:0", "package-0", 0)
                .zone("intel-rapl:1", "package-1", 0)
                .zone("intel-rapl:2", "psys", 1);
        EnergyCounter platform = only(discover("GenuineIntel"), Domain.PLATFORM);
        platform.advance(0);

        tree.energy("intel-rapl:2", 1_500_000_001L);

        assertThat(platform.advance(SECOND)).isEqualTo(1_500_000_000L);
    }

    @Test
    void platformRegisterAtZero_isNotWiredAndNoMeter() throws Exception {
        tree.zone("intel-rapl:0", "package-0", 0)
                .zone("intel-rapl:1", "psys", 0)
                .zone("intel-rapl:2", "psys-1", 5)
                .zone("intel-rapl:3", "psys-2", 5);

        Discovery discovery = discover("GenuineIntel");

        assertThat(only(discovery, Domain.PLATFORM).device()).isEqualTo("psys-1");
        assertThat(discovery.findings())
                .extracting(Finding::line)
                .anyMatch(line -> line.contains("intel-rapl:1 (psys) shows 0"))
                .anyMatch(line -> line.contains("intel-rapl:3 (psys-2) is left out"));
    }

    @Test
    void platformThatCannotBeRead_isNoWarningBesideReadablePackages() throws Exception {
        tree.zone("intel-rapl:0", "package-0", 0)
                .zone("intel-rapl:1", "psys", 7)
                .unreadable("intel-rapl:1");

        Discovery discovery = discover("GenuineIntel");

        assertThat(discovery.counters()).hasSize(1);
        assertThat(discovery.findings()).extracting(Finding::kind).doesNotContain(Finding.Kind.LOST);
        assertThat(discovery.findings())
                .extracting(Finding::line)
                .anyMatch(line -> line.contains("no platform energy: "));
    }

    @Test
    void hexadecimalIds_areZonesLikeOthers() throws Exception {
        for (int number = 0; number < 18; number++) {
            tree.zone("intel-rapl:" + Integer.toHexString(number), "package-" + number, 1_000_000L * number);
        }
        EnergyCounter cpu = only(discover("GenuineIntel"), Domain.CPU);
        cpu.advance(0);

        tree.energy("intel-rapl:a", 10_000_007).energy("intel-rapl:11", 17_000_005);

        assertThat(cpu.advance(SECOND)).isEqualTo(12);
    }

    @Test
    void fileEnabled_isAboutPowerLimitsAndDoesNotStopTheMeter() throws Exception {
        tree.zone("intel-rapl:0", "package-0", 0);
        Files.writeString(tree.energyFile("intel-rapl:0").resolveSibling("enabled"), "0\n");
        EnergyCounter cpu = only(discover("GenuineIntel"), Domain.CPU);
        cpu.advance(0);

        tree.energy("intel-rapl:0", 40);

        assertThat(cpu.advance(SECOND)).isEqualTo(40);
    }

    @Test
    void amdDie_thatCannotBeRead_givesWayToOneThatCan() throws Exception {
        tree.zone("intel-rapl:0", "package-0-die-0", 0)
                .zone("intel-rapl:1", "package-0-die-1", 0)
                .unreadable("intel-rapl:0");
        EnergyCounter cpu = only(discover("AuthenticAMD"), Domain.CPU);
        cpu.advance(0);

        tree.energy("intel-rapl:1", 68);

        assertThat(cpu.advance(SECOND)).isEqualTo(68);
    }

    @Test
    void mirrorsByAnyMaker_countOnceFromTheFirstReadingOnAndAreNotReadForGood() throws Exception {
        tree.zone("intel-rapl:0", "package-0", 70_000_000).zone("intel-rapl:1", "package-1", 70_000_000);
        EnergyCounter cpu = only(discover("GenuineIntel"), Domain.CPU);
        cpu.advance(0);
        assertThat(cpu.device()).isEqualTo("package-0; the same again: package-1");

        tree.energy("intel-rapl:0", 110_000_000).energy("intel-rapl:1", 110_000_000);
        assertThat(cpu.advance(SECOND / 2)).isEqualTo(40_000_000);
        tree.energy("intel-rapl:0", 150_000_000).energy("intel-rapl:1", 150_000_020);
        assertThat(cpu.advance(SECOND)).isEqualTo(40_000_000);
        tree.energy("intel-rapl:0", 190_000_000).unreadable("intel-rapl:1");
        assertThat(cpu.advance(2 * SECOND)).isEqualTo(40_000_000);
    }

    @Test
    void registersThatPart_bothCountFromThatReadingOn() throws Exception {
        tree.zone("intel-rapl:0", "package-0", 70_000_000).zone("intel-rapl:1", "package-1", 70_000_000);
        EnergyCounter cpu = only(discover("GenuineIntel"), Domain.CPU);
        cpu.advance(0);

        tree.energy("intel-rapl:0", 110_000_000).energy("intel-rapl:1", 100_000_000);
        assertThat(cpu.advance(SECOND)).isEqualTo(70_000_000);
        tree.energy("intel-rapl:0", 110_000_001).energy("intel-rapl:1", 110_000_001);
        assertThat(cpu.advance(2 * SECOND)).isEqualTo(10_000_002);
        assertThat(cpu.device()).isEqualTo("package-0 + package-1");
    }

    @Test
    void memoryMappedDuplicate_givesWayToTheMsrZone() throws Exception {
        tree.zone("intel-rapl-mmio:0", "package-0", 0).zone("intel-rapl:0", "package-0", 0);
        tree.zone("intel-rapl-mmio:0:0", "dram", 0).zone("intel-rapl:0:0", "dram", 0);
        Discovery discovery = discover("GenuineIntel");
        EnergyCounter cpu = only(discovery, Domain.CPU);
        EnergyCounter dram = only(discovery, Domain.DRAM);
        cpu.advance(0);
        dram.advance(0);

        tree.energy("intel-rapl:0", 40).energy("intel-rapl-mmio:0", 41);
        tree.energy("intel-rapl:0:0", 5).energy("intel-rapl-mmio:0:0", 6);

        assertThat(cpu.advance(SECOND)).isEqualTo(40);
        assertThat(dram.advance(SECOND)).isEqualTo(5);
    }

    @Test
    void memoryMappedZoneAlone_isUsed() throws Exception {
        tree.zone("intel-rapl-mmio:0", "package-0", 0);
        EnergyCounter cpu = only(discover("GenuineIntel"), Domain.CPU);
        cpu.advance(0);

        tree.energy("intel-rapl-mmio:0", 41);

        assertThat(cpu.advance(SECOND)).isEqualTo(41);
    }

    @Test
    void unreadableEnergy_isAFindingThatNamesTheFileAndTheRemedy() throws Exception {
        tree.zone("intel-rapl:0", "package-0", 0).unreadable("intel-rapl:0");

        Discovery discovery = discover("GenuineIntel");

        assertThat(discovery.counters()).isEmpty();
        assertThat(discovery.findings())
                .extracting(Finding::line)
                .singleElement()
                .asString()
                .contains(tree.energyFile("intel-rapl:0").toString())
                .contains("0440", "udev or tmpfiles", "energy.sysfs.root", "energy.powercap.root");
    }

    @Test
    void oneUnreadablePackageOfTwo_isNotPassedOffAsTheWhole() throws Exception {
        tree.zone("intel-rapl:0", "package-0", 0)
                .zone("intel-rapl:1", "package-1", 0)
                .unreadable("intel-rapl:1");

        Discovery discovery = discover("GenuineIntel");

        assertThat(discovery.counters()).isEmpty();
        assertThat(discovery.findings())
                .extracting(Finding::line)
                .anyMatch(line -> line.contains(tree.energyFile("intel-rapl:1").toString()));
    }

    @Test
    void advance_leavesNoGarbage() throws Exception {
        for (int number = 0; number < 4; number++) {
            tree.zone("intel-rapl:" + number, "package-" + number, 1_000_000_000L * (number + 1));
        }
        EnergyCounter cpu = only(discover("GenuineIntel"), Domain.CPU);
        advanceOften(cpu, 0, 20_000);

        long bytes = new Allocations().of(() -> advanceOften(cpu, 1, 10_000));

        assertThat(bytes).as("bytes for 10,000 readings of 4 zones").isLessThan(10_000);
    }

    private static void advanceOften(EnergyCounter counter, long startNanos, int times) throws EnergyReadException {
        for (int i = 0; i < times; i++) {
            counter.advance(startNanos + i);
        }
    }

    @Test
    void missingRange_countsOnAndTakesADecreaseForAReset() throws Exception {
        tree.zone("intel-rapl:0", "package-0", PowercapTree.INTEL_RANGE - 5).withoutRange("intel-rapl:0");
        EnergyCounter cpu = only(discover("GenuineIntel"), Domain.CPU);
        cpu.advance(0);

        tree.energy("intel-rapl:0", PowercapTree.INTEL_RANGE - 2);
        assertThat(cpu.advance(SECOND)).isEqualTo(3);
        tree.energy("intel-rapl:0", 10);
        assertThat(cpu.advance(2 * SECOND)).isEqualTo(UNKNOWN);
        assertThat(cpu.health()).isEqualTo(new CounterHealth(0, 1, 0));
    }

    @Test
    void overflowOfOneSocket_isCorrectedBeforeTheSum() throws Exception {
        tree.zone("intel-rapl:0", "package-0", 1_000).zone("intel-rapl:1", "package-1", PowercapTree.INTEL_RANGE - 7);
        EnergyCounter cpu = only(discover("GenuineIntel"), Domain.CPU);
        cpu.advance(0);

        tree.energy("intel-rapl:0", 1_500).energy("intel-rapl:1", 3);

        assertThat(cpu.advance(SECOND)).isEqualTo(510);
        assertThat(cpu.health()).isEqualTo(new CounterHealth(1, 0, 0));
    }

    @Test
    void resetOfOneSocket_isUnknownForTheDomainAndRightAgainNextTime() throws Exception {
        tree.zone("intel-rapl:0", "package-0", 1_000).zone("intel-rapl:1", "package-1", 500_000);
        EnergyCounter cpu = only(discover("GenuineIntel"), Domain.CPU);
        cpu.advance(0);

        tree.energy("intel-rapl:0", 2_000).energy("intel-rapl:1", 0);
        assertThat(cpu.advance(SECOND)).isEqualTo(UNKNOWN);
        tree.energy("intel-rapl:0", 2_030).energy("intel-rapl:1", 4);
        assertThat(cpu.advance(2 * SECOND)).isEqualTo(34);
        assertThat(cpu.health()).isEqualTo(new CounterHealth(0, 1, 0));
    }

    @Test
    void implausibleJump_isRefusedAndCounted() throws Exception {
        tree.zone("intel-rapl:0", "package-0", 0);
        EnergyCounter cpu = only(discover("GenuineIntel"), Domain.CPU);
        cpu.advance(0);

        tree.energy("intel-rapl:0", 3_000_000_000L);

        assertThat(cpu.advance(SECOND)).isEqualTo(UNKNOWN);
        assertThat(cpu.health()).isEqualTo(new CounterHealth(0, 0, 1));
    }

    @Test
    void pauseLongEnoughForTwoOverflows_isUnknown() throws Exception {
        tree.zone("intel-rapl:0", "package-0", 0);
        EnergyCounter cpu = only(discover("GenuineIntel"), Domain.CPU);
        cpu.advance(0);

        tree.energy("intel-rapl:0", 77);

        assertThat(cpu.advance(300 * SECOND)).isEqualTo(UNKNOWN);
    }

    @Test
    void failedReading_leavesTheEnergyForTheNextGoodOne() throws Exception {
        tree.zone("intel-rapl:0", "package-0", 0).zone("intel-rapl:1", "package-1", 0);
        EnergyCounter cpu = only(discover("GenuineIntel"), Domain.CPU);
        cpu.advance(0);

        tree.energy("intel-rapl:0", 100);
        Files.writeString(tree.energyFile("intel-rapl:1"), "");
        assertThatThrownBy(() -> cpu.advance(SECOND))
                .isInstanceOfSatisfying(
                        EnergyReadException.class,
                        e -> assertThat(e.reason()).isEqualTo(EnergyReadException.Reason.PARSE));
        tree.energy("intel-rapl:0", 150).energy("intel-rapl:1", 30);

        assertThat(cpu.advance(2 * SECOND)).isEqualTo(180);
    }

    @Test
    void vanishedZone_failsAndIsANewOneWhenItReturns() throws Exception {
        tree.zone("intel-rapl:0", "package-0", 1_000);
        EnergyCounter cpu = only(discover("GenuineIntel"), Domain.CPU);
        cpu.advance(0);

        tree.vanish("intel-rapl:0");
        assertThatThrownBy(() -> cpu.advance(SECOND))
                .isInstanceOfSatisfying(
                        EnergyReadException.class,
                        e -> assertThat(e.reason()).isEqualTo(EnergyReadException.Reason.IO));
        tree.zone("intel-rapl:0", "package-0", 5_000);

        assertThat(cpu.advance(2 * SECOND)).isEqualTo(UNKNOWN);
        tree.energy("intel-rapl:0", 5_020);
        assertThat(cpu.advance(3 * SECOND)).isEqualTo(20);
        assertThat(cpu.health()).isEqualTo(CounterHealth.GOOD);
    }

    @Test
    void treePassedInByAHypervisor_isReadWithoutNamesAndLabelledSo() throws Exception {
        PowercapTree passedIn = new PowercapTree(root.resolve("scaphandre"));
        passedIn.namelessZone("intel-rapl:0", 0).namelessZone("intel-rapl:0:0", 0);

        Discovery discovery = discover(List.of(tree.root(), passedIn.root()));

        EnergyCounter cpu = only(discovery, Domain.CPU);
        assertThat(discovery.counters()).hasSize(1);
        assertThat(cpu.source()).isEqualTo("rapl-powercap-vm");
        assertThat(cpu.relativeUncertainty()).isGreaterThan(0.03);
        assertThat(cpu.flags()).containsExactly(ReadingFlag.VM_VIEW);
        assertThat(cpu.device()).isEqualTo("intel-rapl:0");
        cpu.advance(0);
        passedIn.energy("intel-rapl:0", 12).energy("intel-rapl:0:0", 5);
        assertThat(cpu.advance(SECOND)).isEqualTo(12);
    }

    @Test
    void kernelTree_zoneWithoutName_isLeftOutAndSaidSo() throws Exception {
        tree.namelessZone("intel-rapl:0", 0);

        Discovery discovery = discover("GenuineIntel");

        assertThat(discovery.counters()).isEmpty();
        assertThat(discovery.findings())
                .extracting(Finding::line)
                .anyMatch(line -> line.contains("no readable file name"));
    }

    @Test
    void hostTreeMountedElsewhere_replacesTheMaskedOne() throws Exception {
        PowercapTree host = new PowercapTree(root.resolve("host/sys/class/powercap"));
        tree.zone("intel-rapl:0", "package-0", 0).unreadable("intel-rapl:0");
        host.zone("intel-rapl:0", "package-0", 0);

        Discovery discovery = discover(List.of(tree.root(), host.root()));

        EnergyCounter cpu = only(discovery, Domain.CPU);
        assertThat(cpu.source()).isEqualTo("rapl-powercap");
        cpu.advance(0);
        host.energy("intel-rapl:0", 9);
        assertThat(cpu.advance(SECOND)).isEqualTo(9);
    }

    @Test
    void twoRootsWithZones_firstOneWins() throws Exception {
        PowercapTree second = new PowercapTree(root.resolve("second"));
        tree.zone("intel-rapl:0", "package-0", 0);
        second.zone("intel-rapl:0", "package-0", 0).zone("intel-rapl:0:0", "dram", 0);

        assertThat(discover(List.of(tree.root(), second.root())).counters()).hasSize(1);
    }

    @Test
    void zoneThatShowsInSeveralPlaces_isNamedByTheNearest() throws Exception {
        // The class folder of the kernel: links to the control type and, flat, to each zone.
        PowercapTree devices = new PowercapTree(root.resolve("devices/intel-rapl"));
        devices.zone("intel-rapl:0", "package-0", 0).unreadable("intel-rapl:0");
        Files.createSymbolicLink(tree.root().resolve("intel-rapl"), devices.root());
        Files.createSymbolicLink(
                tree.root().resolve("intel-rapl:0"), devices.root().resolve("intel-rapl:0"));

        assertThat(discover("GenuineIntel").findings())
                .extracting(Finding::line)
                .singleElement()
                .asString()
                .contains("z " + tree.root().resolve("intel-rapl:0/energy_uj") + " 0440");
    }

    @Test
    void treeByControlType_isReadToo() throws Exception {
        PowercapTree byType = new PowercapTree(root.resolve("devices/intel-rapl"));
        byType.zone("intel-rapl:0", "package-0", 0).zone("intel-rapl:0:0", "dram", 0);

        assertThat(discover(List.of(root.resolve("devices"))).counters()).hasSize(2);
    }

    @Test
    void zonesHiddenByAContainerRuntime_areToldWithTheMount() throws Exception {
        tree.masked("intel-rapl:0").masked("intel-rapl:0:0");

        Discovery discovery = discover("GenuineIntel");

        assertThat(discovery.counters()).isEmpty();
        assertThat(discovery.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Finding.Kind.LOST);
            assertThat(finding.line()).contains("hidden from this process", "-v /sys:/host/sys:ro");
        });
    }

    @Test
    void zonesHiddenHereAndMountedElsewhere_areNoWarning() throws Exception {
        PowercapTree host = new PowercapTree(root.resolve("host/sys/class/powercap"));
        tree.masked("intel-rapl:0");
        host.zone("intel-rapl:0", "package-0", 0);

        Discovery discovery = discover(List.of(tree.root(), host.root()));

        assertThat(discovery.counters()).hasSize(1);
        assertThat(discovery.findings()).extracting(Finding::kind).doesNotContain(Finding.Kind.LOST);
    }

    @Test
    void rootWithMemoryAlone_givesWayToOneWithProcessors() throws Exception {
        PowercapTree host = new PowercapTree(root.resolve("host/sys/class/powercap"));
        tree.zone("intel-rapl:0", "package-0", 0)
                .zone("intel-rapl:0:0", "dram", 0)
                .unreadable("intel-rapl:0");

        assertThat(discover(List.of(tree.root(), host.root())).counters())
                .extracting(EnergyCounter::domain)
                .containsExactly(Domain.DRAM);
        host.zone("intel-rapl:0", "package-0", 0);
        assertThat(discover(List.of(tree.root(), host.root())).counters())
                .extracting(EnergyCounter::domain)
                .containsExactly(Domain.CPU);
    }

    @Test
    void allUnreadableZones_areOneFinding() throws Exception {
        tree.zone("intel-rapl:0", "package-0", 0).zone("intel-rapl:0:0", "dram", 0);
        tree.zone("intel-rapl:1", "package-1", 0).zone("intel-rapl:2", "psys", 3);
        for (String id : List.of("intel-rapl:0", "intel-rapl:0:0", "intel-rapl:1", "intel-rapl:2")) {
            tree.unreadable(id);
        }

        assertThat(discover("GenuineIntel").findings())
                .extracting(Finding::line)
                .singleElement()
                .asString()
                .startsWith("rapl: no cpu and dram and platform energy: cannot read " + tree.energyFile("intel-rapl:0"))
                .contains("(3 more alike)", "SupplementaryGroups", "--group-add", "supplementalGroups");
    }

    @Test
    void noSensor_isOneFinding() {
        Discovery discovery = discover("GenuineIntel");

        assertThat(discovery.counters()).isEmpty();
        assertThat(discovery.findings())
                .extracting(Finding::line)
                .singleElement()
                .asString()
                .contains(tree.root().toString());
    }

    private Discovery discover(String vendor) {
        return discover(
                Machines.context(root, clock, Machines.facts(vendor, 8, 32 * Machines.GB), ModelConstants.NONE));
    }

    private Discovery discover(List<Path> powercapRoots) {
        SourceContext plain = Machines.context(root, clock);
        return discover(new SourceContext(
                plain.sysRoot(),
                plain.procRoot(),
                powercapRoots,
                plain.nvmlLibrary(),
                plain.facts(),
                plain.cpuClock(),
                plain.model(),
                plain.ceilingWatts()));
    }

    private Discovery discover(SourceContext context) {
        Discovery discovery = source().discover(context);
        opened.addAll(discovery.counters());
        return discovery;
    }

    private static EnergyCounter only(Discovery discovery, Domain domain) {
        return discovery.counters().stream()
                .filter(counter -> counter.domain().equals(domain))
                .findFirst()
                .orElseThrow();
    }
}
