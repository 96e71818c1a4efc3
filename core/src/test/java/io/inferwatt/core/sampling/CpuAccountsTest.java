package io.inferwatt.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.attribution.TickFeatures;
import io.inferwatt.core.call.CallDrain;
import io.inferwatt.core.call.Calls;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.host.HostCpuClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CpuAccountsTest {

    private static final long SECOND = 1_000_000_000;
    private static final long STEP = 10_000_000;

    private long processNanos;
    private long busyNanos;
    private long totalNanos;

    private final HostCpuClock host = new HostCpuClock() {
        @Override
        public long busyNanos() {
            return busyNanos / STEP * STEP;
        }

        @Override
        public long totalNanos() {
            return totalNanos / STEP * STEP;
        }
    };

    private final CpuClocks clocks = new CpuClocks() {
        @Override
        public long processNanos() {
            return processNanos / STEP * STEP;
        }

        @Override
        public TaskClock open(int tid, Path taskFolder) throws IOException {
            throw new IOException("no native threads here");
        }

        @Override
        public Duration shortestTick() {
            return Duration.ofMillis(50);
        }
    };

    @Test
    void clocksWithCoarseSteps_neverGiveNegativeTime_andTheTotalsAreRight() {
        Calls calls = new Calls();
        CpuAccounts cpu = new CpuAccounts(calls, clocks, host, LocalServersOf.noProc(calls));
        CallDrain drain = new CallDrain();
        TickFeatures tick = new TickFeatures();
        long now = 5 * SECOND;
        calls.drain(drain, now);
        cpu.start(drain);
        Random random = new Random(3);
        double runtime = 0;
        double other = 0;
        double seconds = 0;
        for (int i = 0; i < 1_000; i++) {
            now += 50_000_000;
            int ours = random.nextInt(30_000_000);
            processNanos += ours;
            busyNanos += ours + random.nextInt(40_000_000);
            totalNanos += 400_000_000;
            calls.drain(drain, now);
            cpu.fill(drain, tick);
            assertThat(tick.runtimeCpuSeconds).isGreaterThanOrEqualTo(0);
            assertThat(tick.otherCpuSeconds).isGreaterThanOrEqualTo(0);
            assertThat(tick.hostLoad).isBetween(0.0, 1.0);
            runtime += tick.runtimeCpuSeconds;
            other += tick.otherCpuSeconds;
            seconds += tick.seconds;
        }
        assertThat(seconds).isCloseTo(50, within(1e-6));
        assertThat(runtime).isCloseTo(processNanos / 1e9, within(0.02));
        assertThat(other).isCloseTo((busyNanos - processNanos) / 1e9, within(0.02));
    }

    @Test
    void callsThatWait_getNoMoreThanTheProcessUsed_andTheRuntimeIsNotInDebtAfterwards() {
        Calls calls = new Calls();
        int key = calls.key(ModelKey.of("remote"));
        processNanos = 3 * SECOND;
        CpuAccounts cpu = new CpuAccounts(calls, clocks, host, LocalServersOf.noProc(calls));
        CallDrain drain = new CallDrain();
        TickFeatures tick = new TickFeatures();
        long now = System.nanoTime();
        calls.drain(drain, now);
        cpu.start(drain);
        // No clock of its threads: only the time in flight is known.
        InferenceCall waiting = calls.start("client", key, 1);
        double billed = 0;
        for (int i = 0; i < 20; i++) {
            now += 10 * SECOND;
            processNanos += SECOND / 10;
            calls.drain(drain, now);
            cpu.fill(drain, tick);
            billed += tick.cpuSeconds[key];
        }
        assertThat(billed).isBetween(1.9, 2.03);
        calls.finish(waiting, Outcome.OK);
        now += SECOND;
        processNanos += SECOND;
        calls.drain(drain, now);
        cpu.fill(drain, tick);
        assertThat(tick.cpuSeconds[key]).isZero();
        assertThat(tick.runtimeCpuSeconds).isCloseTo(1, within(0.02));
    }

    @Test
    void callsOfARemoteModelThatWait_getNothing_andAreInFlightForNobodyElse() {
        Calls calls = new Calls();
        int key = calls.key(ModelKey.remote("gpt-4o", "chat"));
        processNanos = 3 * SECOND;
        CpuAccounts cpu = new CpuAccounts(calls, clocks, host, LocalServersOf.noProc(calls));
        CallDrain drain = new CallDrain();
        TickFeatures tick = new TickFeatures();
        long now = System.nanoTime();
        calls.drain(drain, now);
        cpu.start(drain);
        InferenceCall waiting = calls.start("client", key, 1);
        double runtime = 0;
        for (int i = 0; i < 20; i++) {
            now += 10 * SECOND;
            processNanos += SECOND / 10;
            calls.drain(drain, now);
            cpu.fill(drain, tick);
            runtime += tick.runtimeCpuSeconds;
            assertThat(tick.cpuSeconds[key]).isZero();
            assertThat(tick.inFlightSeconds[key]).isZero();
            assertThat(tick.unitSeconds[key]).isZero();
            assertThat(tick.remoteSeconds[key]).isPositive();
            assertThat(tick.remote[key]).isTrue();
        }
        calls.finish(waiting, Outcome.OK);
        assertThat(runtime).isCloseTo(2, within(0.05));
    }

    @Test
    void clockOfTheMachineThatBeginsAtZero_doesNotKeepOtherProcessesFromTheirTime() {
        processNanos = 3_600 * SECOND;
        Calls calls = new Calls();
        CpuAccounts cpu = new CpuAccounts(calls, clocks, host, LocalServersOf.noProc(calls));
        CallDrain drain = new CallDrain();
        TickFeatures tick = new TickFeatures();
        calls.drain(drain, SECOND);
        cpu.start(drain);
        busyNanos += 2 * SECOND;
        totalNanos += 4 * SECOND;
        processNanos += SECOND;
        calls.drain(drain, 2 * SECOND);
        cpu.fill(drain, tick);
        assertThat(tick.otherCpuSeconds).isCloseTo(1, within(1e-6));
        assertThat(tick.runtimeCpuSeconds).isCloseTo(1, within(1e-6));
        assertThat(tick.hostLoad).isCloseTo(0.5, within(1e-6));
        calls.drain(drain, 3 * SECOND);
        cpu.fill(drain, tick);
        assertThat(tick.hostLoad).as("the clock stands still").isNaN();
    }

    @Test
    void level_followsATotalThatFellByMoreThanClocksWaver() {
        HighWater level = new HighWater(10);
        assertThat(level.rise(-500)).isZero();
        assertThat(level.rise(-400)).isEqualTo(100);
        assertThat(level.rise(-405)).isZero();
        assertThat(level.rise(-390)).isEqualTo(10);
        assertThat(level.rise(-9_000)).isZero();
        assertThat(level.rise(-8_900)).isEqualTo(90);
    }
}
