package io.inferwatt.core.energy.modelled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.energy.EnergyCounter;
import io.inferwatt.core.energy.JoulesTable;
import io.inferwatt.core.energy.Machines;
import io.inferwatt.core.energy.SourceContext.ModelConstants;
import io.inferwatt.core.host.HostFacts;
import io.inferwatt.core.host.SampledCpuClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The model on a {@code /proc/stat} that another thread moves: the joules of its curve at the true load come out. The
 * processor alone: memory draws a constant, which would hide errors. */
class ModelledJoulesTest {

    private static final double TICK_SECONDS = 0.02;
    private static final double SECONDS = 120;

    @TempDir
    Path root;

    private double trueJoules;
    private double readJoules;
    private double gapSeconds;

    static Stream<Arguments> loads() {
        return Stream.of(
                Arguments.of("steady load 0 %", (DoubleUnaryOperator) t -> 0),
                Arguments.of("steady load 10 %, steps of 10 ms", (DoubleUnaryOperator) t -> 0.1),
                Arguments.of("steady load 25 %", (DoubleUnaryOperator) t -> 0.25),
                Arguments.of("steady load 50 %", (DoubleUnaryOperator) t -> 0.5),
                Arguments.of("steady load 100 %", (DoubleUnaryOperator) t -> 1),
                Arguments.of("ramp 0 to 100 %", (DoubleUnaryOperator) t -> Math.min(1, t / SECONDS)),
                Arguments.of("0 and 80 %, 10 s each", (DoubleUnaryOperator) t -> (int) (t / 10) % 2 == 0 ? 0 : 0.8),
                Arguments.of(
                        "waves of 20 s between 5 and 95 %",
                        (DoubleUnaryOperator) t -> 0.5 + 0.45 * Math.sin(t * Math.PI / 10)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("loads")
    void knownLoad_givesTheJoulesOfTheCurve(String load, DoubleUnaryOperator loadAtSeconds) throws Exception {
        for (int threads : new int[] {2, 64}) {
            run(threads, ModelConstants.NONE, loadAtSeconds, SECONDS + 1);
            JoulesTable.row(
                    "model-threads, cpu of " + threads + " threads, " + load, trueJoules, readJoules, gapSeconds);

            assertThat(readJoules).isEqualTo(trueJoules, within(0.015 * trueJoules));
            assertThat(gapSeconds).isLessThan(0.1);
        }
    }

    @Test
    void tdpAndTwoMeasuredPoints_giveTheJoulesOfTheirCurves() throws Exception {
        DoubleUnaryOperator load = t -> 0.5 + 0.45 * Math.sin(t * Math.PI / 10);

        run(16, Machines.tdp(300), load, SECONDS + 1);
        JoulesTable.row("model-tdp, cpu of 300 W, waves", trueJoules, readJoules, gapSeconds);
        assertThat(readJoules).isEqualTo(trueJoules, within(0.015 * trueJoules));

        run(16, Machines.twoPoints(60, 210), load, SECONDS + 1);
        JoulesTable.row("model-calibrated, cpu of 60 to 210 W, waves", trueJoules, readJoules, gapSeconds);
        assertThat(readJoules).isEqualTo(trueJoules, within(0.015 * trueJoules));
    }

    @Test
    void pauseOfTheSampler_isAGap_andNothingIsInvented() throws Exception {
        run(2, ModelConstants.NONE, t -> 0.5, 40);
        JoulesTable.row("model-threads, cpu, sampler held up for 90 s", trueJoules, readJoules, gapSeconds);

        assertThat(gapSeconds).isBetween(90.0, 90.2);
        assertThat(readJoules).isEqualTo(trueJoules, within(0.015 * trueJoules));
    }

    /** Ticks for the whole time but for 90 s after a moment; the truth is that of the ticks whose energy is known. */
    private void run(int threads, ModelConstants constants, DoubleUnaryOperator loadAtSeconds, double pauseAfter)
            throws Exception {
        Path procRoot = Files.createTempDirectory(root, "proc");
        HostFacts facts = Machines.facts("GenuineIntel", threads, 32 * Machines.GB);
        PowerModel model = PowerModel.of(facts, constants, constants.tdpWatts().orElse(0));
        trueJoules = 0;
        readJoules = 0;
        gapSeconds = 0;
        try (ProcStatWriter stat = new ProcStatWriter(procRoot, threads, loadAtSeconds);
                SampledCpuClock clock = SampledCpuClock.open(procRoot, threads)) {
            EnergyCounter cpu = new ModelledEnergySource()
                    .discover(Machines.context(root, clock, facts, constants))
                    .counters()
                    .get(0);
            double lastSeconds = 0;
            for (int tick = 0; tick * TICK_SECONDS <= SECONDS; tick++) {
                double seconds = tick * TICK_SECONDS + (tick * TICK_SECONDS > pauseAfter ? 90 : 0);
                stat.advanceTo(seconds);
                long now = Math.round(seconds * 1e9);
                clock.refresh(now);
                long microjoules = cpu.advance(now);
                if (microjoules != EnergyCounter.UNKNOWN) {
                    readJoules += microjoules / 1e6;
                    double step = (seconds - lastSeconds) / 10;
                    for (int i = 0; i < 10; i++) {
                        trueJoules += step
                                * model.processorWatts(loadAtSeconds.applyAsDouble(lastSeconds + (i + 0.5) * step));
                    }
                } else {
                    gapSeconds += seconds - lastSeconds;
                }
                lastSeconds = seconds;
            }
        }
    }
}
