package io.inferwatt.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class SelfLimiterTest {

    private static final long SECOND = 1_000_000_000;
    private static final long TICK = 20_000_000;
    private static final double ALLOWED = 0.02;
    private static final int WINDOW = SelfLimiter.WINDOW_SECONDS;
    private static final int START_UP = SelfLimiter.START_UP_SECONDS;

    private static final int WINDOWS = 400;

    /** From longer to shorter or back, in ten minutes. */
    private static final int MOST_TURNS = 6;

    private final List<String> lines = new ArrayList<>();
    private final SelfLimiter limiter = new SelfLimiter(ALLOWED, lines::add);
    private final Usage usage = new Usage(limiter);

    /** The clock of own processor time, driven by what the ticks in force cost. */
    private static final class Usage {

        private final SelfLimiter limiter;
        private long seconds;
        private long ownNanos = 7 * SECOND;
        private long samplerNanos = 3 * SECOND;
        private long dropped;
        private long calls;
        private long callsASecond;
        private double fullestRing;

        Usage(SelfLimiter limiter) {
            this.limiter = limiter;
            tell();
        }

        private void tell() {
            SelfLimiter.Used used = new SelfLimiter.Used(ownNanos, samplerNanos, dropped, calls);
            limiter.secondPassed(seconds * SECOND, used, fullestRing, TICK);
        }

        /**
         * Lets time pass.
         *
         * @param perTickNanos what a tick costs the sampler
         * @param samplerShare what else the sampler uses, as a share of a core
         * @param otherShare what other threads of the meter use
         */
        void pass(int howManySeconds, double perTickNanos, double samplerShare, double otherShare) {
            for (int i = 0; i < howManySeconds; i++) {
                double ticks = (double) SECOND / limiter.lengthened(TICK);
                long sampler = Math.round(ticks * perTickNanos + samplerShare * SECOND);
                samplerNanos += sampler;
                ownNanos += sampler + Math.round(otherShare * SECOND);
                seconds++;
                calls += callsASecond;
                tell();
            }
        }
    }

    /** Returns a limiter that has made ticks four times as long. */
    static SelfLimiter lengthenedTwice() {
        SelfLimiter limiter = new SelfLimiter(ALLOWED, line -> {});
        new Usage(limiter).pass(START_UP + 2 * WINDOW, 1_200_000, 0, 0);
        assertThat(limiter.lengthenings()).isEqualTo(2);
        return limiter;
    }

    @Test
    void withinTheLimit_nothingChanges_andNothingIsSaid() {
        usage.pass(20 * WINDOW, 380_000, 0.0005, 0.0005); // 1.9 + 0.1 %

        assertThat(limiter.share()).isBetween(0.0199, 0.0201);
        assertThat(limiter.lengthened(TICK)).isEqualTo(TICK);
        assertThat(lines).isEmpty();
    }

    @Test
    void firstMinute_doesNotCount_andTheFirstWindowIsUnknown() {
        assertThat(limiter.share()).isNaN();
        usage.pass(START_UP, 5_000_000, 0.5, 0.5);
        assertThat(limiter.share()).isBetween(1.2, 1.3);
        usage.pass(10 * WINDOW, 100_000, 0, 0);

        assertThat(limiter.lengthenings()).isZero();
        assertThat(lines).isEmpty();
    }

    @Test
    void beyondTheLimit_ticksAreDoubledUntilItHolds_andOneLineTells() {
        usage.pass(START_UP + WINDOW, 1_000_000, 0, 0.001); // 5.1 %
        assertThat(limiter.lengthened(TICK)).isEqualTo(2 * TICK);
        usage.pass(10 * WINDOW, 1_000_000, 0, 0.001);

        assertThat(limiter.lengthened(TICK)).isEqualTo(4 * TICK);
        assertThat(limiter.lengthenings()).isEqualTo(2);
        assertThat(limiter.share()).isBetween(0.0134, 0.0136);
        assertThat(lines)
                .containsExactly(
                        "agent.cpu.max: the meter used 5.1 % of a core in the last 30 s, allowed are 2.0 %; while"
                                + " models run it now samples every 40 ms instead of 20 ms: sums of energy stay exact, how they"
                                + " divide among models and requests gets coarser; further changes are not logged,"
                                + " inferwatt_agent_tick_interval_seconds shows them");
    }

    @Test
    void tick_isNeverLongerThanASecond() {
        usage.pass(START_UP + 50 * WINDOW, 50_000_000, 0, 0); // 250 %, at a second still 5 %

        assertThat(limiter.lengthened(TICK)).isEqualTo(SECOND);
        assertThat(limiter.lengthenings()).isEqualTo(6);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1))
                .isEqualTo(
                        "agent.cpu.max: the meter used 5.0 % of a core in the last 30 s, allowed are 2.0 %; it goes on sampling"
                                + " every 1000 ms, since no tick is made longer than that; allow more, or scrape more rarely;"
                                + " not told again");
    }

    @Test
    void whenThereIsRoomAgain_ticksGetShorterStepByStep() {
        usage.pass(START_UP + 3 * WINDOW, 1_000_000, 0, 0);
        assertThat(limiter.lengthened(TICK)).isEqualTo(4 * TICK);
        usage.pass(2 * WINDOW, 200_000, 0, 0);
        assertThat(limiter.lengthened(TICK)).as("not at once").isEqualTo(4 * TICK);
        usage.pass(WINDOW, 200_000, 0, 0);
        assertThat(limiter.lengthened(TICK)).isEqualTo(2 * TICK);
        usage.pass(3 * WINDOW, 200_000, 0, 0);

        assertThat(limiter.lengthened(TICK)).isEqualTo(TICK);
        assertThat(lines).hasSize(1);
    }

    @Test
    void withoutRoomForTheShorterTick_theLongerOneStays() {
        usage.pass(START_UP + 200 * WINDOW, 450_000, 0, 0); // 2.25 %, halved 1.1 %: back would be beyond again

        assertThat(limiter.lengthened(TICK)).isEqualTo(2 * TICK);
        assertThat(limiter.lengthenings()).isEqualTo(1);
    }

    @Test
    void whatScrapesCost_isNotCuredByLongerTicks_whichIsTriedAgainAfterTenMinutes() {
        usage.pass(START_UP + 2 * WINDOW, 100_000, 0, 0.05);
        assertThat(limiter.lengthened(TICK)).isEqualTo(TICK);
        assertThat(limiter.lengthenings()).isEqualTo(1);
        usage.pass(18 * WINDOW, 100_000, 0, 0.05);
        assertThat(limiter.lengthenings()).isEqualTo(1);
        usage.pass(4 * WINDOW, 100_000, 0, 0.05);
        assertThat(limiter.lengthenings()).isEqualTo(2);
        usage.pass(36 * WINDOW, 100_000, 0, 0.05);
        assertThat(limiter.lengthenings()).as("not again for twenty minutes").isEqualTo(2);
        usage.pass(4 * WINDOW, 100_000, 0, 0.05);

        assertThat(limiter.lengthenings()).isEqualTo(3);
        assertThat(limiter.lengthened(TICK)).isEqualTo(TICK);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(1))
                .isEqualTo(
                        "agent.cpu.max: ticks of 40 ms save little of the 5.3 % of a core that the meter uses, requests"
                                + " or scrapes are what costs; it samples every 20 ms again and tries once more in ten minutes, then ever more rarely;"
                                + " further changes are not logged");
    }

    @Test
    void ticksInWhichRingsFillUp_areTakenBack() {
        usage.pass(START_UP + WINDOW, 1_000_000, 0, 0);
        usage.dropped = 5;
        usage.pass(1, 1_000_000, 0, 0);

        assertThat(limiter.lengthened(TICK)).as("at once").isEqualTo(TICK);
        assertThat(lines.get(1))
                .isEqualTo(
                        "agent.cpu.max: ticks of 40 ms are too long to keep the record of each request; it samples every"
                                + " 20 ms again and tries once more in ten minutes, then ever more rarely; further changes are not logged");
    }

    @Test
    void ringsThatAreNearlyHalfFull_allowNoLongerTick() {
        usage.fullestRing = 0.41;
        usage.pass(START_UP + 3 * WINDOW, 1_000_000, 0, 0);

        assertThat(limiter.lengthened(TICK)).isEqualTo(TICK);
        assertThat(lines)
                .singleElement()
                .asString()
                .contains("since records of requests would be lost in longer ticks");
    }

    /** Ticks 1.5 %, calls 1 %, then 1.6 times as many calls: 2.35 % at twice the tick, where 3.1 % had been used without. */
    @Test
    void moreCalls_areNotTakenForTicksThatSaveNothing() {
        usage.callsASecond = 10_000;
        usage.pass(START_UP + WINDOW, 300_000, 0.01, 0);
        assertThat(limiter.lengthened(TICK)).isEqualTo(2 * TICK);
        usage.callsASecond = 16_000;
        usage.pass(WINDOW, 300_000, 0.016, 0);

        assertThat(limiter.lengthened(TICK)).isEqualTo(4 * TICK);
        assertThat(lines).hasSize(1);
    }

    @Test
    void recordsLostAtTheShortestTick_changeNothing() {
        usage.pass(START_UP, 100_000, 0, 0);
        usage.dropped = 5;
        usage.pass(5 * WINDOW, 100_000, 0, 0);

        assertThat(limiter.lengthened(TICK)).isEqualTo(TICK);
        assertThat(lines).isEmpty();
    }

    /** Whatever the load does: bounded, few changes, and back where it began once nothing is left of the load. */
    @Test
    void anyLoad_neverSwings_staysInBounds_andReturns() {
        long seed = Long.getLong("limiter.seed", 20261130L);
        int runs = Integer.getInteger("limiter.runs", 400);
        int mostTurns = 0;
        Random random = new Random(seed);
        for (int run = 0; run < runs; run++) {
            DoubleUnaryOperator load = load(random);
            List<String> told = new ArrayList<>();
            SelfLimiter one = new SelfLimiter(ALLOWED, told::add);
            Usage used = new Usage(one);
            double other = random.nextInt(3) == 0 ? 0.03 * random.nextDouble() : 0;
            List<Integer> turns = new ArrayList<>();
            long before = TICK;
            boolean wasLonger = false;
            for (int window = 0; window < WINDOWS; window++) {
                used.pass(WINDOW, Math.max(0, load.applyAsDouble(window)), 0.0005 * random.nextDouble(), other);
                long now = one.lengthened(TICK);
                assertThat(now)
                        .as("seed %s, run %s, window %s", seed, run, window)
                        .isBetween(TICK, SECOND);
                if (now != before) {
                    if (now > before != wasLonger) {
                        wasLonger = !wasLonger;
                        turns.add(window);
                    }
                    before = now;
                }
            }
            String what = "seed " + seed + ", run " + run + ", turns at " + turns;
            for (int i = MOST_TURNS; i < turns.size(); i++) {
                assertThat(turns.get(i) - turns.get(i - MOST_TURNS)).as(what).isGreaterThan(20);
            }
            assertThat(turns).as(what).hasSizeLessThan(WINDOWS / 10);
            mostTurns = Math.max(mostTurns, turns.size());
            assertThat(told).as(what).hasSizeLessThanOrEqualTo(3);
            used.pass(1000 * WINDOW, 1000, 0, 0);
            assertThat(one.lengthened(TICK)).as(what).isEqualTo(TICK);
        }
        System.out.println("self-limiter: " + runs + " courses of load of " + WINDOWS + " windows tried, at most "
                + mostTurns + " turns in one, seed " + seed);
    }

    /** Cost of a tick in nanoseconds by window: steady, noisy, in waves, or jumping between two levels. */
    private static DoubleUnaryOperator load(Random random) {
        double level = 2_000_000 * random.nextDouble();
        double height = 2_000_000 * random.nextDouble();
        int period = 1 + random.nextInt(40);
        return switch (random.nextInt(4)) {
            case 0 -> window -> level;
            case 1 -> window -> level * (0.8 + 0.4 * random.nextDouble());
            case 2 -> window -> level + height * Math.sin(window * 2 * Math.PI / period);
            default -> window -> window / period % 2 == 0 ? level : height;
        };
    }
}
