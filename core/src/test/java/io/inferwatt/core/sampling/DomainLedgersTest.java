package io.inferwatt.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.attribution.Attribution;
import io.inferwatt.core.attribution.TickFeatures;
import io.inferwatt.core.config.AttributionMethod;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.Machines;
import io.inferwatt.core.energy.Machines.SettableClock;
import io.inferwatt.core.energy.SourceSelection;
import io.inferwatt.core.energy.rapl.PowercapTree;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DomainLedgersTest {

    private static final long TICK = 20_000_000;
    private static final String PACKAGE = "intel-rapl:0";
    private static final String BOARD = "intel-rapl:1";

    @TempDir
    Path root;

    private final TickFeatures tick = new TickFeatures();
    private final Attribution attribution =
            new Attribution(AttributionMethod.LEARNED, domain -> Double.NaN, 600_000_000_000L);
    private PowercapTree tree;
    private DomainLedgers ledgers;
    private long ticks;

    @Test
    void wholeMachineTakesOver_noEnergyOfTheTimeBeforeIsCountedAgain() throws Exception {
        tree = PowercapTree.below(root)
                .zone(PACKAGE, "package-0", 1_000_000_000)
                .zone(BOARD, "psys", 1_000_000_000);
        try (SourceSelection sources =
                SourceSelection.open(List.of("rapl"), Machines.context(root, new SettableClock()), warning -> {})) {
            ledgers = new DomainLedgers(sources, attribution);
            attribution.start(0);
            run(95, true);
            assertThat(ledgers.uncounted())
                    .singleElement()
                    .satisfies(totals -> assertThat(totals.domain()).isEqualTo(Domain.PLATFORM));
            double packages = joules();

            tree.unreadable(PACKAGE);
            // The open file shows its last number for a second before it is opened anew and found unreadable.
            for (int i = 0; i < 200 && attribution.domains().size() < 2; i++) {
                run(1, false);
            }
            assertThat(attribution.domains()).hasSize(2);
            double before = joules();
            run(50, false);

            // 2 J a tick of the board, and no second's worth of it at once.
            assertThat(before - packages).isLessThanOrEqualTo(2.0);
            assertThat(joules() - before).isLessThanOrEqualTo(100.0).isGreaterThan(90);
        }
    }

    /** The package draws 1 J a tick, the whole machine 2 J. */
    private void run(int count, boolean packageMoves) throws Exception {
        for (int i = 0; i < count; i++) {
            ticks++;
            if (packageMoves) {
                tree.energy(PACKAGE, 1_000_000_000 + ticks * 1_000_000);
            }
            tree.energy(BOARD, 1_000_000_000 + ticks * 2_000_000);
            tick.nanos = ticks * TICK;
            tick.seconds = TICK / 1e9;
            attribution.begin(tick, 0);
            ledgers.readAndBook(tick, tick.nanos, ticks * TICK / 1_000_000);
            attribution.end(tick);
        }
    }

    private double joules() {
        return attribution.domains().stream()
                .mapToDouble(domain -> domain.totalMicrojoules() / 1e6)
                .sum();
    }
}
