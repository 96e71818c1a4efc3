package io.inferwatt.core.energy.modelled;

import static io.inferwatt.core.energy.EnergyCounter.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.EnergyCounter;
import io.inferwatt.core.energy.EnergySource;
import io.inferwatt.core.energy.EnergySource.Discovery;
import io.inferwatt.core.energy.EnergySourceContract;
import io.inferwatt.core.energy.Finding;
import io.inferwatt.core.energy.Machines;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.energy.SourceContext;
import io.inferwatt.core.energy.SourceContext.ModelConstants;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelledEnergySourceTest extends EnergySourceContract {

    private static final long SECOND = 1_000_000_000L;

    @Override
    protected EnergySource source() {
        return new ModelledEnergySource();
    }

    @Override
    protected SourceContext meterable() {
        return Machines.context(root, clock);
    }

    @Override
    protected void draw(SourceContext context, double joules, long nanos) {
        clock.pass(nanos, 8 * nanos);
    }

    @Override
    protected boolean worksOnEveryMachine() {
        return true;
    }

    @ParameterizedTest
    @CsvSource({"0, 80.47", "0.1, 126.37", "0.3, 155.77", "0.5, 185.17", "1, 312.67"})
    void tdpOf300WattsAnd256Gb_drawsTheReferenceWatts(double load, double watts) throws Exception {
        assertThat(wattsAt(load, context(16, 256, Machines.tdp(300)), "model-tdp"))
                .isEqualTo(watts, within(0.01));
    }

    @ParameterizedTest
    @CsvSource({"0, 50.1", "0.5, 154.5", "0.9, 250.5", "1, 283.8"})
    void tdpWithMemoryOfUnknownSize_drawsTheReferenceWatts(double load, double watts) throws Exception {
        assertThat(wattsAt(load, context(16, 0, Machines.tdp(300)), "model-tdp"))
                .isEqualTo(watts, within(0.01));
    }

    @ParameterizedTest
    @CsvSource({"0, 10.144", "0.25, 15.714", "0.8, 22.144", "1, 25.824"})
    void eightThreadsAnd32Gb_drawTheReferenceWatts(double load, double watts) throws Exception {
        assertThat(wattsAt(load, context(8, 32, ModelConstants.NONE), "model-threads"))
                .isEqualTo(watts, within(0.001));
    }

    @ParameterizedTest
    @CsvSource({"0, 3.92", "0.25, 9.49", "1, 19.52"})
    void eightThreadsWithMemoryOfUnknownSize_drawTheReferenceWatts(double load, double watts) throws Exception {
        assertThat(wattsAt(load, context(8, 0, ModelConstants.NONE), "model-threads"))
                .isEqualTo(watts, within(0.001));
    }

    @ParameterizedTest
    @CsvSource({"0, 50", "0.1, 79.651", "0.5, 117.636", "0.8, 157.558", "1, 200"})
    void twoMeasuredPoints_areMetExactlyAndBentBetween(double load, double watts) throws Exception {
        SourceContext context = context(8, 32, Machines.twoPoints(50, 200));

        assertThat(wattsAt(load, context, "model-calibrated")).isEqualTo(watts, within(0.001));
        assertThat(source().discover(context).counters()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"200, 50", "-1, 50", "NaN, 50", "10, Infinity", "0, 0"})
    void twoPointsThatMakeNoSense_areIgnoredAndSaidSo(double idle, double max) {
        Discovery discovery = source().discover(context(8, 32, Machines.twoPoints(idle, max)));

        assertThat(discovery.counters().get(0).source()).isEqualTo("model-threads");
        assertThat(discovery.findings()).extracting(Finding::line).anyMatch(line -> line.contains("only together"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -5, Double.NaN, Double.POSITIVE_INFINITY})
    void tdpThatMakesNoSense_isIgnoredAndSaidSo(double watts) {
        Discovery discovery = source().discover(context(8, 32, Machines.tdp(watts)));

        assertThat(discovery.counters().get(0).source()).isEqualTo("model-threads");
        assertThat(discovery.findings())
                .extracting(Finding::line)
                .anyMatch(line -> line.contains("energy.model.tdp is"));
    }

    @Test
    void onePointAlone_isIgnoredAndSaidSo() {
        ModelConstants idleOnly =
                new ModelConstants(OptionalDouble.of(300), OptionalDouble.of(50), OptionalDouble.empty());

        Discovery discovery = source().discover(context(8, 32, idleOnly));

        assertThat(discovery.counters().get(0).source()).isEqualTo("model-tdp");
        assertThat(discovery.findings()).extracting(Finding::line).anyMatch(line -> line.contains("only together"));
    }

    @ParameterizedTest
    @CsvSource({"100, 250, 32, 0.116", ", , 32, 0.298", ", , 0, 0.334"})
    void uncertainty_growsWithWhatIsUnknown(Double idle, Double max, long gigabytes, double expected) {
        ModelConstants constants = idle == null ? ModelConstants.NONE : Machines.twoPoints(idle, max);
        EnergyCounter cpu =
                source().discover(context(8, gigabytes, constants)).counters().get(0);

        assertThat(cpu.relativeUncertainty()).isEqualTo(expected, within(0.001));
        assertThat(cpu.quality()).isEqualTo(Quality.MODELLED);
    }

    @Test
    void idleWatts_areTheModelAtNoLoad() {
        Discovery discovery = source().discover(context(8, 32, ModelConstants.NONE));

        assertThat(discovery.counters()).extracting(EnergyCounter::domain).containsExactly(Domain.CPU, Domain.DRAM);
        assertThat(discovery.counters().get(0).idleWatts()).isEqualTo(0.96, within(1e-9));
        assertThat(discovery.counters().get(1).idleWatts()).isEqualTo(9.184, within(1e-9));
    }

    @Test
    void advance_clockStoodStill_takesTheLastLoad() throws Exception {
        EnergyCounter cpu = cpu(context(8, 32, ModelConstants.NONE));
        cpu.advance(0);
        clock.pass(SECOND, 2 * SECOND);
        assertThat(cpu.advance(SECOND)).isEqualTo(9_280_000);

        assertThat(cpu.advance(SECOND + SECOND / 2)).isEqualTo(4_640_000);
    }

    @Test
    void advance_clockNeverMoved_isUnknownInsteadOfZero() throws Exception {
        EnergyCounter cpu = cpu(context(8, 32, ModelConstants.NONE));
        cpu.advance(0);

        assertThat(cpu.advance(SECOND)).isEqualTo(UNKNOWN);
        assertThat(cpu.advance(2 * SECOND)).isEqualTo(UNKNOWN);
    }

    @Test
    void advance_afterALongPause_isUnknownAndAnchorsAnew() throws Exception {
        for (EnergyCounter counter :
                source().discover(context(8, 32, ModelConstants.NONE)).counters()) {
            counter.advance(0);
            clock.pass(SECOND, 8 * SECOND);
            assertThat(counter.advance(SECOND)).isPositive();
            clock.pass(SECOND, 8 * SECOND);
            assertThat(counter.advance(62 * SECOND)).isEqualTo(UNKNOWN);
            clock.pass(SECOND, 8 * SECOND);
            assertThat(counter.advance(63 * SECOND)).isPositive();
        }
    }

    @Test
    void advance_veryShortTicks_loseNoEnergy() throws Exception {
        // 10 W over ticks of 33 ns are a third of a microjoule each.
        EnergyCounter cpu = cpu(context(8, 32, Machines.twoPoints(10, 10)));
        cpu.advance(0);
        clock.pass(1, 2);
        long sum = 0;
        for (int i = 1; i <= 300_000; i++) {
            sum += cpu.advance(i * 33L);
        }
        assertThat(sum).isBetween(98_999L, 99_000L);
    }

    @Test
    void advance_coarseClock_stillTellsTheEnergyOfTheTrueLoad() throws Exception {
        // Two threads at 10 % load, counted in steps of 10 ms and read each 20 ms: single loads are 0, 25, 50 or 75 %.
        EnergyCounter cpu = cpu(context(2, 32, Machines.tdp(100)));
        Random random = new Random(7);
        cpu.advance(0);
        clock.pass(0, 1);
        long busySteps = 0;
        long microjoules = 0;
        int ticks = 6_000;
        for (int i = 1; i <= ticks; i++) {
            int busy = 0;
            for (int step = 0; step < 4; step++) {
                busy += random.nextInt(10) == 0 ? 1 : 0;
            }
            busySteps += busy;
            clock.pass(busy * 10_000_000L, 40_000_000L);
            microjoules += cpu.advance(i * 20_000_000L);
        }
        double load = busySteps / (4.0 * ticks);
        double expectedWatts = 100 * LoadCurve.TDP.at(load);
        double watts = microjoules / 1e6 / (ticks * 0.02);
        assertThat(load).isEqualTo(0.1, within(0.01));
        // Taken tick by tick it would be 15.7 W instead of 21.9 W; the noise of whole seconds costs 4 %.
        assertThat(watts).isEqualTo(expectedWatts, within(0.06 * expectedWatts));
    }

    private SourceContext context(int threads, long gigabytes, ModelConstants constants) {
        return Machines.context(
                root, clock, Machines.facts("GenuineIntel", threads, gigabytes * Machines.GB), constants);
    }

    private EnergyCounter cpu(SourceContext context) {
        return source().discover(context).counters().get(0);
    }

    private double wattsAt(double load, SourceContext context, String label) throws Exception {
        double watts = 0;
        for (EnergyCounter counter : source().discover(context).counters()) {
            assertThat(counter.source()).isEqualTo(label);
            counter.advance(0);
            clock.pass((long) (load * 160 * SECOND), 160 * SECOND);
            watts += counter.advance(10 * SECOND) / 1e7;
        }
        return watts;
    }
}
