package io.inferwatt.core.energy.hwmon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.DrivenMachine;
import io.inferwatt.core.energy.DrivenMachine.Movement;
import io.inferwatt.core.energy.EnergyCounter;
import io.inferwatt.core.energy.JoulesTable;
import io.inferwatt.core.energy.Machines;
import io.inferwatt.core.energy.Machines.SettableClock;
import io.inferwatt.core.energy.hwmon.HwmonTree.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of what was truly drawn, by real files that another thread moves. */
class HwmonScenarioTest {

    private static final Domain GPU = Domain.gpu("pci-0000:03:00.0");
    private static final long MILLI = 1_000_000L;

    /** Idle and busy in turns of a second, with an edge that falls between two readings of any sensor. */
    private static final DoubleUnaryOperator TURNS = seconds -> ((long) (seconds / 1.013)) % 2 == 0 ? 60 : 210;

    @TempDir
    Path root;

    private final List<DrivenMachine> machines = new ArrayList<>();
    private HwmonTree tree;

    @BeforeEach
    void plant() {
        tree = new HwmonTree(root);
    }

    @AfterEach
    void stop() {
        machines.forEach(DrivenMachine::close);
    }

    @Test
    void amdEnergy_twoSockets_readsAllOfIt() throws Exception {
        Node chip = tree.chip(1, "amd_energy")
                .put("energy1_label", "Esocket0")
                .put("energy2_label", "Esocket1")
                .put("energy3_label", "Ecore000")
                .put("energy3_input", 0);
        DrivenMachine machine = drive(
                TURNS,
                (nanos, joules, watts) -> chip.put("energy1_input", micro(joules * 0.7))
                        .put("energy2_input", micro(joules * 0.3))
                        .put("energy3_input", micro(joules * 0.2)));

        machine.run(20, 20).row("hwmon-energy amd_energy, 2 sockets, steady", Domain.CPU);

        assertThat(machine.readJoules(Domain.CPU)).isCloseTo(machine.trueJoules(), within(1e-4));
        assertThat(machine.gapSeconds(Domain.CPU)).isZero();
    }

    @Test
    void amdEnergy_resetOfOneSocket_losesOneTick() throws Exception {
        Node chip = tree.chip(1, "amd_energy").put("energy1_label", "Esocket0").put("energy2_label", "Esocket1");
        DrivenMachine machine = drive(seconds -> 100, (nanos, joules, watts) -> {
            double lost = nanos > 10_000 * MILLI ? 500 : 0;
            chip.put("energy1_input", micro(joules * 0.5)).put("energy2_input", micro(joules * 0.5 + 5000 - 10 * lost));
        });

        machine.run(20, 20).row("hwmon-energy amd_energy, one socket reset", Domain.CPU);

        assertThat(machine.gapSeconds(Domain.CPU)).isEqualTo(0.02);
        assertThat(machine.readJoules(Domain.CPU)).isCloseTo(machine.trueJoules() - 2, within(1e-4));
        assertThat(machine.meter(Domain.CPU).health().resets()).isEqualTo(1);
    }

    @Test
    void amdEnergy_chipVanishesAndReturns_isReadAgainAndNothingIsInvented() throws Exception {
        Node chip = tree.chip(1, "amd_energy").put("energy1_label", "Esocket0");
        Presence presence = new Presence(chip, "amd_energy", 10_000 * MILLI, 40_000 * MILLI);
        DrivenMachine machine = drive(TURNS, (nanos, joules, watts) -> {
            if (presence.at(nanos)) {
                chip.put("energy1_label", "Esocket0").put("energy1_input", micro(joules));
            }
        });

        machine.run(100, 100).row("hwmon-energy amd_energy, gone for 30 s", Domain.CPU);

        assertThat(machine.meter(Domain.CPU).speaking()).isTrue();
        assertThat(machine.warnings()).anyMatch(line -> line.contains("given up"));
        assertUnknownNotInvented(machine, Domain.CPU, 60, 210);
        assertThat(machine.gapSeconds(Domain.CPU)).isBetween(30.0, 60.0);
    }

    @Test
    void amdEnergy_deniedWhileRunning_isGivenUpAndComesBackWhenAllowed() throws Exception {
        Node chip = tree.chip(1, "amd_energy").put("energy1_label", "Esocket0");
        DrivenMachine machine = drive(seconds -> 80, (nanos, joules, watts) -> {
            if (nanos == 10_000 * MILLI) {
                chip.deny("energy1_input");
            } else if (nanos == 20_000 * MILLI) {
                chip.allow("energy1_input", micro(joules));
            } else if (nanos < 10_000 * MILLI || nanos > 20_000 * MILLI) {
                chip.put("energy1_input", micro(joules));
            }
        });

        machine.run(90, 100).row("hwmon-energy amd_energy, denied for 10 s", Domain.CPU);

        assertThat(machine.meter(Domain.CPU).speaking()).isTrue();
        assertUnknownNotInvented(machine, Domain.CPU, 80, 80);
    }

