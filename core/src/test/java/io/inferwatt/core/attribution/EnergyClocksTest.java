package io.inferwatt.core.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.call.KeyTable;
import org.junit.jupiter.api.Test;

class EnergyClocksTest {

    private static final long TICK = 50_000_000;

    private final double[] unitSeconds = new double[KeyTable.CAPACITY];
    private final EnergyClocks.Reading reading = new EnergyClocks.Reading();

    /** A clock of key 1 that runs 2 J a tick from a time at which nanoTime is about to wrap around. */
    private EnergyClocks running(long start, int ticks, long reach) {
        EnergyClocks clocks = new EnergyClocks(reach);
        clocks.start(start);
        unitSeconds[1] = TICK / 1e9;
        for (int i = 1; i <= ticks; i++) {
            long now = start + i * TICK;
            clocks.tick(now, unitSeconds, 3);
            clocks.spread(now - TICK, now, 1, amounts(2, 1));
            clocks.known(now - TICK, now);
        }
        return clocks;
    }

    static double[] amounts(double dynamic, double idle) {
        double[] amounts = new double[Lanes.COUNT];
        amounts[Lanes.DYNAMIC] = dynamic;
        amounts[Lanes.IDLE] = idle;
        return amounts;
    }

    @Test
    void withinATick_theClockRunsEvenly() {
        long start = Long.MAX_VALUE - 3 * TICK;
        EnergyClocks clocks = running(start, 10, 600_000_000_000L);
        clocks.at(start + 4 * TICK + TICK / 4, 1, reading);
        assertThat(reading.perUnit[Lanes.DYNAMIC]).isCloseTo(8.5, within(1e-9));
        assertThat(reading.perUnit[Lanes.IDLE]).isCloseTo(4.25, within(1e-9));
        assertThat(reading.knownSeconds).isCloseTo(4.25 * 0.05, within(1e-9));
        clocks.at(start + 4 * TICK, 2, reading);
        assertThat(reading.perUnit[Lanes.DYNAMIC]).isZero();
    }

    @Test
    void beyondTheFineRing_theCoarseOneAnswers_asFarAsACallMayReach() {
        int ticks = 11_000; // 550 s
        EnergyClocks clocks = running(0, ticks, 600_000_000_000L);
        for (long tick : new long[] {1, 7, 333, 5_000, ticks - EnergyClocks.FINE - 3, ticks - 2}) {
            clocks.at(tick * TICK, 1, reading);
            assertThat(reading.perUnit[Lanes.DYNAMIC]).as("tick " + tick).isCloseTo(2.0 * tick, within(1e-6));
        }
    }

    /**
     * One call, then ten at once, then one again: where the load changes, the clock of a unit runs at another pace, and a begin that is
     * interpolated there is wrong by a part of a step.
     */
    @Test
    void callsLongerThanTheFineRing_addUpToWhatWasDrawn_whateverTheLoadWas() {
        long tick = 20_000_000;
        for (int seconds : new int[] {11, 13, 30, 100, 400}) {
            int ticks = seconds * 50;
            EnergyClocks clocks = new EnergyClocks(600_000_000_000L);
            clocks.start(0);
            double settled = 0;
            double drawn = 0;
            for (int block = 0; block < 12; block++) {
                int calls = block % 2 == 0 ? 1 : 10;
                unitSeconds[1] = calls * tick / 1e9;
                long begin = block * ticks * tick;
                for (int i = 1; i <= ticks; i++) {
                    long now = begin + i * tick;
                    clocks.tick(now, unitSeconds, 3);
                    clocks.spread(now - tick, now, 1, amounts(1, 0));
                }
                double before = clocks.at(begin, 1, reading).perUnit[Lanes.DYNAMIC];
                double after = clocks.at(begin + ticks * tick, 1, reading).perUnit[Lanes.DYNAMIC];
                double ofBlock = calls * (after - before);
                assertThat(ofBlock)
                        .as("calls of %s s, block %s", seconds, block)
                        .isCloseTo(ticks, within(0.05 * ticks));
                settled += ofBlock;
                drawn += ticks;
            }
            assertThat(settled).as("calls of %s s", seconds).isCloseTo(drawn, within(0.02 * drawn));
        }
    }

    @Test
    void outsideWhatIsKept_theNearestKeptReadingCounts() {
        EnergyClocks clocks = running(0, 20_000, 60_000_000_000L);
        clocks.at(-5, 1, reading);
        assertThat(reading.perUnit[Lanes.DYNAMIC]).isPositive();
        clocks.at(50_000 * TICK, 1, reading);
        assertThat(reading.perUnit[Lanes.DYNAMIC]).isEqualTo(40_000);
    }

    @Test
    void betweenTheRings_theClockIsDrawnStraightAcross() {
        int ticks =
                2_000; // 100 s, of which the fine ring keeps the last 25.6 s, the next one a reading every 8 s before
        // them
        EnergyClocks clocks = running(0, ticks, 24 * 3_600_000_000_000L);
        for (long tick : new long[] {1_000, 1_460, 1_470, 1_480, 1_487}) {
            clocks.at(tick * TICK, 1, reading);
            assertThat(reading.perUnit[Lanes.DYNAMIC]).as("tick " + tick).isCloseTo(2.0 * tick, within(1e-6));
            assertThat(reading.perUnit[Lanes.IDLE]).as("tick " + tick).isCloseTo(tick, within(1e-6));
            assertThat(reading.knownSeconds).as("tick " + tick).isCloseTo(tick * 0.05, within(1e-6));
        }
    }
}
