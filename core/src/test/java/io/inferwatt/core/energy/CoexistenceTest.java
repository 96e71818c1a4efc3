package io.inferwatt.core.energy;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.energy.Machines.SettableClock;
import io.inferwatt.core.energy.modelled.ModelledEnergySource;
import io.inferwatt.core.energy.rapl.PowercapTree;
import io.inferwatt.core.energy.rapl.RaplEnergySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Meters of the whole machine beside those of its parts, on real files. */
class CoexistenceTest {

    private static final long SECOND = 1_000_000_000L;
    private static final String PACKAGE = "intel-rapl:0";

    @TempDir
    Path root;

    private final SettableClock clock = new SettableClock();
    private PowercapTree tree;
    private FileMeter platform;
    private FileMeter gpu;
    private SourceSelection selection;
    private long now = 3 * SECOND;
    private long packageMicrojoules;

    @BeforeEach
    void plant() throws IOException {
        tree = PowercapTree.below(root);
        platform = new FileMeter("board", 40, Domain.PLATFORM, root.resolve("board_uj"));
        gpu = new FileMeter("card", 20, Domain.gpu("1"), root.resolve("card_uj"));
    }

    @AfterEach
    void close() {
        selection.close();
    }

    @Test
    void wholeMachineBesideItsProcessors_isLookedAtButNotCounted() throws Exception {
        tree.zone(PACKAGE, "package-0", 0);
        platform.set(0);
        open("auto");
        run(3);

        assertThat(meter(Domain.CPU).source()).isEqualTo("rapl-powercap");
        assertThat(meter(Domain.CPU).counted()).isTrue();
        assertThat(meter(Domain.PLATFORM).speaking()).isTrue();
        assertThat(meter(Domain.PLATFORM).counted()).isFalse();
        assertThat(selection.findings())
                .anyMatch(line -> line.startsWith("platform: board") && line.endsWith("not part of the sums"));
    }

    @Test
    void wholeMachineAlone_countsAndTheModelIsSilent() throws Exception {
        platform.set(0);
        open("auto");
        run(3);

        assertThat(selection.meters()).hasSize(1);
        assertThat(meter(Domain.PLATFORM).counted()).isTrue();
    }

    @Test
    void wholeMachineLost_theModelSpeaksAgain_andFallsSilentWhenItReturns() throws Exception {
        platform.set(0);
        open("auto");
        run(3);
        platform.remove();
        run(10);

        assertThat(meter(Domain.CPU).source()).isEqualTo("model-threads");
        assertThat(meter(Domain.CPU).counted()).isTrue();
        assertThat(meter(Domain.DRAM).speaking()).isTrue();
        assertThat(meter(Domain.PLATFORM).speaking()).isFalse();

        platform.set(0);
        run(70);

        assertThat(meter(Domain.PLATFORM).counted()).isTrue();
        assertThat(meter(Domain.PLATFORM).speaking()).isTrue();
        assertThat(meter(Domain.CPU).speaking()).isFalse();
        assertThat(meter(Domain.CPU).counted()).isFalse();
        assertThat(meter(Domain.DRAM).speaking()).isFalse();
        assertThat(selection.findings()).contains("cpu: inside the energy of the whole machine");
    }

    @Test
    void processorMeterAppears_theWholeMachineIsOnlyLookedAt() throws Exception {
        platform.set(0);
        open("auto");
        run(3);
        tree.zone(PACKAGE, "package-0", 0);
        run(70);

        assertThat(meter(Domain.CPU).source()).isEqualTo("rapl-powercap");
        assertThat(meter(Domain.CPU).counted()).isTrue();
        assertThat(meter(Domain.PLATFORM).counted()).isFalse();
    }

    @Test
    void gpuWithAMeterOfItsOwn_wouldBeCountedTwice_soTheModelSuppliesTheProcessors() throws Exception {
        platform.set(0);
        gpu.set(0);
        open("auto");
        run(3);

        assertThat(meter(Domain.PLATFORM).counted()).isFalse();
        assertThat(meter(gpu.domain).counted()).isTrue();
        assertThat(meter(Domain.CPU).source()).isEqualTo("model-threads");
        assertThat(meter(Domain.DRAM).source()).isEqualTo("model-threads");
    }