    @Test
    void grace_meansOf50Milliseconds_areIntegrated() throws Exception {
        List<Node> sockets = new ArrayList<>();
        for (int socket = 0; socket < 2; socket++) {
            sockets.add(grace(4 * socket + 1, "Grace Power Socket " + socket));
            grace(4 * socket + 2, "CPU Power Socket " + socket).put("power1_average", 1_000_000);
            grace(4 * socket + 3, "Module Power Socket " + socket).put("power1_average", 900_000_000);
        }
        Mean mean = new Mean(50 * MILLI);
        DrivenMachine machine = drive(TURNS, (nanos, joules, watts) -> {
            if (mean.due(nanos, joules, watts)) {
                sockets.get(0).put("power1_average", micro(mean.watts * 0.6));
                sockets.get(1).put("power1_average", micro(mean.watts * 0.4));
            }
        });

        machine.run(60, 20).row("hwmon-power Grace, 2 sockets, 50 ms means, 20 ms ticks", Domain.CPU);

        assertThat(machine.readJoules(Domain.CPU)).isCloseTo(machine.trueJoules(), percent(machine, 0.5));
        assertThat(machine.gapSeconds(Domain.CPU)).isZero();
    }

    @Test
    void grace_noisyPower_averagesOut() throws Exception {
        Node socket = grace(1, "Grace Power Socket 0");
        Random noise = new Random(11);
        DrivenMachine machine = drive(
                TURNS,
                (nanos, joules, watts) ->
                        socket.put("power1_average", micro(watts * (1 + 0.2 * noise.nextGaussian()))));

        machine.run(60, 20).row("hwmon-power Grace, readings with 20 % noise", Domain.CPU);

        assertThat(machine.readJoules(Domain.CPU)).isCloseTo(machine.trueJoules(), percent(machine, 2));
    }

    @Test
    void amdgpu_slowSensor_isIntegrated() throws Exception {
        Node card = tree.card(2, "amdgpu", "0000:03:00.0", "0x1002");
        DrivenMachine machine = drive(TURNS, (nanos, joules, watts) -> {
            if (nanos % (100 * MILLI) == 0) {
                card.put("power1_average", micro(watts));
            }
        });

        machine.run(60, 20).row("hwmon-power amdgpu, new reading every 100 ms", GPU);

        assertThat(machine.readJoules(GPU)).isCloseTo(machine.trueJoules(), percent(machine, 2));
    }

    @Test
    void amdgpu_negativeAndBrokenReadings_leaveGapsOnly() throws Exception {
        Node card = tree.card(2, "amdgpu", "0000:03:00.0", "0x1002");
        DrivenMachine machine = drive(
                seconds -> 100,
                (nanos, joules, watts) -> card.put(
                        "power1_average",
                        nanos % (1000 * MILLI) == 0 && nanos > 0 ? "-3" : Long.toString(micro(watts))));

        machine.run(20, 20).row("hwmon-power amdgpu, a negative reading each second", GPU);

        assertThat(machine.meter(GPU).speaking()).isTrue();
        assertUnknownNotInvented(machine, GPU, 100, 100);
    }

    @Test
    void xe_counterOfTheCard_readsAllOfItAndSurvivesAFall() throws Exception {
        Node card = tree.card(2, "xe", "0000:03:00.0", "0x8086");
        DrivenMachine machine = drive(TURNS, (nanos, joules, watts) -> {
            double shown = nanos > 15_000 * MILLI ? joules - 1000 : joules + 22e6; // compute-runtime issue 938
            card.put("energy1_input", micro(shown)).put("energy2_input", micro(joules * 0.8));
        });

        machine.run(30, 20).row("hwmon-energy xe, counter falls from 22 MJ to 1 kJ", GPU);

        assertThat(machine.gapSeconds(GPU)).isEqualTo(0.02);
        assertUnknownNotInvented(machine, GPU, 60, 210);
        assertThat(machine.readJoules(GPU)).isCloseTo(machine.trueJoules(), percent(machine, 0.2));
    }

    @Test
    void amdEnergy_writerRunningFreelyInRealTime_losesNothingBetweenTwoReadings() throws Exception {
        Node chip = tree.chip(1, "amd_energy").put("energy1_label", "Esocket0").put("energy1_input", 100_000_000);
        EnergyCounter cpu = new HwmonEnergySource()
                .discover(Machines.context(root, new SettableClock()))
                .counters()
                .get(0);
        CountDownLatch writes = new CountDownLatch(800);
        long now = System.nanoTime();
        cpu.advance(now);
        ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
        long microjoules = 0;
        try (FileChannel register = FileChannel.open(chip.file("energy1_input"), StandardOpenOption.WRITE)) {
            writer.scheduleAtFixedRate(() -> showNext(register, writes), 0, 1, TimeUnit.MILLISECONDS);
            boolean more = true;
            while (more) {
                more = writes.getCount() > 0;
                while (System.nanoTime() - now < 5 * MILLI) {
                    Thread.onSpinWait();
                }
                now = System.nanoTime();
                microjoules += cpu.advance(now);
            }
        } finally {
            writer.shutdownNow();
            cpu.close();
        }
        JoulesTable.row("hwmon-energy amd_energy, real time, 1 ms updates, 5 ms ticks", 0.8, microjoules / 1e6, 0);

        assertThat(microjoules).isEqualTo(800_000);
    }

