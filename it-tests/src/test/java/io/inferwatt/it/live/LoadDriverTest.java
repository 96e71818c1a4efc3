package io.inferwatt.it.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadDriverTest {

    private static final long WORK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    @TempDir
    Path folder;

    /** This thread calls the model; 1000 W in calls, nothing else draws anything. */
    @Test
    void counter_followsTheWorkInsideCalls_andNotThatBetweenThem() throws Exception {
        FakeZone zone = FakeZone.in(folder);
        CallBoard board = CallBoard.open(folder.resolve("board"));
        long before = shown(zone);
        long inside;
        double joules;
        try (LoadDriver driver = LoadDriver.start(PowerLaw.of("1000;0;0;0"), zone)) {
            driver.follow(ProcessHandle.current().pid());
            driver.assign(List.of(new ModelThread(NativeTasks.current(), 0, 0)), board);
            work();
            long begin = cpuNanos();
            board.begin(0, begin);
            work();
            long end = cpuNanos();
            board.end(0, end);
            work();
            inside = end - begin;
            joules = 1000 * inside / 1e9;
            awaitJoules(driver, joules - 1e-6);
        }
        assertThat(inside).isGreaterThanOrEqualTo(WORK_NANOS);
        assertThat((shown(zone) - before) / 1e6).isCloseTo(joules, within(1e-5));
    }

    private static void awaitJoules(LoadDriver driver, double joules) throws Exception {
        long begin = System.nanoTime();
        while (driver.at(Double.MAX_VALUE).models().get(0) < joules) {
            assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(20));
            LockSupport.parkNanos(WORK_NANOS / 100);
        }
    }

    private static long shown(FakeZone zone) throws Exception {
        return Long.parseLong(Files.readString(zone.counter()).trim());
    }

    private static void work() {
        long until = cpuNanos() + WORK_NANOS;
        while (cpuNanos() < until) {
            Thread.onSpinWait();
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
