package io.inferwatt.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.attribution.Attribution;
import io.inferwatt.core.attribution.CallEnergy;
import io.inferwatt.core.attribution.DomainAccount;
import io.inferwatt.core.attribution.TickFeatures;
import io.inferwatt.core.call.CallRecord;
import io.inferwatt.core.call.CallRecords;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.config.AttributionMethod;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.report.CallRate;
import io.inferwatt.core.report.disclosure.LocalBand;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecentCallsTest {

    private static final int KEYS = 2;
    private static final int MODEL = 1;
    private static final long TICK = 50_000_000;
    private static final int TICKS_A_SECOND = 20;

    private final RecentCalls recent = new RecentCalls();

    private @Nullable CallRate after(double seconds) {
        CallRate rate = recent.rates(KEYS, key -> null)[MODEL];
        recent.pass(KEYS, seconds);
        return rate;
    }

    @Test
    void rate_isEnergyOverUnitSeconds() {
        recent.add(MODEL, 2, 10, 1, Quality.MEASURED);
        recent.add(MODEL, 6, 14, 3, Quality.MODELLED);

        CallRate rate = recent.rates(KEYS, key -> new LocalBand(0.9, 1.2))[MODEL];
        assertThat(rate).isEqualTo(new CallRate(3, 0.5, 0.9, 1.2, Quality.MODELLED));
        assertThat(recent.rates(KEYS, key -> null)[0]).isNull();
    }

    @Test
    void rate_withoutBand_hasNoneAndNoZero() {
        recent.add(MODEL, 1, 1, 1, Quality.MEASURED);

        assertThat(after(1)).isEqualTo(new CallRate(1, 1, Double.NaN, Double.NaN, Quality.MEASURED));
    }

    @Test
    void callsWithoutAFigure_tellNothing() {
        recent.add(MODEL, 1, Double.NaN, Double.NaN, Quality.MEASURED);
        assertThat(after(1)).isNull();
        recent.add(MODEL, 0, 1, 1, Quality.MEASURED);
        assertThat(after(1)).isNull();
        recent.add(MODEL, 1, 0, 0, Quality.MEASURED);
        assertThat(after(1)).as("a counter that has not moved").isNull();
    }

    @Test
    void rate_followsTheLastHalfMinute() {
        for (int second = 0; second < 100; second++) {
            recent.add(MODEL, 1, 10, 1, Quality.MEASURED);
            after(1);
        }
        for (int second = 0; second < 30; second++) {
            recent.add(MODEL, 1, 20, 1, Quality.MEASURED);
            after(1);
        }

        assertThat(after(1).joules()).isBetween(17.0, 19.0);
    }

    @Test
    void rate_staysWhileNothingIsCalled_andIsForgottenAfterTenMinutes() {
        recent.add(MODEL, 1, 10, 1, Quality.MEASURED);
        for (int second = 0; second < 600; second++) {
            assertThat(after(1).joules()).isCloseTo(10, within(1e-9));
        }
        after(1);

        assertThat(after(1)).isNull();
    }

    private record Span(long begin, long end, long units) {

        double unitSeconds(long from, long to) {
            return units * Math.max(0, Math.min(end, to) - Math.max(begin, from)) / 1e9;
        }
    }

    /** One call after the other, one of four of a hundred milliseconds and the others far below a tick. */
    private static List<Span> steadyCalls(Random random, long until) {
        List<Span> calls = new ArrayList<>();
        for (long begin = 0; begin < until; ) {
            long end = begin + (random.nextInt(4) == 0 ? 100_000_000 : 1_000_000 + random.nextInt(10_000_000));
            calls.add(new Span(begin, end, 1 + random.nextInt(4)));
            begin = end + 5_000_000;
        }
        return calls;
    }

    /** The rate is that of calls before, so single calls are off by what the load wavers; their sum is not, by more than a hundredth. */
    @Test
    void ratesTimesUnitSeconds_addUpToWhatIsBooked() {
        int seconds = 120;
        List<Span> calls = steadyCalls(new Random(7), seconds * 1_000_000_000L);
        Attribution attribution = new Attribution(AttributionMethod.LEARNED, domain -> Double.NaN, 600_000_000_000L);
        attribution.start(0);
        DomainAccount cpu = attribution.account(Domain.CPU, "rapl-powercap", Quality.MEASURED);
        TickFeatures tick = new TickFeatures();
        CallEnergy energy = new CallEnergy();
        CallRate rate = null;
        int ended = 0;
        double told = 0;
        double booked = 0;
        for (int i = 1; i <= seconds * TICKS_A_SECOND; i++) {
            attribution.begin(fill(tick, calls, i), 1e-4);
            // 5 W of idle, 20 W of a busy core
            attribution.book(cpu, Math.round(1e6 * (5 * tick.seconds + 20 * tick.cpuSeconds[MODEL])), 5, tick);
            attribution.end(tick);
            if (i % TICKS_A_SECOND == 0) {
                for (; ended < calls.size() && calls.get(ended).end <= tick.nanos; ended++) {
                    Span call = calls.get(ended);
                    CallRecord record = CallRecords.of(MODEL, Outcome.OK, call.begin, call.end, call.units);
                    attribution.settle(record, energy);
                    recent.add(record, energy);
                    if (rate != null) {
                        told += rate.joules() * call.unitSeconds(0, Long.MAX_VALUE);
                        booked += energy.joulesWithIdle();
                    }
                }
                rate = after(1);
            }
        }

        assertThat(booked).isGreaterThan(20 * 0.5 * seconds);
        assertThat(told).isCloseTo(booked, within(0.01 * booked));
    }

    private static TickFeatures fill(TickFeatures tick, List<Span> calls, int number) {
        long from = (number - 1) * TICK;
        long to = number * TICK;
        tick.keys = KEYS;
        tick.nanos = to;
        tick.seconds = TICK / 1e9;
        tick.hostLoad = 0.5;
        tick.unitSeconds[MODEL] = 0;
        tick.inFlightSeconds[MODEL] = 0;
        for (Span call : calls) {
            tick.unitSeconds[MODEL] += call.unitSeconds(from, to);
            tick.inFlightSeconds[MODEL] += call.unitSeconds(from, to) / call.units;
        }
        tick.cpuSeconds[MODEL] = tick.inFlightSeconds[MODEL];
        return tick;
    }
}
