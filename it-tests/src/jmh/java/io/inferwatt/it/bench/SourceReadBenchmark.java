package io.inferwatt.it.bench;

import io.inferwatt.core.energy.EnergyCounter;
import io.inferwatt.core.energy.EnergyReadException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What one reading of a counter costs the sampler. Files lie in memory where there is such a folder: the kernel's own work
 * behind the real ones, an MSR read on another processor for instance, is not in the figure. Nothing writes meanwhile, and
 * the time that counters are told moves by {@value #STEP_NANOS} ns a reading, so that in each second of theirs the file of
 * a counter that stands still is opened anew, as in a running meter, but a thousand times as rarely.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SourceReadBenchmark {

    private static final long STEP_NANOS = 20_000;

    public static void main(String[] arguments) throws RunnerException, IOException {
        System.out.println(Machine.describe());
        System.out.println();
        System.out.println("| counter | ns, median of iterations | fastest, slowest | B/op |");
        System.out.println("|---|---|---|---|");
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(SourceReadBenchmark.class.getName())
                        .addProfiler(GCProfiler.class)
                        .jvmArgsAppend(JmhOptions.quiet())
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        for (RunResult result : results) {
            var time = result.getPrimaryResult().getStatistics();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f, %.0f | %.4f |%n",
                    result.getParams().getParam("meter"),
                    time.getPercentile(50),
                    time.getMin(),
                    time.getMax(),
                    result.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
        }
    }

    /** One counter, or all of one source that a tick reads. */
    @State(Scope.Thread)
    public static class Read {

        @Param({"RAPL_1_ZONE", "RAPL_4_ZONES", "MODEL"})
        ReadableMeter meter;

        private List<EnergyCounter> counters = List.of();
        private long nowNanos;

        @Setup(Level.Trial)
        public void open() throws Exception {
            counters = meter.open();
        }

        @TearDown(Level.Trial)
        public void close() throws IOException {
            counters.forEach(EnergyCounter::close);
            meter.close();
        }

        long advance() throws EnergyReadException {
            nowNanos += STEP_NANOS;
            long microjoules = 0;
            for (int i = 0; i < counters.size(); i++) {
                microjoules += counters.get(i).advance(nowNanos);
            }
            return microjoules;
        }
    }

    @Benchmark
    public long advance(Read read) throws EnergyReadException {
        return read.advance();
    }
}