    @Test
    void memoryMeterAlone_doesNotDisplaceTheWholeMachine() throws Exception {
        platform.set(0);
        open("auto");
        run(3);
        tree.zone(PACKAGE, "package-0", 0).zone("intel-rapl:0:0", "dram", 0).unreadable(PACKAGE);
        int generation = meter(Domain.PLATFORM).generation();
        run(200);

        assertThat(meter(Domain.PLATFORM).counted()).isTrue();
        assertThat(meter(Domain.PLATFORM).generation()).isEqualTo(generation);
        assertThat(selection.meters().stream().filter(DomainMeter::speaking)).hasSize(1);
    }

    @Test
    void modelPreferredByTheUser_staysInForceBesideTheWholeMachine() throws Exception {
        platform.set(0);
        open("model", "auto");
        run(3);

        assertThat(meter(Domain.CPU).source()).isEqualTo("model-threads");
        assertThat(meter(Domain.CPU).counted()).isTrue();
        assertThat(meter(Domain.PLATFORM).counted()).isFalse();
    }

    @Test
    void whateverComesAndGoes_noPartCountsBesideTheWhole() throws Exception {
        Random random = new Random(11);
        platform.set(0);
        open("auto");
        for (int i = 0; i < 200; i++) {
            switch (random.nextInt(6)) {
                case 0 -> platform.set(0);
                case 1 -> platform.remove();
                case 2 -> gpu.set(0);
                case 3 -> gpu.remove();
                case 4 -> tree.zone(PACKAGE, "package-0", packageMicrojoules);
                default -> Files.deleteIfExists(tree.energyFile(PACKAGE));
            }
            run(1 + random.nextInt(80));
            DomainMeter whole = meter(Domain.PLATFORM);
            boolean partCounts = selection.meters().stream()
                    .anyMatch(meter -> meter != whole && meter.counted() && meter.speaking());

            assertThat(whole.counted() && whole.speaking() && partCounts).isFalse();
            assertThat((whole.counted() && whole.speaking()) || partCounts)
                    .as("something counts after step %d", i)
                    .isTrue();
        }
    }

    private void open(String... wanted) {
        selection = SourceSelection.open(
                List.of(wanted),
                Machines.context(root, clock),
                List.of(new ModelledEnergySource(), new RaplEnergySource(), platform, gpu));
    }

    /** Lets seconds pass in which all meters that are there move. */
    private void run(int seconds) throws IOException {
        for (int i = 0; i < seconds; i++) {
            now += SECOND;
            clock.pass(SECOND, 8 * SECOND);
            if (Files.isRegularFile(tree.energyFile(PACKAGE))) {
                packageMicrojoules += 5_000_000;
                tree.energy(PACKAGE, packageMicrojoules);
            }
            platform.move();
            gpu.move();
            for (DomainMeter meter : selection.meters()) {
                meter.advance(now);
            }
            selection.maintain(now);
        }
    }

    private DomainMeter meter(Domain domain) {
        return selection.meters().stream()
                .filter(meter -> meter.domain().equals(domain))
                .findFirst()
                .orElseThrow();
    }

    /** A counter in a file of its own; no file, no meter. */
    private static final class FileMeter implements EnergySource {

        private final String id;
        private final int rank;
        private final Domain domain;
        private final Path file;
        private long microjoules;

        FileMeter(String id, int rank, Domain domain, Path file) {
            this.id = id;
            this.rank = rank;
            this.domain = domain;
            this.file = file;
        }

        void set(long value) throws IOException {
            microjoules = value;
            Files.writeString(file, value + "\n");
        }

        void move() throws IOException {
            if (Files.exists(file)) {
                set(microjoules + 7_000_000);
            }
        }

        void remove() throws IOException {
            Files.deleteIfExists(file);
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public int rank() {
            return rank;
        }

        @Override
        public Discovery discover(SourceContext context) {
            return Files.exists(file)
                    ? new Discovery(List.of(new Counter()), List.of(Finding.found(id, "here")))
                    : Discovery.nothing(Finding.absent(id, "none", ""));
        }

        private final class Counter implements EnergyCounter {

            private final NumberFile number = new NumberFile(file);
            private final UnwrappingCounter register = new UnwrappingCounter(UnwrappingCounter.NO_RANGE, 1000);

            @Override
            public Domain domain() {
                return domain;
            }

            @Override
            public String source() {
                return id;
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
                return register.step(number.read(nowNanos), nowNanos);
            }

            @Override
            public CounterHealth health() {
                return register.health();
            }

            @Override
            public void close() {
                number.close();
            }
        }
    }
}
