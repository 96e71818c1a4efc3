package io.inferwatt.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuClockTest {

    private static final long STEP = 10_000_000L;
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path procRoot;

    @Test
    void refresh_procStat_countsStealNeitherAsBusyNorAsMissing() throws Exception {
        stat("cpu  100 20 30 4000 50 6 7 80 90 10");
        try (SampledCpuClock clock = SampledCpuClock.open(procRoot, 2)) {
            clock.refresh(0);

            assertThat(clock.busyNanos()).isEqualTo((100 + 20 + 30 + 6 + 7) * STEP);
            assertThat(clock.totalNanos()).isEqualTo((100 + 20 + 30 + 4000 + 50 + 6 + 7 + 80) * STEP);
        }
    }

    @Test
    void values_betweenTwoRefreshes_holdStill() throws Exception {
        stat("cpu  100 0 0 900 0 0 0 0 0 0");
        try (SampledCpuClock clock = SampledCpuClock.open(procRoot, 2)) {
            clock.refresh(0);
            stat("cpu  150 0 0 950 0 0 0 0 0 0");
            assertThat(clock.busyNanos()).isEqualTo(100 * STEP);

            clock.refresh(SECOND);
            assertThat(clock.busyNanos()).isEqualTo(150 * STEP);
            assertThat(clock.totalNanos()).isEqualTo(1100 * STEP);
        }
    }

    @Test
    void refresh_soonAfterAReading_carriesOnAtTheRatesOfBefore_andTheNextReadingIsExact() throws Exception {
        long tick = 20_000_000;
        stat("cpu  100 0 0 900 0 0 0 0 0 0");
        try (SampledCpuClock clock = SampledCpuClock.open(procRoot, 2)) {
            clock.refresh(0);
            stat("cpu  103 0 0 909 0 0 0 0 0 0");
            clock.refresh(3 * tick);
            stat("cpu  109 0 0 915 0 0 0 0 0 0");
            clock.refresh(4 * tick);
            assertThat(clock.busyNanos()).isEqualTo(104 * STEP);
            assertThat(clock.totalNanos()).isEqualTo(1016 * STEP);
            clock.refresh(5 * tick);
            assertThat(clock.busyNanos()).isEqualTo(105 * STEP);

            clock.refresh(6 * tick);
            assertThat(clock.busyNanos()).isEqualTo(109 * STEP);
            assertThat(clock.totalNanos()).isEqualTo(1024 * STEP);
            clock.refresh(7 * tick);
            clock.refresh(8 * tick);
            assertThat(clock.busyNanos()).isEqualTo(113 * STEP);

            stat("cpu  110 0 0 926 0 0 0 0 0 0");
            clock.refresh(9 * tick);
            assertThat(clock.busyNanos()).as("never steps back").isEqualTo(113 * STEP);
            assertThat(clock.totalNanos()).isEqualTo(1036 * STEP);
        }
    }

    @Test
    void refresh_columnStepsBack_neverDecreases() throws Exception {
        stat("cpu  100 0 0 900 50 0 0 0 0 0");
        try (SampledCpuClock clock = SampledCpuClock.open(procRoot, 2)) {
            clock.refresh(0);
            stat("cpu  99 0 0 910 40 0 0 0 0 0");
            clock.refresh(SECOND);

            assertThat(clock.busyNanos()).isEqualTo(100 * STEP);
            assertThat(clock.totalNanos()).isEqualTo(1060 * STEP);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cpu", "cpu0 1 2 3 4 5 6 7 8", "cpu  12 x 4 5", "cpu  1 2", "cpu  1 2 3 4"})
    void refresh_brokenLine_keepsTheValues(String broken) throws Exception {
        stat("cpu  100 0 0 900 0 0 0 0 0 0");
        try (SampledCpuClock clock = SampledCpuClock.open(procRoot, 2)) {
            clock.refresh(0);
            Files.writeString(procRoot.resolve("stat"), broken);
            clock.refresh(SECOND);

            assertThat(clock.busyNanos()).isEqualTo(100 * STEP);
            assertThat(clock.totalNanos()).isEqualTo(1000 * STEP);
        }
    }

    @Test
    void refresh_shortLineOfAnOldKernel_isRead() throws Exception {
        stat("cpu  1 2 3 4");
        try (SampledCpuClock clock = SampledCpuClock.open(procRoot, 2)) {
            clock.refresh(0);

            assertThat(clock.busyNanos()).isEqualTo(6 * STEP);
            assertThat(clock.totalNanos()).isEqualTo(10 * STEP);
        }
    }

    @Test
    void open_withoutProcStat_takesTheLoadOfTheJvmsBean() {
        try (SampledCpuClock clock = SampledCpuClock.open(procRoot, 2)) {
            assertThat(clock).isInstanceOf(OsBeanCpuClock.class);
            clock.refresh(0);
            clock.refresh(SECOND);

            assertThat(clock.busyNanos()).isBetween(0L, clock.totalNanos());
            assertThat(clock.totalNanos()).isIn(0L, 2 * SECOND);
        }
    }

    @Test
    void refresh_bean_multipliesLoadByTimeAndThreads() {
        double[] load = {0.5};
        OsBeanCpuClock clock = new OsBeanCpuClock(4, () -> load[0]);
        clock.refresh(7 * SECOND);
        clock.refresh(8 * SECOND);
        assertThat(clock.busyNanos()).isEqualTo(2 * SECOND);
        assertThat(clock.totalNanos()).isEqualTo(4 * SECOND);

        load[0] = Double.NaN;
        clock.refresh(9 * SECOND);
        load[0] = -1;
        clock.refresh(10 * SECOND);
        assertThat(clock.totalNanos()).isEqualTo(4 * SECOND);
    }

    private void stat(String firstLine) throws IOException {
        Files.writeString(procRoot.resolve("stat"), firstLine + "\ncpu0 1 2 3 4 5 6 7 8 9 10\nintr 12345\n");
    }
}
