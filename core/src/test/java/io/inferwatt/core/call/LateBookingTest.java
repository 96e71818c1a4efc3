package io.inferwatt.core.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.attribution.Attribution;
import io.inferwatt.core.attribution.CallEnergy;
import io.inferwatt.core.attribution.DomainAccount;
import io.inferwatt.core.attribution.TickFeatures;
import io.inferwatt.core.config.AttributionMethod;
import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.Quality;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A thread that loses the processor between reading the clock and booking, while the sampler makes a tick. */
class LateBookingTest {

    private static final long MILLI = 1_000_000;
    private static final long TICK_MICROJOULES = 1_000_000;

    private final Attribution attribution =
            new Attribution(AttributionMethod.CPU_SHARE, domain -> 0, 600_000 * MILLI);
    private final DomainAccount account = attribution.account(Domain.CPU, "rapl-powercap", Quality.MEASURED);
    private final CallDrain drain = new CallDrain();
    private final CallRecord record = new CallRecord();
    private final CallEnergy energy = new CallEnergy();
    private final TickFeatures tick = new TickFeatures();
    private final List<Double> settled = new ArrayList<>();
    private long nowNanos = 1_000 * MILLI;
    private @Nullable Runnable afterClock;
    private long lastUnitNanos;
    private long lastNanos = nowNanos;

    private final Calls calls = EnginePoolsOf.calls(Path.of("/none"), this::readClock);
    private final int key = calls.key(ModelKey.of("model"));

    LateBookingTest() {
        attribution.start(nowNanos);
    }

    private long readClock() {
        long read = nowNanos;
        Runnable interruption = afterClock;
        afterClock = null;
        if (interruption != null) {
            interruption.run();
        }
        return read;
    }

    /** One joule, all of it the model's. */
    private void tickAt(long nanos) {
        nowNanos = nanos;
        calls.drain(drain, nanos);
        tick.nanos = nanos;
        tick.seconds = (nanos - lastNanos) / 1e9;
        tick.keys = drain.keys();
        tick.unitSeconds[key] = Math.max(0, drain.unitNanos(key) - lastUnitNanos) / 1e9;
        tick.inFlightSeconds[key] = tick.unitSeconds[key];
        tick.cpuSeconds[key] = 0.01;
        lastUnitNanos = drain.unitNanos(key);
        lastNanos = nanos;
        attribution.begin(tick, 0);
        attribution.book(account, TICK_MICROJOULES, 0, tick);
        attribution.end(tick);
        for (int i = 0; i < drain.recordCount(); i++) {
            attribution.settle(drain.record(i, record), energy);
            settled.add(energy.joules());
        }
    }

    private InferenceCall begin(long nanos) {
        nowNanos = nanos;
        return calls.start("test", key, 1);
    }

    private void end(InferenceCall call, long nanos) {
        nowNanos = nanos;
        calls.finish(call, Outcome.OK);
    }

    private double sum() {
        return settled.stream().mapToDouble(Double::doubleValue).sum();
    }

    private double modelJoules() {
        return attribution.model(key).joules(Component.CPU, Quality.MEASURED);
    }

    /** Without the bound the late call has 4.5 J of its own, of a model that drew 2. */
    @Test
    void callBookedATickLate_addsNoJoulesToThoseOfItsModel() {
        end(begin(1_000 * MILLI), 1_010 * MILLI);
        afterClock = () -> tickAt(1_050 * MILLI);
        InferenceCall late = begin(1_010 * MILLI);
        end(late, 1_100 * MILLI);
        tickAt(1_100 * MILLI);

        assertThat(settled).hasSize(2);
        assertThat(modelJoules()).isCloseTo(2, within(1e-9));
        assertThat(sum()).isLessThanOrEqualTo(modelJoules() + 1e-9).isGreaterThan(1);
    }

    /** Without the bound the three short calls of the second tick have 1 J for each third of what is left of it. */
    @Test
    void endBookedATickLate_addsNoJoulesToThoseOfItsModel() {
        InferenceCall late = begin(1_000 * MILLI);
        afterClock = () -> tickAt(1_050 * MILLI);
        end(late, 1_021 * MILLI);
        for (int i = 0; i < 3; i++) {
            end(begin((1_060 + 10 * i) * MILLI), (1_070 + 10 * i) * MILLI);
        }
        tickAt(1_100 * MILLI);

        assertThat(settled).hasSize(4);
        assertThat(modelJoules()).isCloseTo(2, within(1e-9));
        assertThat(sum()).isLessThanOrEqualTo(modelJoules() + 1e-9).isGreaterThan(1);
    }

    @Test
    void callsBookedInTime_loseNothing() {
        InferenceCall one = begin(1_000 * MILLI);
        tickAt(1_050 * MILLI);
        end(one, 1_070 * MILLI);
        end(begin(1_070 * MILLI), 1_090 * MILLI);
        tickAt(1_100 * MILLI);

        assertThat(sum()).isCloseTo(modelJoules(), within(1e-9));
    }

    @Test
    void whereverTheProcessorIsLost_callsTogetherHaveNoMoreThanTheirModel() {
        long seed = Long.getLong("late.seed", 42);
        int runs = Integer.getInteger("late.runs", 200);
        Random random = new Random(seed);
        double worst = 1;
        for (int run = 0; run < runs; run++) {
            LateBookingTest one = new LateBookingTest();
            for (int i = 0; i < 100; i++) {
                InferenceCall call = one.lateBegin(random);
                one.nowNanos += random.nextInt(40) * MILLI;
                one.lateEnd(call, random);
                one.nowNanos += random.nextInt(10) * MILLI;
            }
            one.tickAt(one.nowNanos + 50 * MILLI);
            assertThat(one.settled).as("seed %s, run %s", seed, run).hasSize(100);
            assertThat(one.sum()).as("seed %s, run %s", seed, run).isLessThanOrEqualTo(one.modelJoules() + 1e-6);
            worst = Math.min(worst, one.sum() / one.modelJoules());
        }
        System.out.printf(
                "late bookings: %d runs of 100 calls, half of the clocks read before a tick and booked after it; the least"
                        + " that calls had of their model's joules: %.0f %%; seed %d%n",
                runs, 100 * worst, seed);
    }

    private InferenceCall lateBegin(Random random) {
        interrupt(random);
        return calls.start("test", key, 1);
    }

    private void lateEnd(InferenceCall call, Random random) {
        interrupt(random);
        calls.finish(call, Outcome.OK);
    }

    private void interrupt(Random random) {
        if (random.nextBoolean()) {
            long at = nowNanos + (1 + random.nextInt(50)) * MILLI;
            afterClock = () -> tickAt(at);
        }
    }
}
