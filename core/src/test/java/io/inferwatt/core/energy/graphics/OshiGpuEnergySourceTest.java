package io.inferwatt.core.energy.graphics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.EnergyCounter;
import io.inferwatt.core.energy.EnergyReadException;
import io.inferwatt.core.energy.EnergySource;
import io.inferwatt.core.energy.EnergySource.Discovery;
import io.inferwatt.core.energy.EnergySourceContract;
import io.inferwatt.core.energy.Finding;
import io.inferwatt.core.energy.Finding.Kind;
import io.inferwatt.core.energy.JoulesTable;
import io.inferwatt.core.energy.Machines;
import io.inferwatt.core.energy.ReadingFlag;
import io.inferwatt.core.energy.SourceContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oshi.hardware.GraphicsCard;

class OshiGpuEnergySourceTest extends EnergySourceContract {

    private static final long SECOND = 1_000_000_000L;
    private static final Domain GPU = Domain.gpu("pci-0000:03:00.0");

    private final List<EnergyCounter> opened = new ArrayList<>();
    private final List<GraphicsCard> listed = new ArrayList<>();
    private final AtomicInteger listings = new AtomicInteger();

    @AfterEach
    void closeCounters() {
        opened.forEach(EnergyCounter::close);
    }

    @Override
    protected EnergySource source() {
        return new OshiGpuEnergySource(tree -> true, () -> {
            listings.incrementAndGet();
            return OshiCards.of(listed);
        });
    }

    @Override
    protected SourceContext meterable() throws IOException {
        card("card0", "0000:03:00.0", "0x1ed5", "0x0222", "vendor_gpu");
        return Machines.context(root, clock);
    }

    @Override
    protected void draw(SourceContext context, double joules, long nanos) throws IOException {
        power("card0", Math.round(joules * 1e15 / nanos));
    }

    @Override
    protected boolean worksOnEveryMachine() {
        return false;
    }

    @Test
    void cardThatNobodyElseKnows_isMeteredByOshi() throws Exception {
        card("card0", "0000:03:00.0", "0x1ed5", "0x0222", "vendor_gpu");

        EnergyCounter gpu = only(discover(source()));

        assertThat(gpu.domain()).isEqualTo(GPU);
        assertThat(gpu.source()).isEqualTo("oshi-gpu-power");
        assertThat(gpu.flags()).containsExactly(ReadingFlag.INTEGRATED);
        assertThat(gpu.device()).isEqualTo("A card");
        gpu.advance(0);
        assertThat(gpu.advance(SECOND)).isEqualTo(50_000_000);
    }

    @ParameterizedTest
    @CsvSource({
        "0x1002, amdgpu",
        "0x8086, xe",
        "0x10de, nvidia",
    })
    void cardOfAnotherSource_isNotCountedAndOshiIsNotAsked(String vendor, String driver) throws Exception {
        card("card0", "0000:03:00.0", vendor, "0x0222", driver);

        Discovery discovery = discover(source());

        assertThat(discovery.counters()).isEmpty();
        assertThat(discovery.findings()).singleElement().matches(finding -> finding.kind() == Kind.ABSENT);
        assertThat(listings).hasValue(0);
    }

    @Test
    void cardWithoutTheFileThatOshiReads_isNoReasonToAsk() throws Exception {
        card("card0", "0000:03:00.0", "0x1ed5", "0x0222", "vendor_gpu");
        Files.delete(powerFile("card0"));

        assertThat(discover(source()).counters()).isEmpty();
        assertThat(listings).hasValue(0);
    }

    @Test
    void oshiIsAskedOnce_evenForACardThatComesLater() throws Exception {
        EnergySource source = source();
        discover(source);
        card("card0", "0000:03:00.0", "0x1ed5", "0x0222", "vendor_gpu");

        Discovery later = discover(source);

        assertThat(later.counters()).isEmpty();
        assertThat(lines(later)).anyMatch(line -> line.contains("restart the application"));
        assertThat(listings).hasValue(0);
    }

    @Test
    void secondSearch_usesTheFirstListing() throws Exception {
        card("card0", "0000:03:00.0", "0x1ed5", "0x0222", "vendor_gpu");
        EnergySource source = source();

        assertThat(discover(source).counters()).hasSize(1);
        assertThat(discover(source).counters()).hasSize(1);
        assertThat(listings).hasValue(1);
    }

    @Test
    void twoCardsOfOneKind_areLeftOutBecauseOshiDoesNotSayWhichIsWhich() throws Exception {
        card("card0", "0000:03:00.0", "0x1ed5", "0x0222", "vendor_gpu");
        card("card1", "0000:04:00.0", "0x1ed5", "0x0222", "vendor_gpu");

        Discovery discovery = discover(source());

        assertThat(discovery.counters()).isEmpty();
        assertThat(lines(discovery)).hasSize(2).allMatch(line -> line.contains("2 cards of its kind"));
    }