    @Test
    void cardThatAppearsWhileRunning_isFoundAtTheNextSearch() throws Exception {
        Node chip = tree.chip(1, "amd_energy").put("energy1_label", "Esocket0");
        Node[] card = new Node[1];
        DrivenMachine machine = drive(seconds -> 100, (nanos, joules, watts) -> {
            chip.put("energy1_input", micro(joules));
            if (nanos == 30_000 * MILLI) {
                card[0] = tree.card(2, "xe", "0000:03:00.0", "0x8086");
            }
            if (card[0] != null) {
                card[0].put("energy1_input", micro(joules * 0.5));
            }
        });

        machine.run(100, 100).row("hwmon-energy amd_energy beside a card that appears", Domain.CPU);

        assertThat(machine.meter(GPU).speaking()).isTrue();
        assertThat(machine.readJoules(GPU)).isBetween(38 * 50.0, 40 * 50.0);
        assertThat(machine.readJoules(Domain.CPU)).isCloseTo(machine.trueJoules(), within(1e-4));
    }

    @Test
    void cardAndProcessorWithGraphics_onlyTheCardCounts() throws Exception {
        Node card = tree.card(2, "amdgpu", "0000:03:00.0", "0x1002");
        Node inside = tree.card(3, "amdgpu", "0000:0c:00.0", "0x1002").put("in1_label", "vddnb");
        DrivenMachine machine = drive(seconds -> 120, (nanos, joules, watts) -> {
            card.put("power1_average", micro(watts));
            inside.put("power1_input", 35_000_000);
        });

        machine.run(20, 20).row("hwmon-power amdgpu card beside an APU of 35 W", GPU);

        assertThat(machine.selection().meters())
                .singleElement()
                .satisfies(meter -> assertThat(meter.domain()).isEqualTo(GPU));
        assertThat(machine.readJoules(GPU)).isCloseTo(machine.trueJoules(), within(1e-3));
    }

    /** Overwrites the number in place, so that no reader finds an empty file; the kernel's files never are. */
    private static void showNext(FileChannel register, CountDownLatch writes) {
        if (writes.getCount() > 0) {
            long microjoules = 100_000_000 + 1000 * (801 - writes.getCount());
            try {
                register.write(ByteBuffer.wrap(Long.toString(microjoules).getBytes(StandardCharsets.US_ASCII)), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            writes.countDown();
        }
    }

    private DrivenMachine drive(DoubleUnaryOperator watts, Movement movement) throws Exception {
        DrivenMachine machine =
                new DrivenMachine(List.of("hwmon"), Machines.context(root, new SettableClock()), watts, movement);
        machines.add(machine);
        return machine;
    }

    private Node grace(int number, String label) throws IOException {
        return tree.oldChip(number, "power_meter").put("power1_oem_info", label).put("power1_average_interval", 50);
    }

    /**
     * The joules read are those of the time without gaps, with gaps of unknown power between the two given. A file that was
     * replaced is noticed a second later, and until then its handle shows the old number: joules are missed, not invented.
     */
    private static void assertUnknownNotInvented(DrivenMachine machine, Domain domain, double least, double most) {
        double gap = machine.gapSeconds(domain);
        assertThat(gap).isPositive();
        assertThat(machine.readJoules(domain))
                .isBetween(machine.trueJoules() - most * (gap + 1), machine.trueJoules() - least * gap + 1);
    }

    private static Offset<Double> percent(DrivenMachine machine, double percent) {
        return within(machine.trueJoules() * percent / 100);
    }

    private static long micro(double unit) {
        return Math.round(unit * 1e6);
    }

    /** A chip that is away from one time to another. */
    private static final class Presence {

        private final Node chip;
        private final String driver;
        private final long fromNanos;
        private final long toNanos;

        private boolean here = true;

        Presence(Node chip, String driver, long fromNanos, long toNanos) {
            this.chip = chip;
            this.driver = driver;
            this.fromNanos = fromNanos;
            this.toNanos = toNanos;
        }

        boolean at(long nanos) throws IOException {
            boolean present = nanos < fromNanos || nanos >= toNanos;
            if (here && !present) {
                chip.vanish();
            } else if (!here && present) {
                chip.appear(driver);
            }
            here = present;
            return present;
        }
    }

    /** What a meter that takes means shows: the mean of the latest whole interval. */
    private static final class Mean {

        private final long intervalNanos;

        private double watts;
        private double joulesBefore;

        Mean(long intervalNanos) {
            this.intervalNanos = intervalNanos;
        }

        boolean due(long nanos, double joules, double wattsNow) {
            if (nanos % intervalNanos != 0) {
                return false;
            }
            watts = nanos == 0 ? wattsNow : (joules - joulesBefore) * 1e9 / intervalNanos;
            joulesBefore = joules;
            return true;
        }
    }
}
