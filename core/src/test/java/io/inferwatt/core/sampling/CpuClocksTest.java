package io.inferwatt.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CpuClocksTest {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void processAndThreadClocks_followTheWork(boolean nativeWanted) throws IOException {
        Path self = Path.of("/proc/thread-self");
        assumeTrue(Files.exists(self), "skipped: there is no /proc/thread-self here");
        CpuClocks clocks = CpuClocks.ofThisProcess(nativeWanted);
        int tid = Integer.parseInt(self.toRealPath().getFileName().toString());
        try (TaskClock clock = clocks.open(tid, self.toRealPath())) {
            long process = clocks.processNanos();
            long thread = clock.nanos();
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            double x = 2;
            while (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu < 60_000_000) {
                x = Math.sqrt(x + 1);
            }
            assertThat(x).isPositive();
            // 60 ms of work less the 10 ms steps of the process and the 5 ms lag of schedstat.
            assertThat(clocks.processNanos() - process).isGreaterThanOrEqualTo(40_000_000);
            assertThat(clock.nanos() - thread).isGreaterThanOrEqualTo(40_000_000);
        }
    }

    @Test
    void nativeClocks_areUsedWhereWantedAndPossible_andAllowAShorterTick() {
        boolean possible = Runtime.version().feature() >= 22
                && System.getProperty("os.name").equals("Linux");
        assertThat(CpuClocks.ofThisProcess(true).shortestTick()).isEqualTo(Duration.ofMillis(possible ? 20 : 50));
    }

    @Test
    void threadThatDoesNotExist_isAnError_notZero() {
        for (boolean nativeWanted : new boolean[] {false, true}) {
            CpuClocks clocks = CpuClocks.ofThisProcess(nativeWanted);
            assertThatThrownBy(() -> clocks.open(4_000_000, Path.of("/proc/self/task/4000000"))
                            .nanos())
                    .isInstanceOf(IOException.class);
        }
    }
}