    @Test
    void cardThatReadsZero_isNotOffered() throws Exception {
        card("card0", "0000:03:00.0", "0x1ed5", "0x0222", "vendor_gpu");
        power("card0", 0);

        assertThat(discover(source()).counters()).isEmpty();
    }

    @Test
    void cardWhoseFileVanishes_readsZeroInOshiAndFailsHere() throws Exception {
        card("card0", "0000:03:00.0", "0x1ed5", "0x0222", "vendor_gpu");
        EnergyCounter gpu = only(discover(source()));
        gpu.advance(0);
        Files.delete(powerFile("card0"));

        assertThatThrownBy(() -> gpu.advance(SECOND))
                .isInstanceOf(EnergyReadException.class)
                .hasMessageContaining("A card");
        power("card0", 50_000_000);
        assertThat(gpu.advance(2 * SECOND)).isEqualTo(EnergyCounter.UNKNOWN);
        assertThat(gpu.advance(3 * SECOND)).isEqualTo(50_000_000);
    }

    @Test
    void oshiThatFails_isALoss() throws Exception {
        card("card0", "0000:03:00.0", "0x1ed5", "0x0222", "vendor_gpu");
        EnergySource broken = new OshiGpuEnergySource(tree -> true, () -> {
            throw new NoClassDefFoundError("oshi");
        });

        assertThat(discover(broken).findings()).singleElement().matches(finding -> finding.kind() == Kind.LOST);
    }

    @Test
    void installedOshi_isNotAskedAboutAnotherTree() throws Exception {
        card("card0", "0000:03:00.0", "0x1ed5", "0x0222", "vendor_gpu");

        Discovery discovery = discover(new OshiGpuEnergySource());

        assertThat(discovery.counters()).isEmpty();
        assertThat(lines(discovery)).anyMatch(line -> line.contains("no other tree than its own"));
        assertThat(OshiCards.looksAt(Path.of("/sys"))).isTrue();
    }

    @Test
    void installedOshi_listsWhatThisMachineHasWithoutFailing() {
        assertThat(OshiCards.list())
                .allSatisfy(card -> assertThat(card.pciIds()).contains(":"));
    }

    @Test
    void scenario_turnsOfFiveSeconds_readOnceASecond() throws Exception {
        card("card0", "0000:03:00.0", "0x1ed5", "0x0222", "vendor_gpu");
        EnergyCounter gpu = only(discover(source()));
        ExecutorService writer = Executors.newSingleThreadExecutor();
        gpu.advance(0);
        double trueJoules = 0;
        long microjoules = 0;
        for (int tick = 1; tick <= 2400; tick++) {
            double watts = (tick / 20 / 5) % 2 == 0 ? 50 : 250;
            trueJoules += watts * 0.05;
            writer.submit(() -> {
                        power("card0", Math.round(watts * 1e6));
                        return null;
                    })
                    .get(10, TimeUnit.SECONDS);
            microjoules += gpu.advance(tick * 50_000_000L);
        }
        writer.shutdownNow();
        JoulesTable.row("oshi-gpu-power, turns of 5 s, read once a second", trueJoules, microjoules / 1e6, 0);

        assertThat(microjoules / 1e6).isBetween(trueJoules * 0.95, trueJoules * 1.05);
    }

    private void card(String node, String address, String vendor, String device, String driver) throws IOException {
        Path folder = Files.createDirectories(root.resolve("devices/pci0000:00").resolve(address));
        Files.createDirectories(folder.resolve("hwmon/hwmon1"));
        Files.writeString(folder.resolve("hwmon/hwmon1/power1_average"), "50000000\n");
        Files.writeString(folder.resolve("hwmon/hwmon1/name"), driver + "\n");
        Files.writeString(folder.resolve("vendor"), vendor + "\n");
        Files.writeString(folder.resolve("device"), device + "\n");
        Path drivers = Files.createDirectories(root.resolve("bus/pci/drivers").resolve(driver));
        Files.createSymbolicLink(folder.resolve("driver"), drivers);
        Path card = Files.createDirectories(folder.resolve("drm").resolve(node));
        Files.createSymbolicLink(card.resolve("device"), Path.of("../.."));
        Path classes = Files.createDirectories(root.resolve("class/drm"));
        Files.createSymbolicLink(classes.resolve(node), classes.relativize(card));
        Files.createDirectories(classes.resolve(node + "-DP-1"));
        listed.add(new OshiCardOver(classes.resolve(node).resolve("device"), device, "Vendor (" + vendor + ")"));
    }

    private void power(String node, long microwatts) throws IOException {
        Files.writeString(powerFile(node), microwatts + "\n");
    }

    private Path powerFile(String node) {
        return root.resolve("class/drm").resolve(node).resolve("device/hwmon/hwmon1/power1_average");
    }

    private Discovery discover(EnergySource source) {
        Discovery discovery = source.discover(Machines.context(root, clock));
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
