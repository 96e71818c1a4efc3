package io.inferwatt.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.report.MeterSnapshot.OwnCost;
import io.inferwatt.core.report.MeterSnapshot.TickTotals;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OwnCostsTest {

    private static void spin(long cpuNanos) {
        long until = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() + cpuNanos;
        while (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() < until) {
            Thread.onSpinWait();
        }
    }

    /** The clocks of threads and of the runtime differ: the meter may seem to have used more than the whole runtime. */
    @Test
    void joulesOfTheMeter_areNeverMoreThanThoseOfTheRuntime_andNeverFall() {
        long seed = Long.getLong("own.seed", 5);
        Random random = new Random(seed);
        OwnThreads threads = new OwnThreads();
        threads.add(Thread.currentThread());
        OwnCosts costs = new OwnCosts(threads);
        costs.start();
        double runtimeJoules = 0;
        OwnCost before = costs.cost(TickTotals.NONE);
        for (int second = 0; second < 300; second++) {
            for (int tick = 0; tick < 3; tick++) {
                long microjoules = random.nextInt(2_000_000);
                runtimeJoules += microjoules / 1e6;
                costs.add(microjoules, random.nextInt(4) == 0 ? 0 : 1e-3 * random.nextDouble());
            }
            spin(random.nextInt(1_000_000));
            costs.secondPassed();
            OwnCost now = costs.cost(TickTotals.NONE);
            assertThat(now.joules())
                    .as("seed %s, second %s", seed, second)
                    .isBetween(before.joules(), runtimeJoules + 1e-9);
            assertThat(now.cpuSeconds()).isGreaterThanOrEqualTo(before.cpuSeconds());
            before = now;
        }
        assertThat(before.joules()).isPositive();
    }
}
