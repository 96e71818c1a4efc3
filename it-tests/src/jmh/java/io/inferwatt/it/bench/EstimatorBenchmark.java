package io.inferwatt.it.bench;

import io.inferwatt.core.attribution.regression.RegressionBank;
import java.io.IOException;
import java.util.Collection;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What learning costs in a tick: one observation in the regression's three memories, of ticks of 20 ms in which each model
 * works now and then or always. The time printed is that of one memory, a third of it. And how long it takes to tell how
 * sure the weights are, which happens every five seconds.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EstimatorBenchmark {

    private static final int MEMORIES = 3;

    public static void main(String[] arguments) throws RunnerException, IOException {
        System.out.println(Machine.describe());
        System.out.println();
        System.out.println("| | models | active in % of ticks | µs, median of iterations | fastest, slowest | B/op |");
        System.out.println("|---|---|---|---|---|---|");
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(EstimatorBenchmark.class.getName())
                        .addProfiler(GCProfiler.class)
                        .jvmArgsAppend(JmhOptions.quiet())
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        for (RunResult result : results) {
            var time = result.getPrimaryResult().getStatistics();
            String name = result.getPrimaryResult().getLabel();
            double each = name.equals("observe") ? 1e3 * MEMORIES : 1e3;
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | %.2f | %.2f, %.2f | %.4f |%n",
                    name,
                    result.getParams().getParam("models"),
                    result.getParams().getParam("activePercent"),
                    time.getPercentile(50) / each,
                    time.getMin() / each,
                    time.getMax() / each,
                    result.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
        }
    }

    /** A processor whose models draw 5 to 40 W a core, with some noise that no column explains. */
    @State(Scope.Thread)
    public static class Learning {

        private static final double SECONDS = 0.02;
        private static final double QUANTUM_JOULES = 61e-6;
        private static final double IDLE_WATTS = 40;
        private static final int CAPACITY = 68;

        /** Idle, the rest of the JVM, other processes, anything in flight. */
        private static final int BEFORE_MODELS = 4;

        private static final int TICKS = 4096;

        @Param({"4", "8", "16", "64"})
        int models;

        @Param({"30", "100"})
        int activePercent;

        private final double[][] x = new double[TICKS][];
        private final double[] joules = new double[TICKS];
        private RegressionBank bank = new RegressionBank(CAPACITY);
        private int columns;
        private int next;

        @Setup
        public void learn() {
            Random random = new Random(1);
            columns = BEFORE_MODELS + models;
            for (int tick = 0; tick < TICKS; tick++) {
                fill(tick, random);
            }
            bank = new RegressionBank(CAPACITY);
            bank.setAnchor(0, IDLE_WATTS, 0.03 * IDLE_WATTS);
            for (int i = 1; i < columns; i++) {
                bank.setPrior(i, 20, 10);
            }
            for (int tick = 0; tick < TICKS; tick++) {
                step();
            }
        }

        private void fill(int tick, Random random) {
            x[tick] = new double[columns];
            x[tick][0] = SECONDS;
            x[tick][1] = 0.1 * SECONDS * random.nextDouble();
            x[tick][2] = SECONDS * random.nextDouble();
            double y = IDLE_WATTS * SECONDS + 15 * x[tick][1] + 15 * x[tick][2];
            boolean busy = false;
            for (int model = 0; model < models; model++) {
                if (random.nextInt(100) < activePercent) {
                    busy = true;
                    double work = SECONDS * random.nextDouble();
                    x[tick][BEFORE_MODELS + model] = work;
                    y += (5 + model % 36) * work;
                }
            }
            x[tick][3] = busy ? SECONDS : 0;
            joules[tick] = y * (1 + 0.02 * random.nextGaussian());
        }

        void step() {
            bank.observe(x[next], columns, joules[next], SECONDS, QUANTUM_JOULES);
            next = (next + 1) % TICKS;
        }
    }

    @Benchmark
    public double observe(Learning learning) {
        learning.step();
        return learning.bank.weight(0);
    }

    @Benchmark
    public double posterior(Learning learning) {
        return learning.bank.posterior(learning.columns).standardError(0);
    }
}
