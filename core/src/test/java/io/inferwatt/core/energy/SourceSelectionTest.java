package io.inferwatt.core.energy;

import static io.inferwatt.core.energy.EnergyCounter.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.energy.EnergyReadException.Reason;
import io.inferwatt.core.energy.Machines.SettableClock;
import io.inferwatt.core.energy.SourceContext.ModelConstants;
import io.inferwatt.core.energy.modelled.ModelledEnergySource;
import io.inferwatt.core.energy.rapl.PowercapTree;
import io.inferwatt.core.energy.rapl.RaplEnergySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceSelectionTest {

    private static final long SECOND = 1_000_000_000L;
    private static final String PACKAGE = "intel-rapl:0";
    private static final String MEMORY = "intel-rapl:0:0";

    @TempDir
    Path root;

    private final SettableClock clock = new SettableClock();
    private final List<SourceSelection> opened = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private PowercapTree tree;
    private long now = 17 * SECOND;
    private long energyMicrojoules;

    @BeforeEach
    void plant() throws IOException {
        tree = PowercapTree.below(root);
    }

    @AfterEach
    void close() {
        opened.forEach(SourceSelection::close);
    }

    @Test
    void open_auto_takesTheBestSourceForEachDomain() throws Exception {
        plantZones();
        SourceSelection selection = open("auto");

        assertThat(selection.meters()).extracting(DomainMeter::domain).containsExactly(Domain.CPU, Domain.DRAM);
        assertThat(selection.meters()).extracting(DomainMeter::source).containsOnly("rapl-powercap");
        assertThat(selection.findings())
                .contains("cpu: rapl-powercap, measured, ±6 % (95 %)", "dram: rapl-powercap, measured, ±6 % (95 %)")
                .noneMatch(line -> line.startsWith("model: "));
    }

    @Test
    void open_installedSources_workOnThisMachine() {
        SourceSelection selection = SourceSelection.open(List.of("auto"), context(ModelConstants.NONE), warning -> {});
        opened.add(selection);

        assertThat(meter(selection, Domain.CPU).source()).isEqualTo("model-threads");
        assertThat(selection.findings()).anyMatch(line -> line.startsWith("rapl: no powercap zones"));
    }

    @Test
    void open_noMeter_fallsBackToTheModelForBothDomains() {
        SourceSelection selection = open("auto");

        assertThat(selection.meters())
                .extracting(DomainMeter::source)
                .containsExactly("model-threads", "model-threads");
        assertThat(meter(selection, Domain.CPU).quality()).isEqualTo(Quality.MODELLED);
        assertThat(meter(selection, Domain.CPU).idleWatts()).isPositive();
    }

    @Test
    void open_measuredProcessorsWithoutMemoryMeter_areNotMixedWithModelledMemory() throws Exception {
        tree.zone(PACKAGE, "package-0", 0);

        assertThat(open("auto").meters()).extracting(DomainMeter::domain).containsExactly(Domain.CPU);
    }

    @Test
    void open_listedSources_winInTheirOrder() throws Exception {
        plantZones();

        assertThat(open("model", "rapl").meters())
                .extracting(DomainMeter::source)
                .containsOnly("model-threads");
        assertThat(open("model", "auto").meters())
                .extracting(DomainMeter::source)
                .containsOnly("model-threads");
        assertThat(open(" RAPL ").meters()).extracting(DomainMeter::source).containsOnly("rapl-powercap");
    }

    @Test
    void open_onlyASourceThatFindsNothing_saysThatNothingIsReported() {
        SourceSelection selection = open("rapl");

        assertThat(selection.meters()).isEmpty();
        assertThat(selection.findings()).anyMatch(line -> line.contains("no joules are reported"));
    }

    @Test
    void open_unknownName_isReportedWithTheAllowedOnes() {
        SourceSelection selection = open("rappel", "model");

        assertThat(selection.findings().get(0)).contains("'rappel'", "auto, rapl, model");
        assertThat(meter(selection, Domain.CPU).source()).isEqualTo("model-threads");
        assertThat(open("rappel").meters()).isNotEmpty();
    }

    @Test
    void open_machineWithoutMeters_isNoWarningUnlessOneWasNamed() {
        open("auto");
        assertThat(warnings).isEmpty();

        open("rapl");
        assertThat(warnings)
                .hasSize(2)
                .anyMatch(line -> line.startsWith("rapl: no powercap zones in "))
                .contains("no energy source works here, so no joules are reported");
    }

    @Test
    void open_meterThatCannotBeRead_isAWarning() throws Exception {
        plantZones();
        Files.writeString(tree.energyFile(PACKAGE), "");

        open("auto");

        assertThat(warnings).singleElement().asString().startsWith("rapl: no cpu energy: " + tree.energyFile(PACKAGE));
    }

    @Test
    void maintain_counterGivenUp_isOneWarning() throws Exception {
        plantZones();
        SourceSelection selection = open("auto");
        tick(selection);
        assertThat(warnings).isEmpty();

        for (int i = 0; i < 70; i++) {
            breakPackageZone(selection);
        }

        assertThat(warnings)
                .singleElement()
                .asString()
                .matches(
                        "energy of cpu: model-threads, modelled, -\\d+ to \\+\\d+ % \\(95 %\\); rapl-powercap given up: .*");
    }

    @Test
    void open_sourceThatThrows_isLeftOutAndReported() {
        EnergySource broken = new EnergySource() {
            @Override
            public String id() {
                return "broken";
            }

            @Override
            public int rank() {
                return 1;
            }

            @Override
            public Discovery discover(SourceContext context) {
                throw new IllegalStateException("no such thing");
            }
        };
        SourceSelection selection = SourceSelection.open(
                List.of("auto"), context(ModelConstants.NONE), List.of(broken, new ModelledEnergySource()));
        opened.add(selection);

        assertThat(meter(selection, Domain.CPU).source()).isEqualTo("model-threads");
        assertThat(selection.findings())
                .anyMatch(line -> line.startsWith("broken: ") && line.contains("no such thing"));
    }

    @Test
    void advance_oneFailedReading_keepsTheSource() throws Exception {
        plantZones();
        SourceSelection selection = open("auto");
        DomainMeter cpu = meter(selection, Domain.CPU);
        tick(selection);
        Files.writeString(tree.energyFile(PACKAGE), "");
        now += SECOND;
        assertThat(cpu.advance(now)).isEqualTo(UNKNOWN);
        selection.maintain(now);

        energyMicrojoules += 9_000_000;
        tree.energy(PACKAGE, energyMicrojoules);
        now += SECOND;
        assertThat(cpu.advance(now)).as("covers the lost tick too").isEqualTo(UNKNOWN);
        energyMicrojoules += 2_000_000;
        tree.energy(PACKAGE, energyMicrojoules);
        now += SECOND;
        assertThat(cpu.advance(now)).isEqualTo(2_000_000);

        assertThat(cpu.source()).isEqualTo("rapl-powercap");
        assertThat(cpu.errors(Reason.PARSE)).isEqualTo(1);
        assertThat(cpu.generation()).isEqualTo(1);
    }

    @Test
    void advance_threeFailedReadings_failsOverForBothDomainsAndReturnsAfterATrial() throws Exception {
        plantZones();
        SourceSelection selection = open("auto");
        DomainMeter cpu = meter(selection, Domain.CPU);
        DomainMeter dram = meter(selection, Domain.DRAM);
        tick(selection);
        tick(selection);
        assertThat(cpu.samples()).isEqualTo(1);

        tree.vanish(PACKAGE);
        Files.delete(tree.root().resolve(MEMORY));
        for (int i = 0; i < 3; i++) {
            assertThat(cpu.source()).isEqualTo("rapl-powercap");
            tickWithoutZones(selection);
        }
        assertThat(cpu.errors(Reason.IO)).isEqualTo(3);
        assertThat(List.of(cpu.source(), dram.source())).containsOnly("model-threads");
        assertThat(cpu.generation()).isEqualTo(2);
        assertThat(selection.findings())
                .anyMatch(line -> line.startsWith("cpu: model-threads") && line.contains("rapl-powercap given up"));
        assertThat(advanceAll(selection, cpu)).isEqualTo(UNKNOWN);
        clock.pass(SECOND, 8 * SECOND);
        assertThat(advanceAll(selection, cpu)).isPositive();

        plantZones();
        for (int i = 0; i < 53; i++) {
            tick(selection);
        }
        assertThat(cpu.source()).isEqualTo("model-threads");
        int ticks = 0;
        while (cpu.source().equals("model-threads") && ticks < 20) {
            tick(selection);
            ticks++;
        }
        assertThat(ticks).isBetween(4, 8);
        assertThat(dram.source()).isEqualTo("rapl-powercap");
        assertThat(cpu.generation()).isEqualTo(3);
        energyMicrojoules += 7_000_000;
        tree.energy(PACKAGE, energyMicrojoules).energy(MEMORY, energyMicrojoules);
        assertThat(advanceAll(selection, cpu)).isEqualTo(7_000_000);
        assertThat(selection.findings()).noneMatch(line -> line.contains("given up"));
    }

    @Test
    void advance_permissionDenied_failsOverAtOnce() {
        Gpu gpu = new Gpu();
        SourceSelection selection = SourceSelection.open(
                List.of("auto"), context(ModelConstants.NONE), List.of(gpu, new ModelledEnergySource()));
        opened.add(selection);
        DomainMeter meter = meter(selection, Gpu.DOMAIN);
        now += SECOND;
        assertThat(meter.advance(now)).isEqualTo(3);

        gpu.denied = true;
        now += SECOND;
        assertThat(meter.advance(now)).isEqualTo(UNKNOWN);
        selection.maintain(now);

        assertThat(meter.speaking()).isFalse();
        assertThat(meter.errors(Reason.PERMISSION)).isEqualTo(1);
        assertThat(gpu.open).isZero();
        assertThat(selection.findings()).anyMatch(line -> line.contains("gpu:1: no counter now"));
    }

    @Test
    void maintain_domainAppearsLater_joinsTheList() {
        Gpu gpu = new Gpu();
        gpu.present = false;
        SourceSelection selection = SourceSelection.open(
                List.of("auto"), context(ModelConstants.NONE), List.of(gpu, new ModelledEnergySource()));
        opened.add(selection);
        List<DomainMeter> meters = selection.meters();
        assertThat(meters).hasSize(2);
        gpu.present = true;
        for (int i = 0; i < 70; i++) {
            tickWithoutZones(selection);
        }

        assertThat(meters).hasSize(3);
        assertThat(meter(selection, Gpu.DOMAIN).source()).isEqualTo("gpu-meter");
        assertThat(gpu.open).isEqualTo(1);
        selection.close();
        assertThat(gpu.open).isZero();
    }

    @Test
    void advance_processorsAloneFail_memoryGoesToTheModelWithThem() throws Exception {
        plantZones();
        SourceSelection selection = open("auto");
        tick(selection);
        for (int i = 0; i < 3; i++) {
            breakPackageZone(selection);
        }

        assertThat(selection.meters()).extracting(DomainMeter::source).containsOnly("model-threads");
    }

    @Test
    void advance_processorsGoToACalibratedModel_memoryFallsSilentSinceItIsInside() throws Exception {
        plantZones();
        SourceSelection selection =
                SourceSelection.open(List.of("auto"), context(Machines.twoPoints(50, 200)), sources());
        opened.add(selection);
        tick(selection);
        for (int i = 0; i < 3; i++) {
            breakPackageZone(selection);
        }

        assertThat(meter(selection, Domain.CPU).source()).isEqualTo("model-calibrated");
        assertThat(meter(selection, Domain.DRAM).speaking()).isFalse();
        assertThat(meter(selection, Domain.DRAM).advance(now + SECOND)).isEqualTo(UNKNOWN);
        assertThat(selection.findings()).anyMatch(line -> line.startsWith("dram: no counter now"));
    }

    @Test
    void advance_counterStandsStill_isNotBelievedForever() throws Exception {
        plantZones();
        SourceSelection selection = open("auto");
        DomainMeter cpu = meter(selection, Domain.CPU);
        for (int i = 0; i < 33; i++) {
            clock.pass(SECOND, 8 * SECOND);
            advanceAll(selection, cpu);
        }

        assertThat(cpu.source()).isEqualTo("model-threads");
        assertThat(selection.findings()).anyMatch(line -> line.contains("stood still"));
    }

    @Test
    void maintain_metersAppearLater_takeOverAfterATrial() throws Exception {
        SourceSelection selection =
                SourceSelection.open(List.of("auto"), context(Machines.twoPoints(50, 200)), sources());
        opened.add(selection);
        assertThat(selection.meters()).extracting(DomainMeter::source).containsExactly("model-calibrated");
        tick(selection);
        plantZones();
        for (int i = 0; i < 70; i++) {
            tick(selection);
        }

        assertThat(selection.meters()).extracting(DomainMeter::domain).containsExactly(Domain.CPU, Domain.DRAM);
        assertThat(selection.meters()).extracting(DomainMeter::source).containsOnly("rapl-powercap");
    }

    @Test
    void maintain_newcomerThatShowsNoEnergy_neverTakesOver() throws Exception {
        SourceSelection selection = open("auto");
        DomainMeter cpu = meter(selection, Domain.CPU);
        tick(selection);
        tree.zone(PACKAGE, "package-0", 5);
        for (int i = 0; i < 200; i++) {
            clock.pass(SECOND, 8 * SECOND);
            advanceAll(selection, cpu);
        }

        assertThat(cpu.source()).isEqualTo("model-threads");
        assertThat(cpu.generation()).isEqualTo(1);
    }

    @Test
    void advance_steadyState_allocatesNothing() throws Exception {
        plantZones();
        SourceSelection selection = open("auto");
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        advanceMany(selection, 5_000);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            advanceMany(selection, 1_000);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }

        assertThat(least).isLessThan(1_000);
    }

    private void advanceMany(SourceSelection selection, int ticks) {
        for (int i = 0; i < ticks; i++) {
            now += 20_000;
            for (int m = 0; m < selection.meters().size(); m++) {
                selection.meters().get(m).advance(now);
            }
            selection.maintain(now);
        }
    }

    private SourceSelection open(String... wanted) {
        SourceSelection selection = SourceSelection.open(
                List.of(wanted), context(ModelConstants.NONE), sources(), new ArrayList<>(), warnings::add);
        opened.add(selection);
        return selection;
    }

    private static List<EnergySource> sources() {
        return List.of(new ModelledEnergySource(), new RaplEnergySource());
    }

    private SourceContext context(ModelConstants constants) {
        return Machines.context(root, clock, Machines.facts("GenuineIntel", 8, 32 * Machines.GB), constants);
    }

    private void plantZones() throws IOException {
        tree.zone(PACKAGE, "package-0", energyMicrojoules).zone(MEMORY, "dram", energyMicrojoules);
    }

    /** One second in which the meters show 5 J and the processors are busy for an eighth of the time. */
    private void tick(SourceSelection selection) throws IOException {
        if (Files.exists(tree.energyFile(PACKAGE))) {
            energyMicrojoules += 5_000_000;
            tree.energy(PACKAGE, energyMicrojoules).energy(MEMORY, energyMicrojoules);
        }
        tickWithoutZones(selection);
    }

    private void tickWithoutZones(SourceSelection selection) {
        clock.pass(SECOND, 8 * SECOND);
        advanceAll(selection, selection.meters().get(0));
    }

    private void breakPackageZone(SourceSelection selection) throws IOException {
        energyMicrojoules += 5_000_000;
        Files.writeString(tree.energyFile(PACKAGE), "");
        tree.energy(MEMORY, energyMicrojoules);
        tickWithoutZones(selection);
    }

    private long advanceAll(SourceSelection selection, DomainMeter wanted) {
        now += SECOND;
        long result = UNKNOWN;
        for (DomainMeter meter : selection.meters()) {
            int generation = meter.generation();
            long microjoules = meter.advance(now);
            // A figure must be booked on the source that it came from.
            assertThat(meter.generation()).isEqualTo(generation);
            result = meter == wanted ? microjoules : result;
        }
        selection.maintain(now);
        return result;
    }

    private static DomainMeter meter(SourceSelection selection, Domain domain) {
        return selection.meters().stream()
                .filter(meter -> meter.domain().equals(domain))
                .findFirst()
                .orElseThrow();
    }

    /** A card that can be absent or refuse, which no file can be made to do for root. */
    private static final class Gpu implements EnergySource {

        static final Domain DOMAIN = new Domain(Component.GPU, "gpu:1");

        boolean present = true;
        boolean denied;
        int open;

        @Override
        public String id() {
            return "card";
        }

        @Override
        public int rank() {
            return 5;
        }

        @Override
        public Discovery discover(SourceContext context) {
            return present
                    ? new Discovery(List.of(new Counter()), List.of())
                    : Discovery.nothing(Finding.absent("card", "none", ""));
        }

        private final class Counter implements EnergyCounter {

            Counter() {
                open++;
            }

            @Override
            public Domain domain() {
                return DOMAIN;
            }

            @Override
            public String source() {
                return "gpu-meter";
            }

            @Override
            public Quality quality() {
                return Quality.MEASURED;
            }

            @Override
            public double relativeUncertainty() {
                return 0.05;
            }

            @Override
            public double idleWatts() {
                return Double.NaN;
            }

            @Override
            public long advance(long nowNanos) throws EnergyReadException {
                if (denied) {
                    throw new EnergyReadException(Reason.PERMISSION, "not allowed");
                }
                return 3;
            }

            @Override
            public CounterHealth health() {
                return CounterHealth.GOOD;
            }

            @Override
            public void close() {
                open--;
            }
        }
    }
}
