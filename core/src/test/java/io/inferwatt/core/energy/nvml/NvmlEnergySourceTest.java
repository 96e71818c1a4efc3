package io.inferwatt.core.energy.nvml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.energy.CounterHealth;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.EnergyCounter;
import io.inferwatt.core.energy.EnergyReadException;
import io.inferwatt.core.energy.EnergyReadException.Reason;
import io.inferwatt.core.energy.EnergySource;
import io.inferwatt.core.energy.EnergySource.Discovery;
import io.inferwatt.core.energy.EnergySourceContract;
import io.inferwatt.core.energy.Finding;
import io.inferwatt.core.energy.Finding.Kind;
import io.inferwatt.core.energy.JoulesTable;
import io.inferwatt.core.energy.Machines;
import io.inferwatt.core.energy.ReadingFlag;
import io.inferwatt.core.energy.SourceContext;
import io.inferwatt.core.energy.nvml.StubNvml.Gpu;
import io.inferwatt.core.energy.nvml.StubNvml.Library;
import io.inferwatt.core.host.ServingProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NvmlEnergySourceTest extends EnergySourceContract {

    private static final long OWN_PID = 12_345;
    private static final long SECOND_MICROS = 1_000_000;

    private final ServingProcesses serving = new ServingProcesses();
    private final NvmlEnergySource source = new NvmlEnergySource();
    private StubNvml stub;

    @Override
    protected EnergySource source() {
        return source;
    }

    @Override
    protected SourceContext meterable() throws Exception {
        stub = StubNvml.in(root.resolve("driver"));
        return machine(stub.library().toString());
    }

    @Override
    protected void draw(SourceContext context, double joules, long nanos) {
        stub.watts(0, joules / (nanos / 1e9)).pass(nanos / 1000);
    }

    @Override
    protected boolean worksOnEveryMachine() {
        return false;
    }

    /** Returns a machine of which this process sees the host's process ids. */
    private SourceContext machine(String library) throws IOException {
        Path self = Files.createDirectories(root.resolve("proc/self/ns")).getParent();
        Files.writeString(self.resolve("status"), "Name:\tjava\nNSpid:\t" + OWN_PID + "\n");
        Files.createSymbolicLink(self.resolve("ns/pid"), Path.of("pid:[4026531836]"));
        return machine(Optional.of(library));
    }

    private SourceContext machine(Optional<String> library) {
        SourceContext plain = Machines.context(root, clock);
        return new SourceContext(
                plain.sysRoot(),
                plain.procRoot(),
                plain.powercapRoots(),
                library,
                plain.facts(),
                plain.cpuClock(),
                plain.model(),
                plain.ceilingWatts(),
                serving);
    }

    private EnergyCounter only(SourceContext context) {
        List<EnergyCounter> counters = source.discover(context).counters();
        assertThat(counters).hasSize(1);
        return counters.get(0);
    }

    /** What a meter reads of a counter: an unknown reading, a failed one and the one after it add no joules. */
    private final class Reader {

        private final EnergyCounter counter;
        private final double before;
        private boolean failed;
        private double gapSeconds;
        private double joules;
        private double otherSeconds;

        Reader(EnergyCounter counter) throws EnergyReadException {
            this.counter = counter;
            this.before = stub.joules(0);
            counter.advance(nanos());
        }

        private long nanos() {
            return stub.get(Library.CLOCK_US) * 1000;
        }

        Reader read(double seconds, int tickMillis) {
            for (long i = Math.round(seconds * 1000 / tickMillis); i > 0; i--) {
                stub.pass(tickMillis * 1000L);
                long microjoules = EnergyCounter.UNKNOWN;
                try {
                    long read = counter.advance(nanos());
                    microjoules = failed ? EnergyCounter.UNKNOWN : read;
                    failed = false;
                    otherSeconds += counter.otherWorkSeconds();
                } catch (EnergyReadException e) {
                    failed = true;
                }
                if (microjoules == EnergyCounter.UNKNOWN) {
                    gapSeconds += tickMillis / 1e3;
                } else {
                    joules += microjoules / 1e6;
                }
            }
            return this;
        }

        Reader told(String scenario, double trueJoules) {
            JoulesTable.row("nvml: " + scenario, trueJoules, joules, gapSeconds);
            return this;
        }

        double drawn() {
            return stub.joules(0) - before;
        }
    }

    @Test
    void steadyLoad_isReadToTheMillijoule() throws Exception {
        EnergyCounter counter = only(meterable());
        stub.watts(0, 287.5);
        Reader reader = new Reader(counter).read(60, 20);
        reader.told("steady 287.5 W, counter follows at once, 20 ms ticks", reader.drawn());

        assertThat(counter.source()).isEqualTo("nvml-energy");
        assertThat(counter.domain()).isEqualTo(Domain.gpu(StubNvml.uuid(0)));
        assertThat(counter.device()).isEqualTo("Stand-in GPU 0");
        assertThat(counter.flags()).isEmpty();
        assertThat(counter.relativeUncertainty()).isEqualTo(0.025);
        assertThat(reader.joules).isCloseTo(287.5 * 60, within(0.002));
        assertThat(reader.gapSeconds).isZero();
    }

    /** All the energy of 100 ms comes in one tick of 20 ms, at times in one of 3 ms: that is not implausible. */
    @ParameterizedTest
    @ValueSource(ints = {20, 3, 250})
    void slowCounter_losesNothingInAnyTick(int tickMillis) throws Exception {
        EnergyCounter counter = only(meterable());
        stub.set(0, Gpu.INTERVAL_US, 100_000).set(0, Gpu.LIMIT_MW, 700_000);
        Reader reader = new Reader(counter);
        for (int i = 0; i < 10; i++) {
            stub.watts(0, 690);
            reader.read(1, tickMillis);
            stub.watts(0, 90);
            reader.read(1, tickMillis);
        }
        reader.told("690 and 90 W in turn, counter moves every 100 ms, " + tickMillis + " ms ticks", reader.drawn());

        assertThat(reader.joules).isCloseTo(reader.drawn(), within(69.0)); // one update of the counter
        assertThat(reader.gapSeconds).isZero();
        assertThat(counter.health()).isEqualTo(CounterHealth.GOOD);
    }

    /** A late reading sees one movement of the counter, the next one, on time, the next movement a millisecond later. */
    @Test
    void slowCounterAndLateReadings_loseNothing() throws Exception {
        EnergyCounter counter = only(meterable());
        stub.set(0, Gpu.INTERVAL_US, 100_000).set(0, Gpu.LIMIT_MW, 700_000);
        Reader reader = new Reader(counter);
        stub.watts(0, 690);
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            int millis = random.nextInt(10) == 0 ? 100 + random.nextInt(150) : 1 + random.nextInt(20);
            reader.read(millis / 1e3, millis);
        }
        reader.told("690 W, counter moves every 100 ms, 1 to 20 ms ticks, some 250 ms late", reader.drawn());

        assertThat(reader.joules).isCloseTo(reader.drawn(), within(69.0));
        assertThat(counter.health()).isEqualTo(CounterHealth.GOOD);
    }

    @Test
    void counterThatRestarts_isAGapAndNoEnergy() throws Exception {
        EnergyCounter counter = only(meterable());
        Reader reader = new Reader(counter).read(10, 20);
        double before = reader.drawn();
        stub.restart(0);
        reader.read(10, 20);
        reader.told("driver reloaded after 10 of 20 s, counter restarts", before + stub.joules(0));

        assertThat(reader.joules).isCloseTo(2000 - 2, within(0.01)); // 100 W, without the tick of the restart
        assertThat(reader.gapSeconds).isCloseTo(0.02, within(1e-9));
        assertThat(counter.health().resets()).isEqualTo(1);
    }

    @Test
    void lostDevice_failsUntilItReturns() throws Exception {
        EnergyCounter counter = only(meterable());
        Reader reader = new Reader(counter).read(5, 20);
        stub.set(0, Gpu.LOST_RC, StubNvml.GPU_IS_LOST);
        reader.read(1, 20);
        assertThatThrownBy(() -> counter.advance(reader.nanos()))
                .hasMessage("cannot read " + StubNvml.uuid(0) + ": GPU_IS_LOST (NVML code 15)")
                .extracting(e -> ((EnergyReadException) e).reason())
                .isEqualTo(Reason.IO);
        stub.set(0, Gpu.LOST_RC, 0);
        reader.read(5, 20);
        reader.told("lost for 1 of 11 s and back", reader.drawn());

        assertThat(reader.joules).isCloseTo(1000 - 2, within(0.01));
        assertThat(reader.gapSeconds).isCloseTo(1.02, within(1e-9));
    }

    @Test
    void libraryThatForgotItsClients_isInitialisedAnewAndTheCounterAnchoredAnew() throws Exception {
        EnergyCounter counter = only(meterable());
        Reader reader = new Reader(counter).read(5, 20);
        stub.set(Library.FORGOTTEN, 1);
        reader.read(5, 20);
        reader.told("library forgets its clients after 5 of 10 s", reader.drawn());

        assertThat(stub.get(Library.INITS)).isEqualTo(2);
        assertThat(reader.joules).isCloseTo(1000 - 2, within(0.01));
        assertThat(reader.gapSeconds).isCloseTo(0.02, within(1e-9));
    }

    @Test
    void dividedGpu_isOneDomainShared() throws Exception {
        SourceContext context = meterable();
        stub.set(0, Gpu.MIG, 1).process(0, 77, 50);
        Discovery discovery = source.discover(context);
        EnergyCounter counter = discovery.counters().get(0);
        Reader reader = new Reader(counter).read(20, 20);
        reader.told("divided into instances (MIG), the parent is read once", reader.drawn());

        assertThat(discovery.counters()).hasSize(1);
        assertThat(discovery.findings())
                .filteredOn(finding -> finding.kind() == Kind.NOTE)
                .anySatisfy(finding -> assertThat(finding.text()).contains("MIG", "whole GPU"));
        assertThat(counter.flags()).containsExactly(ReadingFlag.SHARED_GPU);
        assertThat(reader.joules).isCloseTo(2000, within(0.01));
        assertThat(reader.otherSeconds).isZero();
    }

    @Test
    void powerAlone_isIntegrated() throws Exception {
        SourceContext context = meterable();
        stub.set(0, Gpu.ENERGY_RC, StubNvml.NOT_SUPPORTED)
                .set(0, Gpu.FIELD_ENERGY_RC, StubNvml.NOT_SUPPORTED)
                .set(0, Gpu.INSTANT_RC, StubNvml.NOT_SUPPORTED);
        EnergyCounter counter = only(context);
        Reader reader = readInTurn(counter);
        reader.told("power only (nvml-power), 250 and 80 W in turn", reader.drawn());

        assertThat(counter.source()).isEqualTo("nvml-power");
        assertThat(counter.flags()).containsExactly(ReadingFlag.INTEGRATED);
        assertThat(counter.relativeUncertainty()).isEqualTo(0.05);
        assertThat(reader.joules).isCloseTo(reader.drawn(), within(0.005 * reader.drawn()));
    }

    @Test
    void instantPower_isPreferredToTheMean() throws Exception {
        SourceContext context = meterable();
        stub.set(0, Gpu.ENERGY_RC, StubNvml.NOT_SUPPORTED).set(0, Gpu.FIELD_ENERGY_RC, StubNvml.NOT_SUPPORTED);
        EnergyCounter counter = only(context);
        Reader reader = readInTurn(counter);
        reader.told("instant power (field 186), 250 and 80 W in turn", reader.drawn());

        assertThat(counter.source()).isEqualTo("nvml-field-instant");
        assertThat(counter.flags()).containsExactly(ReadingFlag.INTEGRATED);
        assertThat(reader.joules).isCloseTo(reader.drawn(), within(0.005 * reader.drawn()));
    }

    private Reader readInTurn(EnergyCounter counter) throws EnergyReadException {
        Reader reader = new Reader(counter);
        for (int i = 0; i < 10; i++) {
            stub.watts(0, 250);
            reader.read(1, 20);
            stub.watts(0, 80);
            reader.read(1, 20);
        }
        return reader;
    }

    @Test
    void moduleScopeAlone_isLabelled() throws Exception {
        SourceContext context = meterable();
        for (Gpu answer : List.of(Gpu.ENERGY_RC, Gpu.FIELD_ENERGY_RC, Gpu.INSTANT_RC, Gpu.POWER_RC, Gpu.MEAN_RC)) {
            stub.set(0, answer, StubNvml.NOT_SUPPORTED);
        }
        Discovery discovery = source.discover(context);
        EnergyCounter counter = discovery.counters().get(0);
        new Reader(counter);

        assertThat(counter.source()).isEqualTo("nvml-field-instant");
        assertThat(counter.flags()).containsExactlyInAnyOrder(ReadingFlag.INTEGRATED, ReadingFlag.MODULE_SCOPE);
        assertThat(discovery.findings())
                .anySatisfy(finding -> assertThat(finding.text()).contains("whole module"));
    }

    @Test
    void twoGpus_eachHaveTheirOwnMethodAndDomain() throws Exception {
        SourceContext context = meterable();
        stub.set(Library.COUNT, 3).set(1, Gpu.ENERGY_RC, StubNvml.NOT_SUPPORTED);
        stub.set(1, Gpu.FIELD_ENERGY_RC, StubNvml.NOT_SUPPORTED);
        for (Gpu answer :
                List.of(Gpu.ENERGY_RC, Gpu.FIELD_ENERGY_RC, Gpu.INSTANT_RC, Gpu.MODULE_RC, Gpu.POWER_RC, Gpu.MEAN_RC)) {
            stub.set(2, answer, StubNvml.NOT_SUPPORTED);
        }

        Discovery discovery = source.discover(context);

        assertThat(discovery.counters())
                .extracting(counter -> counter.domain().id() + " " + counter.source())
                .containsExactly(
                        "gpu:" + StubNvml.uuid(0) + " nvml-energy", "gpu:" + StubNvml.uuid(1) + " nvml-field-instant");
        assertThat(discovery.findings())
                .contains(Finding.absent(
                        "nvml", StubNvml.uuid(2) + " tells neither energy nor power: NOT_SUPPORTED (NVML code 3)", ""));
    }

    @Test
    void functionsThatAnOldLibraryLacks_areReplacedByWhatItHas() throws Exception {
        meterable();
        stub = StubNvml.in(root.resolve("old"), "WITHOUT_ENERGY", "WITHOUT_FIELDS", "WITHOUT_PROCESSES");
        EnergyCounter counter = only(machine(Optional.of(stub.library().toString())));
        new Reader(counter).read(1, 20);

        assertThat(counter.source()).isEqualTo("nvml-power");
        assertThat(counter.flags()).containsExactlyInAnyOrder(ReadingFlag.INTEGRATED, ReadingFlag.SHARED_GPU);
    }

    @Test
    void workOfOthers_isToldFromOurs() throws Exception {
        EnergyCounter counter = only(meterable());
        stub.process(0, OWN_PID, 40).process(0, 77, 35).process(1, 78, 90);
        Reader reader = new Reader(counter).read(60, 20);
        JoulesTable.row("nvml: two processes, seconds of work of the other at 35 %", 21, reader.otherSeconds, 0);

        assertThat(counter.flags()).isEmpty();
        assertThat(reader.otherSeconds).isCloseTo(21, within(0.35 * 0.5)); // half a second is still on its way
    }

    @Test
    void workOfAServerThatCallsAreInFlightWith_isOurs_elseThatOfOthers() throws Exception {
        EnergyCounter counter = only(meterable());
        stub.process(0, OWN_PID, 40).process(0, 77, 35).process(0, 79, 10);
        serving.set(77, 3);
        Reader reader = new Reader(counter).read(10, 20);
        assertThat(reader.otherSeconds).isCloseTo(1, within(0.1 * 0.5));
        serving.set();
        reader.read(10, 20);
        assertThat(reader.otherSeconds).isCloseTo(1 + 4.5, within(0.45 * 0.5));
    }

    @Test
    void workOfOthers_isSpreadOverTheTicksAndNeverMoreThanTheTime() throws Exception {
        EnergyCounter counter = only(meterable());
        stub.process(0, 77, 100).set(Library.SAMPLE_US, SECOND_MICROS);
        Reader reader = new Reader(counter).read(5, 20);
        for (int i = 0; i < 100; i++) {
            reader.read(0.02, 20);
            assertThat(counter.otherWorkSeconds()).isBetween(0.0, 0.0201);
        }

        // A second until the sample comes, and up to 150 ms until it is looked for.
        assertThat(reader.otherSeconds).isCloseTo(7 - 1.15, within(0.16));
    }

    @Test
    void otherThatBeginsAfterAnIdleHour_isChargedForItsTimeAlone() throws Exception {
        EnergyCounter counter = only(meterable());
        Reader reader = new Reader(counter).read(3600, 250);
        stub.process(0, 77, 50);
        stub.set(0, Gpu.RING_US, 200_000);
        reader.read(20, 250);
        JoulesTable.row("nvml: other begins after an idle hour, seconds of work at 50 %", 10, reader.otherSeconds, 0);

        assertThat(reader.otherSeconds).isCloseTo(10, within(1.0));
    }

    @Test
    void moreSamplesThanFit_areAllRead() throws Exception {
        EnergyCounter counter = only(meterable());
        stub.set(Library.SAMPLE_US, 1000).process(0, 77, 25).process(0, OWN_PID, 25);
        Reader reader = new Reader(counter).read(10, 20);

        assertThat(reader.otherSeconds).isCloseTo(2.5, within(0.1));
    }

    @ParameterizedTest
    @CsvSource({"3", "4", "13"})
    void processesThatAreNotTold_areAFlag(int code) throws Exception {
        SourceContext context = meterable();
        stub.process(0, 77, 50).set(0, Gpu.PROCESS_RC, code);
        EnergyCounter counter = only(context);
        Reader reader = new Reader(counter).read(1, 20);
        long calls = stub.get(Library.CALLS);
        reader.read(1, 20);

        assertThat(counter.flags()).containsExactly(ReadingFlag.SHARED_GPU);
        assertThat(reader.otherSeconds).isZero();
        assertThat(stub.get(Library.CALLS) - calls).as("never asked again").isEqualTo(50);
    }

    @Test
    void processesAreLookedAt_farLessOftenThanTheCounter() throws Exception {
        EnergyCounter counter = only(meterable());
        Reader reader = new Reader(counter);
        long calls = stub.get(Library.CALLS);
        reader.read(3, 10);

        assertThat(stub.get(Library.CALLS) - calls).isEqualTo(300 + 20);
    }

    @Test
    void containerWithItsOwnProcessNumbers_isAFlagAndANote() throws Exception {
        SourceContext context = meterable();
        Files.delete(root.resolve("proc/self/ns/pid"));
        Files.createSymbolicLink(root.resolve("proc/self/ns/pid"), Path.of("pid:[4026532200]"));
        stub.process(0, 77, 50);
        Discovery discovery = source.discover(context);
        EnergyCounter counter = discovery.counters().get(0);
        Reader reader = new Reader(counter).read(1, 20);

        assertThat(counter.flags()).containsExactly(ReadingFlag.SHARED_GPU);
        assertThat(reader.otherSeconds).isZero();
        assertThat(discovery.findings())
                .anySatisfy(finding -> assertThat(finding.remedy()).contains("energy.procfs.root"));
    }

    @Test
    void gpuBeyondTheCeiling_isBelievedUpToTwiceItsOwnLimit() throws Exception {
        SourceContext context = meterable();
        stub.set(0, Gpu.LIMIT_MW, 1_400_000);
        EnergyCounter counter = only(context);
        stub.watts(0, 1500);
        Reader reader = new Reader(counter).read(10, 5000);

        assertThat(reader.joules).isCloseTo(15_000, within(0.01));
        stub.watts(0, 1e6);
        reader.read(5, 5000);
        assertThat(counter.health().implausible()).isEqualTo(1);
    }

    @Test
    void discover_everyMinute_initialisesOnceAndNeverLetsGo() throws Exception {
        SourceContext context = meterable();
        for (int i = 0; i < 10; i++) {
            source.discover(context).counters().forEach(EnergyCounter::close);
        }

        assertThat(stub.get(Library.INITS)).isEqualTo(1);
        assertThat(stub.get(Library.SHUTDOWNS)).isZero();
    }

    @Test
    void discover_oneOfTwoLost_leavesTheOtherAlone() throws Exception {
        SourceContext context = meterable();
        stub.set(Library.COUNT, 2).set(1, Gpu.LOST_RC, StubNvml.GPU_IS_LOST);

        Discovery discovery = source.discover(context);

        assertThat(discovery.counters()).hasSize(1);
        assertThat(discovery.findings()).anySatisfy(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.LOST);
            assertThat(finding.text()).isEqualTo("GPU 1 is left out: GPU_IS_LOST (NVML code 15)");
        });
        assertThat(stub.get(Library.INITS)).isEqualTo(1);
    }

    @Test
    void discover_allLost_initialisesAnewAndFindsThemOnceTheyAreBack() throws Exception {
        SourceContext context = meterable();
        EnergyCounter earlier = only(context);
        new Reader(earlier);
        stub.set(0, Gpu.LOST_RC, StubNvml.GPU_IS_LOST);

        assertThat(source.discover(context).counters()).isEmpty();
        assertThat(stub.get(Library.INITS)).isEqualTo(2);
        assertThat(stub.get(Library.CLIENTS)).isEqualTo(1);
        stub.set(0, Gpu.LOST_RC, 0);

        assertThat(source.discover(context).counters()).hasSize(1);
        assertThat(new Reader(earlier).read(1, 20).joules).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "18, upgraded",
        "9, kernel module",
        "4, /dev/nvidiactl",
        "17, /dev/nvidiactl",
        "999, nvidia-smi",
    })
    void libraryThatDoesNotStart_isToldWithARemedyAndTriedAgain(int code, String remedy) throws Exception {
        SourceContext context = meterable();
        stub.set(Library.INIT_RC, code);

        Discovery discovery = source.discover(context);

        assertThat(discovery.counters()).isEmpty();
        assertThat(discovery.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.LOST);
            assertThat(finding.text()).contains("NVML code " + code);
            assertThat(finding.remedy()).contains(remedy);
        });
        stub.set(Library.INIT_RC, 0);
        assertThat(source.discover(context).counters()).hasSize(1);
    }

    @Test
    void denialWhileRunning_isAPermissionError() throws Exception {
        EnergyCounter counter = only(meterable());
        new Reader(counter);
        stub.set(0, Gpu.ENERGY_RC, 4);

        assertThatThrownBy(() -> counter.advance(1))
                .extracting(e -> ((EnergyReadException) e).reason())
                .isEqualTo(Reason.PERMISSION);
    }

    @Test
    void configuredLibraryThatIsMissing_isOneFindingOfOneLine() throws Exception {
        Path missing = root.resolve("nowhere/libnvidia-ml.so.1");

        Discovery discovery = source.discover(machine(missing.toString()));

        assertThat(discovery.counters()).isEmpty();
        assertThat(discovery.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.LOST);
            assertThat(finding.line()).contains(missing.toString()).doesNotContain("\n");
            assertThat(finding.remedy()).contains("energy.nvml.library", "NVIDIA_DRIVER_CAPABILITIES=utility");
        });
    }

    @Test
    void machineWithoutDriver_isAbsent() throws Exception {
        machine("");

        assertThat(source.discover(machine(Optional.empty())).findings())
                .containsExactly(Finding.absent("nvml", "no NVIDIA driver here", ""));
    }

    @Test
    void noGpuVisible_isAbsentWithARemedy() throws Exception {
        SourceContext context = meterable();
        stub.set(Library.COUNT, 0);

        assertThat(source.discover(context).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.ABSENT);
            assertThat(finding.remedy()).contains("--gpus");
        });
    }

    @Test
    void findings_nameTheGpuAndTheDriver() throws Exception {
        SourceContext context = meterable();
        stub.set(0, Gpu.LIMIT_MW, 350_000);

        assertThat(source.discover(context).findings())
                .contains(
                        Finding.found(
                                "nvml",
                                StubNvml.uuid(0)
                                        + " is Stand-in GPU 0 at 00000000:01:00.0, limited to 350 W, read by nvml-energy"),
                        Finding.found("nvml", "NVIDIA driver 575.57.08"));
    }
}
