package io.inferwatt.it.bench;

import io.inferwatt.core.call.CallDrain;
import io.inferwatt.core.call.Calls;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.ThreadClock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
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
 * Begin and end of a call, as advice does it. A benchmark invocation is {@value #BATCH} calls, less than a ring holds, with
 * the ring emptied before: every call writes its record, which is the dearer way.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class CallsBenchmark {

    private static final int BATCH = 1024;
    private static final long ROWS = 8;

    private static final String ALL = CallsBenchmark.class.getName() + "\\.";
    private static final String BEGIN_END = ALL + "beginEnd$";
    private static final int FIRST_RELEASE_WITH_VIRTUAL = 21;

    public static void main(String[] arguments) throws RunnerException, IOException {
        System.out.println(Machine.describe());
        System.out.println();
        System.out.println(
                "| | threads | ns, median of iterations | fastest, slowest | ns a call and processor | B/op |");
        System.out.println("|---|---|---|---|---|---|");
        for (String threads : System.getProperty("bench.threads", "1;2;8").split(";", -1)) {
            int count = Integer.parseInt(threads);
            run(count, count == 1 ? ALL : BEGIN_END, "");
            if (Runtime.version().feature() >= FIRST_RELEASE_WITH_VIRTUAL) {
                run(count, BEGIN_END, " virtual", "-Djmh.executor=VIRTUAL");
            }
        }
    }

    private static void run(int threads, String benchmarks, String kind, String... options) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(benchmarks)
                        .threads(threads)
                        .forks(Integer.getInteger("bench.forks", 2))
                        .addProfiler(GCProfiler.class)
                        .jvmArgsAppend(JmhOptions.quiet(options))
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        // More platform threads than processors interrupt each other, which is no cost of a call; virtual ones do not.
        int processors = Runtime.getRuntime().availableProcessors();
        double shared = options.length > 0 ? 1 : (double) Math.min(threads, processors) / threads;
        for (RunResult result : results) {
            var time = result.getPrimaryResult().getStatistics();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d%s | %.1f | %.1f, %.1f | %.1f | %.4f |%n",
                    result.getPrimaryResult().getLabel(),
                    threads,
                    kind,
                    time.getPercentile(50),
                    time.getMin(),
                    time.getMax(),
                    time.getPercentile(50) * shared,
                    result.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
        }
    }

    /** Records that all threads share. The first key is short by the sampler's rule, the second is not. */
    @State(Scope.Benchmark)
    public static class Recorded {

        final Calls calls = new Calls();
        final int shortKey = calls.key(ModelKey.of("short"));
        final int longKey = calls.key(ModelKey.of("long"));
        final CallDrain drain = new CallDrain();

        @Setup
        public void useClock() {
            calls.useClock(new BeanClock());
            calls.markShort(shortKey, true);
        }

        synchronized void drain() {
            calls.drain(drain, System.nanoTime());
        }
    }

    /** Empties the rings before each batch. */
    @State(Scope.Thread)
    public static class EmptyRings {

        @Setup(Level.Invocation)
        public void drain(Recorded recorded) {
            recorded.drain();
        }
    }

    /** For comparison: the two clock reads that no recording can do without. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long twoClockReads() {
        long sum = 0;
        for (int i = 0; i < BATCH; i++) {
            sum -= System.nanoTime();
            sum += System.nanoTime();
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void beginEnd(Recorded recorded, EmptyRings rings) {
        for (int i = 0; i < BATCH; i++) {
            InferenceCall call = recorded.calls.start("onnxruntime", recorded.shortKey, ROWS);
            recorded.calls.finish(call, Outcome.OK);
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void beginEndWithThreadClock(Recorded recorded, EmptyRings rings) {
        for (int i = 0; i < BATCH; i++) {
            InferenceCall call = recorded.calls.start("onnxruntime", recorded.longKey, ROWS);
            recorded.calls.finish(call, Outcome.OK);
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void beginEndWithOneInside(Recorded recorded, EmptyRings rings) {
        for (int i = 0; i < BATCH; i++) {
            InferenceCall outer = recorded.calls.start("djl", recorded.shortKey, ROWS);
            InferenceCall inner = recorded.calls.start("onnxruntime", recorded.shortKey, ROWS);
            recorded.calls.finish(inner, Outcome.OK);
            recorded.calls.finish(outer, Outcome.OK);
        }
    }

    /** The clock that the meter uses. */
    private static final class BeanClock implements ThreadClock {

        private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

        @Override
        public long currentNanos() {
            return threads.getCurrentThreadCpuTime();
        }

        @Override
        public long nanos(long threadId) {
            return threads.getThreadCpuTime(threadId);
        }
    }
}
