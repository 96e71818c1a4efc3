package io.inferwatt.core.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.call.CallRecords;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.config.AttributionMethod;
import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.EnergyCounter;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.report.ComponentJoules;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Grams follow joules: what the calls answer for adds up to what their models do, while the grid changes from tick to tick, some
 * ticks are not known, and counters move seldom.
 */
class FootprintOfCallsTest {

    private static final long TICK = 50_000_000;
    private static final int TICKS = 400;
    private static final double SERVER_GRAMS_PER_SECOND = 0.0103;
    private static final double GPU_GRAMS_PER_SECOND = 0.0017;
    private static final Domain GPU = new Domain(Component.GPU, "gpu:GPU-1");

    private static final int[] KEYS = {1, 2};

    /** Of the calls of each model, which follow each other without a gap: all that is drawn for it is drawn for one of them. */
    private static final long[] ENDS = {123 * TICK + 17, 301 * TICK + 4_711, TICKS * TICK};

    private final TickFeatures tick = new TickFeatures();
    private final CallEnergy energy = new CallEnergy();

    private static double wear(Domain domain) {
        return switch (domain.component()) {
            case CPU -> SERVER_GRAMS_PER_SECOND;
            case GPU -> GPU_GRAMS_PER_SECOND;
            default -> 0;
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void gramsOfCalls_addUpToThoseOfTheirModels_andComponentsToTheirJoules(long seed) {
        Random random = new Random(seed);
        Attribution attribution = new Attribution(
                AttributionMethod.LEARNED, domain -> Double.NaN, 600_000_000_000L, 0, FootprintOfCallsTest::wear, true);
        attribution.start(0);
        DomainAccount cpu = attribution.account(Domain.CPU, "rapl-powercap", Quality.MEASURED);
        DomainAccount dram = attribution.account(Domain.DRAM, "rapl-powercap", Quality.MEASURED);
        DomainAccount gpu = attribution.account(GPU, "nvml-energy", Quality.MEASURED);
        double knownSeconds = 0;
        for (int i = 1; i <= TICKS; i++) {
            features(i * TICK, random);
            attribution.begin(tick, 1e-4 * (1 + random.nextInt(9)));
            boolean unknown = random.nextInt(20) == 0;
            attribution.book(cpu, unknown ? EnergyCounter.UNKNOWN : 1 + random.nextInt(5_000_000), Double.NaN, tick);
            attribution.book(dram, random.nextInt(300_000), Double.NaN, tick);
            attribution.book(gpu, i % 2 == 0 ? 1 + random.nextInt(9_000_000) : 0, Double.NaN, tick);
            attribution.end(tick);
            knownSeconds += unknown ? 0 : tick.seconds;
        }
        double allWorn = 0;
        for (int key : KEYS) {
            double grams = 0;
            double worn = 0;
            long from = 0;
            for (long until : ENDS) {
                attribution.settle(CallRecords.of(key, Outcome.OK, from, until, 1), energy);
                from = until;
                grams += energy.gramsWithIdle();
                worn += energy.embodiedGrams();
                ComponentJoules parts = energy.byComponent();
                assertThat(parts.cpu() + parts.dram() + parts.gpu() + parts.other())
                        .isCloseTo(energy.joulesWithIdle(), within(1e-9 * energy.joulesWithIdle()));
                assertThat(parts.cpu()).isPositive();
                assertThat(parts.gpu()).isPositive();
                assertThat(parts.other()).isZero();
            }
            ModelAccount account = attribution.model(key);
            double gramsOfModel = account.grams() + account.idleGrams();
            assertThat(grams).isPositive().isCloseTo(gramsOfModel, within(1e-9 * gramsOfModel));
            assertThat(worn).isPositive().isCloseTo(account.embodiedGrams(), within(1e-9 * worn));
            allWorn += worn;
        }
        double atMost = SERVER_GRAMS_PER_SECOND * knownSeconds + GPU_GRAMS_PER_SECOND * TICKS * TICK / 1e9;
        assertThat(allWorn)
                .as("with idle, runtime and other processes it is what wears off")
                .isLessThan(atMost);
        assertThat(allWorn).isGreaterThan(0.5 * atMost);
    }

    private void features(long now, Random random) {
        tick.keys = 3;
        tick.nanos = now;
        tick.seconds = TICK / 1e9;
        tick.runtimeCpuSeconds = 0.001;
        tick.otherCpuSeconds = 0.001;
        tick.hostLoad = 0.5;
        for (int key : KEYS) {
            tick.cpuSeconds[key] = tick.seconds * (0.2 + random.nextDouble());
            tick.inFlightSeconds[key] = tick.seconds;
            tick.unitSeconds[key] = tick.seconds;
        }
    }
}
