package io.inferwatt.core.energy.hwmon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.core.energy.CounterHealth;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.EnergyCounter;
import io.inferwatt.core.energy.EnergyReadException;
import io.inferwatt.core.energy.EnergySource;
import io.inferwatt.core.energy.EnergySource.Discovery;
import io.inferwatt.core.energy.EnergySourceContract;
import io.inferwatt.core.energy.Finding;
import io.inferwatt.core.energy.Finding.Kind;
import io.inferwatt.core.energy.Machines;
import io.inferwatt.core.energy.ReadingFlag;
import io.inferwatt.core.energy.SourceContext;
import io.inferwatt.core.energy.hwmon.HwmonTree.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which sensors count as what; what they read is in {@link HwmonScenarioTest}. */
class HwmonEnergySourceTest extends EnergySourceContract {

    private static final long SECOND = 1_000_000_000L;
    private static final String AMD = "0x1002";
    private static final String INTEL = "0x8086";
    private static final String NVIDIA = "0x10de";

    private final List<EnergyCounter> opened = new ArrayList<>();
    private HwmonTree tree;
    private Node sockets;
    private Node card;
    private long contractMicrojoules;

    @BeforeEach
    void plant() {
        tree = new HwmonTree(root);
    }

    @AfterEach
    void closeCounters() {
        opened.forEach(EnergyCounter::close);
    }

    @Override
    protected EnergySource source() {
        return new HwmonEnergySource();
    }

    @Override
    protected SourceContext meterable() throws IOException {
        sockets = tree.chip(1, "amd_energy").put("energy1_label", "Esocket0").put("energy1_input", 0);
        card = tree.card(2, "amdgpu", "0000:03:00.0", AMD).put("power1_average", 20_000_000);
        return Machines.context(root, clock);
    }

    @Override
    protected void draw(SourceContext context, double joules, long nanos) throws IOException {
        contractMicrojoules += (long) (joules * 1e6);
        sockets.put("energy1_input", contractMicrojoules);
        card.put("power1_average", (long) (joules * 1e15 / nanos));
    }

    @Override
    protected boolean worksOnEveryMachine() {
        return false;
    }

    @Test
    void amdEnergy_countsSocketsAndNoCores() throws Exception {
        tree.chip(1, "amd_energy")
                .put("energy1_label", "Ecore000")
                .put("energy1_input", 1)
                .put("energy9_label", "Esocket0")
                .put("energy9_input", 2)
                .put("energy10_label", "Esocket1")
                .put("energy10_input", 3);

        EnergyCounter cpu = only(discover());

        assertThat(cpu.domain()).isEqualTo(Domain.CPU);
        assertThat(cpu.source()).isEqualTo("hwmon-energy");
        assertThat(cpu.flags()).isEmpty();
        assertThat(cpu.device()).contains("Esocket0", "Esocket1").doesNotContain("Ecore");
    }

