package io.inferwatt.core.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CounterWindowTest {

    private static final long TICK = 10_000_000;

    private final CounterWindow window = new CounterWindow();
    private final TickFeatures tick = new TickFeatures();

    private void add(int number) {
        tick.nanos = number * TICK;
        tick.seconds = 0.01;
        tick.keys = 2;
        tick.cpuSeconds[1] = 0.001 * number;
        window.add(tick);
    }

    @Test
    void counterThatMovesInEveryTick_hasTheTicksForWindows() {
        for (int i = 1; i < 10; i++) {
            add(i);
            window.close(tick);
            assertThat(window.isSlow()).isFalse();
            assertThat(window.fromNanos(0)).isEqualTo((i - 1) * TICK);
            assertThat(window.untilNanos()).isEqualTo(i * TICK);
            assertThat(window.features().cpuSeconds[1]).isCloseTo(0.001 * i, within(1e-12));
            window.next(2);
        }
    }

    @Test
    void slowCounter_movedHalfWayInItsTick_whichBothWindowsShare() {
        for (int i = 1; i <= 4; i++) {
            add(i);
        }
        window.close(tick);
        assertThat(window.untilNanos()).isEqualTo(4 * TICK - TICK / 2);
        assertThat(window.features().seconds).isCloseTo(0.035, within(1e-9));
        assertThat(window.features().cpuSeconds[1]).isCloseTo(0.001 * (1 + 2 + 3 + 4 / 2.0), within(1e-9));
        window.next(2);
        for (int i = 5; i <= 6; i++) {
            add(i);
        }
        window.close(tick);
        assertThat(window.fromNanos(0)).isEqualTo(4 * TICK - TICK / 2);
        assertThat(window.untilNanos()).isEqualTo(6 * TICK - TICK / 2);
        assertThat(window.features().cpuSeconds[1]).isCloseTo(0.001 * (4 / 2.0 + 5 + 6 / 2.0), within(1e-9));
    }

    @Test
    void windowsFollowEachOtherWithoutGap_andNothingIsCountedTwice() {
        Random random = new Random(7);
        double cpu = 0;
        double all = 0;
        long until = 0;
        for (int i = 1; i < 2_000; i++) {
            add(i);
            all += 0.001 * i;
            if (random.nextInt(3) == 0) {
                window.close(tick);
                assertThat(window.fromNanos(0)).isEqualTo(until);
                until = window.untilNanos();
                cpu += window.features().cpuSeconds[1];
                window.next(2);
            }
        }
        window.close(tick);
        assertThat(cpu + window.features().cpuSeconds[1]).isBetween(all - 0.001 * 2_000, all + 1e-6);
    }

    @Test
    void droppedTime_isInNoWindow() {
        add(1);
        add(2);
        assertThat(window.drop(2)).isCloseTo(0.02, within(1e-9));
        add(4);
        window.close(tick);
        assertThat(window.fromNanos(0)).isEqualTo(3 * TICK);
        assertThat(window.features().cpuSeconds[1]).isCloseTo(0.004, within(1e-12));
    }
}