    @Test
    void amdEnergy_unreadable_isALossWithTheRemedy() throws Exception {
        Node chip = tree.chip(1, "amd_energy").put("energy1_label", "Esocket0").deny("energy1_input");

        Discovery discovery = discover();

        assertThat(discovery.counters()).isEmpty();
        assertThat(discovery.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.LOST);
            assertThat(finding.text())
                    .contains("cpu", chip.file("energy1_input").toString());
            assertThat(finding.remedy()).contains("/sys/class/hwmon/hwmon*/energy1_input", "0440", "tmpfiles");
        });
    }

    @Test
    void oneUnreadableSocketOfTwo_isNotPassedOffAsTheWhole() throws Exception {
        tree.chip(1, "amd_energy")
                .put("energy1_label", "Esocket0")
                .put("energy1_input", 2)
                .put("energy2_label", "Esocket1")
                .deny("energy2_input");

        assertThat(discover().counters()).isEmpty();
    }

    @Test
    void oldAmdProcessor_isReadByItsInputBecauseItsAverageSleeps() throws Exception {
        tree.chip(1, "fam15h_power").put("power1_input", 40_000_000).put("power1_average", 41_000_000);

        EnergyCounter cpu = only(discover());

        assertThat(cpu.domain()).isEqualTo(Domain.CPU);
        assertThat(cpu.flags()).containsExactly(ReadingFlag.INTEGRATED);
        assertThat(cpu.device()).contains("power1_input").doesNotContain("average");
    }

    @Test
    void graceWithAllItsMeters_takesTheWholeSocketsAlone() throws Exception {
        int number = 1;
        for (int socket = 0; socket < 2; socket++) {
            for (String part : List.of("Module", "Grace", "CPU", "SysIO")) {
                grace(number++, part + " Power Socket " + socket, 10_000_000);
            }
        }

        EnergyCounter cpu = only(discover());

        assertThat(cpu.domain()).isEqualTo(Domain.CPU);
        assertThat(cpu.source()).isEqualTo("hwmon-power");
        assertThat(cpu.flags()).containsExactly(ReadingFlag.INTEGRATED);
        assertThat(cpu.device())
                .contains("Grace Power Socket 0", "Grace Power Socket 1", "with their memory")
                .doesNotContain("Module", "CPU Power", "SysIO");
    }

    @Test
    void graceWithRailsAlone_addsCoresAndFabric() throws Exception {
        grace(1, "CPU Power Socket 0", 30_000_000);
        grace(2, "SysIO Power Socket 0", 20_000_000);

        assertThat(only(discover()).device()).contains("CPU Power Socket 0", "SysIO Power Socket 0");
    }

    @Test
    void graceWithModuleMeterAlone_isAPlatformReadingOfModuleScope() throws Exception {
        grace(1, "Module Power Socket 0", 500_000_000);

        EnergyCounter module = only(discover());

        assertThat(module.domain()).isEqualTo(Domain.PLATFORM);
        assertThat(module.flags()).containsExactlyInAnyOrder(ReadingFlag.INTEGRATED, ReadingFlag.MODULE_SCOPE);
    }

    @Test
    void graceWithNoMeterForEachSocket_isLeftOutAndSaidSo() throws Exception {
        grace(1, "CPU Power Socket 0", 30_000_000);
        grace(2, "SysIO Power Socket 1", 20_000_000);

        Discovery discovery = discover();

        assertThat(discovery.counters()).isEmpty();
        assertThat(lines(discovery)).anyMatch(line -> line.contains("each of the 2 sockets"));
    }

    @ParameterizedTest
    @CsvSource({
        "apm_xgene, CPU power, cpu",
        "scmi_sensors, cpu0, cpu",
        "ina3221, VDD_CPU_CV, cpu",
        "ina219, VDD_DDR, dram",
    })
    void boardSensor_countsAsWhatItsLabelSays(String driver, String label, String domain) throws Exception {
        tree.chip(1, driver).put("power1_input", 5_000_000).put("power1_label", label);

        assertThat(only(discover()).domain().id()).isEqualTo(domain);
    }

    @ParameterizedTest
    @CsvSource({
        "apm_xgene, IO power",
        "scmi_sensors, big cluster",
        "ina3221, VDD_CPU_GPU_CV",
        "power_meter, ''",
        "corsairpsu, power total",
        "tmp401, CPU power",
    })
    void sensorThatNobodyKnows_isReportedAndNotCounted(String driver, String label) throws Exception {
        tree.chip(1, driver).put("power1_input", 5_000_000).put("power1_label", label);

        Discovery discovery = discover();

        assertThat(discovery.counters()).isEmpty();
        assertThat(discovery.findings()).anySatisfy(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.NOTE);
            assertThat(finding.text()).contains(driver, "hwmon1/power1_input", "nobody knows what it meters");
        });
    }

    @Test
    void boardSensorsOfTwoSockets_addUpAndAnEnergyCounterReplacesThePowerOfItsRail() throws Exception {
        tree.chip(1, "scmi_sensors")
                .put("energy1_input", 5)
                .put("energy1_label", "CPU0")
                .put("energy2_input", 5)
                .put("energy2_label", "CPU1")
                .put("power1_input", 5)
                .put("power1_label", "CPU0");

        EnergyCounter cpu = only(discover());

        assertThat(cpu.source()).isEqualTo("hwmon-energy");
        assertThat(cpu.device()).contains("CPU0", "CPU1").doesNotContain("power1");
    }

    @Test
    void boardSensorsThatMayContainEachOther_areLeftOut() throws Exception {
        tree.chip(1, "scmi_sensors")
                .put("power1_input", 5)
                .put("power1_label", "CPU total")
                .put("power2_input", 5)
                .put("power2_label", "CPU cores");

        assertThat(discover().counters()).isEmpty();
    }

    @Test
    void twoKindsOfProcessorMeters_onlyOneCounts() throws Exception {
        tree.chip(1, "amd_energy").put("energy1_label", "Esocket0").put("energy1_input", 2);
        tree.chip(2, "fam15h_power").put("power1_input", 40_000_000);

        assertThat(only(discover()).source()).isEqualTo("hwmon-energy");
    }

    @Test
    void amdCard_isFoundByItsPlaceOnTheBusAndPrefersTheAverage() throws Exception {
        tree.card(2, "amdgpu", "0000:C3:00.0", AMD)
                .put("power1_average", 20_000_000)
                .put("power1_input", 21_000_000)
                .put("power1_label", "PPT");

        EnergyCounter gpu = only(discover());

        assertThat(gpu.domain()).isEqualTo(Domain.gpu("pci-0000:c3:00.0"));
        assertThat(gpu.source()).isEqualTo("hwmon-power");
        assertThat(gpu.device()).contains("AMD GPU", "power1_average").doesNotContain("power1_input");
    }

    @Test
    void amdCardOfANewKernel_isReadByItsInput() throws Exception {
        tree.card(2, "amdgpu", "0000:03:00.0", AMD).put("power1_input", 21_000_000);

        assertThat(only(discover()).device()).contains("power1_input");
    }

    @Test
    void cardBelowDrmAlone_isFoundAndCountedOnce() throws Exception {
        tree.card(2, "amdgpu", "0000:03:00.0", AMD).put("power1_average", 20_000_000);
        Files.delete(root.resolve("class/hwmon/hwmon2"));

        assertThat(only(discover()).domain()).isEqualTo(Domain.gpu("pci-0000:03:00.0"));
    }

    @Test
    void cardInATreeWithoutLinks_isNamedByItsFolder() throws Exception {
        Path folder = Files.createDirectories(root.resolve("class/drm/card0/device/hwmon/hwmon4"));
        Files.writeString(folder.resolve("name"), "amdgpu\n");
        Files.writeString(folder.resolve("power1_average"), "7000000\n");

        assertThat(only(discover()).domain()).isEqualTo(Domain.gpu("card0"));
    }

    @Test
    void secondDieThatReadsZero_isLeftOutAndSaidSo() throws Exception {
        tree.card(2, "amdgpu", "0000:03:00.0", AMD).put("power1_average", 300_000_000);
        tree.card(3, "amdgpu", "0000:04:00.0", AMD).put("power1_average", 0);

        Discovery discovery = discover();

        assertThat(only(discovery).domain()).isEqualTo(Domain.gpu("pci-0000:03:00.0"));
        assertThat(lines(discovery)).anyMatch(line -> line.contains("0000:04:00.0") && line.contains("second die"));
    }

    @Test
    void processorWithGraphics_isLeftOutByEachOfItsSigns() throws Exception {
        tree.card(1, "amdgpu", "0000:01:00.0", AMD)
                .put("power1_input", 9_000_000)
                .put("power1_label", "PPT")
                .put("in1_label", "vddnb");
        tree.card(2, "amdgpu", "0000:02:00.0", AMD)
                .put("power1_average", 9_000_000)
                .put("power1_label", "slowPPT");
        tree.card(3, "amdgpu", "0000:03:00.0", AMD)
                .put("power1_input", 9_000_000)
                .putDevice("device", "0x74a0");
        Node byMetrics = tree.card(4, "amdgpu", "0000:04:00.0", AMD).put("power1_input", 9_000_000);
        Files.write(byMetrics.device().resolve("gpu_metrics"), new byte[] {(byte) 0x80, 0, 2, 4, 0});
        Node discrete = tree.card(5, "amdgpu", "0000:05:00.0", AMD).put("power1_input", 9_000_000);
        Files.write(discrete.device().resolve("gpu_metrics"), new byte[] {(byte) 0x80, 0, 1, 3, 0});

        Discovery discovery = discover();

        assertThat(only(discovery).domain()).isEqualTo(Domain.gpu("pci-0000:05:00.0"));
        assertThat(lines(discovery).stream().filter(line -> line.contains("the whole package of the processor")))
                .hasSize(4);
    }

    @Test
    void sleepingCard_isNotRead() throws Exception {
        tree.card(2, "amdgpu", "0000:03:00.0", AMD)
                .deny("power1_average")
                .putDevice("power/runtime_status", "suspended");

        Discovery discovery = discover();

        assertThat(discovery.counters()).isEmpty();
        assertThat(lines(discovery)).anyMatch(line -> line.contains("it sleeps"));
        assertThat(discovery.findings()).noneMatch(finding -> finding.kind() == Kind.LOST);
    }

    @ParameterizedTest
    @CsvSource({"i915", "xe"})
    void intelCard_countsTheCardAndNotItsPackage(String driver) throws Exception {
        tree.card(2, driver, "0000:03:00.0", INTEL)
                .put("energy1_input", 100)
                .put("energy2_input", 50)
                .put("power1_max", 150_000_000);
        tree.card(3, "i915_gt0", "0000:03:00.0", INTEL).put("energy1_input", 70);

        EnergyCounter gpu = only(discover());

        assertThat(gpu.domain()).isEqualTo(Domain.gpu("pci-0000:03:00.0"));
        assertThat(gpu.source()).isEqualTo("hwmon-energy");
        assertThat(gpu.device()).contains("energy1_input").doesNotContain("energy2_input");
    }

    @Test
    void intelCardWithItsPackageAlone_countsThatAndSaysWhatIsMissing() throws Exception {
        tree.card(2, "xe", "0000:03:00.0", INTEL).put("energy2_input", 50).put("energy2_label", "pkg");

        Discovery discovery = discover();

        assertThat(only(discovery).device()).contains("energy2_input (pkg)");
        assertThat(lines(discovery)).anyMatch(line -> line.contains("package alone"));
    }

    @Test
    void cardWithoutASensorThatCounts_isSaidSo() throws Exception {
        tree.card(1, "xe", "0000:03:00.0", INTEL).put("power1_max", 50);
        tree.card(2, "amdgpu", "0000:04:00.0", AMD).put("power1_cap", 50);

        assertThat(lines(discover()))
                .anyMatch(line -> line.contains("shows no energy"))
                .anyMatch(line -> line.contains("shows no power"));
    }

    @Test
    void nvidiaCard_isLeftToNvml() throws Exception {
        tree.card(1, "nouveau", "0000:03:00.0", NVIDIA).put("power1_input", 9_000_000);
        tree.card(2, "something", "0000:04:00.0", NVIDIA).put("power1_input", 9_000_000);

        Discovery discovery = discover();

        assertThat(discovery.counters()).isEmpty();
        assertThat(lines(discovery).stream().filter(line -> line.contains("NVML")))
                .hasSize(2);
    }

    @Test
    void negativePower_isALossThatNamesTheFile() throws Exception {
        Node gpu = tree.card(2, "amdgpu", "0000:03:00.0", AMD).put("power1_average", -5);

        Discovery discovery = discover();

        assertThat(discovery.counters()).isEmpty();
        assertThat(discovery.findings()).anySatisfy(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.LOST);
            assertThat(finding.text()).contains(gpu.file("power1_average").toString(), "no whole number");
        });
    }

    @Test
    void failedPowerReading_isNotBridgedByALine() throws Exception {
        Node gpu = tree.card(2, "amdgpu", "0000:03:00.0", AMD).put("power1_average", 20_000_000);
        EnergyCounter counter = only(discover());
        counter.advance(0);
        gpu.put("power1_average", -5);
        assertThatThrownBy(() -> counter.advance(SECOND)).isInstanceOf(EnergyReadException.class);
        gpu.put("power1_average", 20_000_000);

        assertThat(counter.advance(2 * SECOND)).isEqualTo(EnergyCounter.UNKNOWN);
        assertThat(counter.advance(3 * SECOND)).isEqualTo(20_000_000);
        assertThat(counter.health()).isEqualTo(CounterHealth.GOOD);
    }

    @Test
    void powerSensorThatWasAway_startsAnew() throws Exception {
        Node gpu = tree.card(2, "amdgpu", "0000:03:00.0", AMD).put("power1_average", 20_000_000);
        EnergyCounter counter = only(discover());
        counter.advance(0);
        gpu.vanish();
        assertThatThrownBy(() -> counter.advance(SECOND))
                .isInstanceOf(EnergyReadException.class)
                .hasMessageContaining(gpu.file("power1_average").toString());
        gpu.appear("amdgpu");
        gpu.put("power1_average", 90_000_000);

        assertThat(counter.advance(2 * SECOND)).isEqualTo(EnergyCounter.UNKNOWN);
        assertThat(counter.advance(3 * SECOND)).isEqualTo(90_000_000);
    }

    @Test
    void meterOfAKnownInterval_isAskedTwiceInItAtMost() throws Exception {
        grace(1, "Grace Power Socket 0", 40_000_000);
        EnergyCounter cpu = only(discover());
        cpu.advance(0);
        Files.writeString(root.resolve("class/hwmon/hwmon1/device/power1_average"), "80000000\n");

        assertThat(cpu.advance(20_000_000)).isEqualTo(800_000);
        assertThat(cpu.advance(40_000_000)).isEqualTo(1_200_000);
        assertThat(cpu.advance(60_000_000)).isEqualTo(1_600_000);
    }

    @Test
    void batteryShownAsAChip_isNotMentioned() throws Exception {
        Path battery = Files.createDirectories(root.resolve("devices/PNP0C0A:00/power_supply/BAT0/hwmon/hwmon5"));
        Files.writeString(battery.resolve("name"), "BAT0\n");
        Files.writeString(battery.resolve("power1_input"), "5000000\n");
        Files.createSymbolicLink(battery.resolve("device"), battery.getParent().getParent());
        Files.createDirectories(root.resolve("class/hwmon"));
        Files.createSymbolicLink(root.resolve("class/hwmon/hwmon5"), battery);

        assertThat(discover().findings()).singleElement().matches(finding -> finding.kind() == Kind.ABSENT);
    }

    private void grace(int number, String label, long microwatts) throws IOException {
        tree.oldChip(number, "power_meter")
                .put("power1_oem_info", label)
                .put("power1_average", microwatts)
                .put("power1_average_interval", 50);
    }

    private Discovery discover() {
        Discovery discovery = source().discover(Machines.context(root, clock));
        opened.addAll(discovery.counters());
        return discovery;
    }

    private static EnergyCounter only(Discovery discovery) {
        assertThat(discovery.counters()).as("%s", discovery.findings()).hasSize(1);
        return discovery.counters().get(0);
    }

    private static List<String> lines(Discovery discovery) {
        return discovery.findings().stream().map(Finding::line).toList();
    }
}
