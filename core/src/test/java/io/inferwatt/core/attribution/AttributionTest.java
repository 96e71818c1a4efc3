package io.inferwatt.core.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.call.CallRecord;
import io.inferwatt.core.call.CallRecords;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.config.AttributionMethod;
import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.EnergyCounter;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.footprint.EmbodiedHardware;
import io.inferwatt.core.footprint.FootprintFactors.JouleFactors;
import io.inferwatt.core.report.MeterSnapshot.ModelEnergy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttributionTest {

    private static final long TICK = 50_000_000;
    private static final int KEYS = 6;
    private static final double NO_IDLE = Double.NaN;

    private final TickFeatures tick = new TickFeatures();
    private final CallEnergy energy = new CallEnergy();

    private static Attribution attribution(AttributionMethod method) {
        Attribution attribution = new Attribution(method, domain -> NO_IDLE, 600_000_000_000L);
        attribution.start(0);
        return attribution;
    }

    /** One call of a random stream. */
    private record Call(int key, long units, long begin, long end) {

        long overlap(long from, long to) {
            return Math.max(0, Math.min(end, to) - Math.max(begin, from));
        }
    }

    private static List<Call> randomCalls(Random random, int count, long until) {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long begin = (long) (random.nextDouble() * until);
            // From far below a tick to many ticks.
            long duration = (long) (1_000 * Math.pow(10, random.nextDouble() * 6));
            calls.add(new Call(random.nextInt(KEYS), 1 + random.nextInt(4), begin, Math.min(until, begin + duration)));
        }
        return calls;
    }

    private void features(Random random, List<Call> calls, long from, long to) {
        tick.keys = KEYS;
        tick.nanos = to;
        tick.seconds = (to - from) / 1e9;
        tick.runtimeCpuSeconds = random.nextInt(4) == 0 ? 0 : random.nextDouble() * 0.02;
        tick.otherCpuSeconds = random.nextInt(4) == 0 ? 0 : random.nextDouble() * 0.05;
        tick.hostLoad = random.nextDouble();
        for (int key = 0; key < KEYS; key++) {
            tick.cpuSeconds[key] = 0;
            tick.inFlightSeconds[key] = 0;
            tick.unitSeconds[key] = 0;
        }
        for (Call call : calls) {
            double seconds = call.overlap(from, to) / 1e9;
            tick.inFlightSeconds[call.key] += seconds;
            tick.unitSeconds[call.key] += seconds * call.units;
            tick.cpuSeconds[call.key] += seconds * random.nextDouble();
        }
    }

    @ParameterizedTest
    @EnumSource(AttributionMethod.class)
    void everyTick_isBookedToTheMicrojoule_andCountersNeverFall(AttributionMethod method) {
        for (long seed = 1; seed <= 5; seed++) {
            everyTickIsBooked(method, seed);
        }
    }

    /** Ticks shorter than what is divided: what waits is in no book yet, and in one as soon as a source falls silent. */
    @ParameterizedTest
    @EnumSource(AttributionMethod.class)
    void heldTicks_loseNothing_whateverFallsSilentMeanwhile(AttributionMethod method) {
        for (long seed = 1; seed <= 5; seed++) {
            Random random = new Random(seed);
            Attribution attribution = new Attribution(
                    method, domain -> NO_IDLE, 600_000_000_000L, 2.2 * TICK / 1e9, EmbodiedHardware.UNKNOWN, false);
            attribution.start(0);
            DomainAccount cpu = attribution.account(Domain.CPU, "rapl-powercap", Quality.MEASURED);
            List<Call> calls = randomCalls(random, 400, 200 * TICK);
            long read = 0;
            int unbooked = 0;
            for (int i = 1; i <= 240; i++) {
                features(random, calls, (i - 1) * TICK, i * TICK);
                attribution.begin(tick, 1e-4);
                boolean unknown = random.nextInt(10) == 0;
                long microjoules = random.nextInt(5) == 0 ? 0 : 1 + random.nextInt(5_000_000);
                attribution.book(cpu, unknown ? EnergyCounter.UNKNOWN : microjoules, 12, tick);
                attribution.end(tick);
                read += unknown ? 0 : microjoules;
                assertThat(cpu.totalMicrojoules()).isLessThanOrEqualTo(read);
                if (unknown) {
                    assertThat(cpu.totalMicrojoules()).isEqualTo(read);
                }
                unbooked += cpu.totalMicrojoules() < read ? 1 : 0;
                assertThat(cpu.modelMicrojoules()
                                + cpu.idleMicrojoules()
                                + cpu.runtimeMicrojoules()
                                + cpu.otherMicrojoules()
                                + cpu.gapMicrojoules())
                        .isEqualTo(cpu.totalMicrojoules());
            }
            assertThat(unbooked).isPositive();
            attribution.flush(KEYS);
            assertThat(cpu.totalMicrojoules()).isEqualTo(read);
            double ofModels = 0;
            for (int key = 0; key < KEYS; key++) {
                for (ModelEnergy part : attribution.model(key).energy()) {
                    ofModels += part.joules();
                }
            }
            assertThat(ofModels).isCloseTo(cpu.modelMicrojoules() * 1e-6, within(1e-6));
        }
    }

    /** What making the machine emitted goes by time: all of it is with the models or stays with what is no call's. */
    @ParameterizedTest
    @EnumSource(AttributionMethod.class)
    void wear_ofModelsAndOfAllElse_isTheRateTimesTheKnownTime(AttributionMethod method) {
        double rate = 0.01;
        for (long seed = 1; seed <= 5; seed++) {
            Random random = new Random(seed);
            Attribution attribution = new Attribution(
                    method, domain -> NO_IDLE, 600_000_000_000L, 2.2 * TICK / 1e9, domain -> rate, false);
            attribution.start(0);
            DomainAccount cpu = attribution.account(Domain.CPU, "rapl-powercap", Quality.MEASURED);
            List<Call> calls = randomCalls(random, 400, 200 * TICK);
            double ofElse = 0;
            long divided = 0;
            for (int i = 1; i <= 240; i++) {
                features(random, calls, (i - 1) * TICK, i * TICK);
                attribution.begin(tick, 1e-4);
                boolean unknown = random.nextInt(10) == 0;
                attribution.book(cpu, unknown ? EnergyCounter.UNKNOWN : 1 + random.nextInt(5_000_000), 12, tick);
                attribution.end(tick);
                if (cpu.totalMicrojoules() > divided) {
                    divided = cpu.totalMicrojoules();
                    long end = unknown ? (i - 1) * TICK : cpu.closedNanos();
                    ofElse += rate * (end - cpu.fromNanos()) / 1e9 * partOfAllElse(cpu);
                }
            }
            attribution.flush(KEYS);
            if (cpu.totalMicrojoules() > divided) {
                ofElse += rate * (cpu.closedNanos() - cpu.fromNanos()) / 1e9 * partOfAllElse(cpu);
            }
            double ofModels = 0;
            for (int key = 0; key < KEYS; key++) {
                ofModels += attribution.model(key).embodiedGrams();
            }
            assertThat(ofModels).isPositive();
            assertThat(ofModels + ofElse).isCloseTo(rate * (240 * TICK / 1e9 - cpu.gapSeconds()), within(1e-9));
        }
    }

    private static double partOfAllElse(DomainAccount account) {
        long ofModels = 0;
        for (int key = 0; key < KEYS; key++) {
            ofModels += account.part(key) + account.idleShare(key);
        }
        return 1 - (double) ofModels / account.dividedMicrojoules();
    }

    /** The grid changes, a region with known water is found, between two calls: each has the factors of its own time. */
    @Test
    void gramsAndLitres_areThoseOfTheTimeOfTheCall() {
        Attribution attribution = attribution(AttributionMethod.EQUAL);
        DomainAccount cpu = attribution.account(Domain.CPU, "rapl-powercap", Quality.MEASURED);
        List<Call> calls = List.of(new Call(0, 1, 0, 10 * TICK), new Call(0, 1, 20 * TICK, 30 * TICK));
        JouleFactors before = new JouleFactors(1e-4, Double.NaN, Double.NaN, 1.5, Double.NaN);
        JouleFactors after = new JouleFactors(3e-4, 2e-4, 5e-6, 1.2, 2e-6);
        for (int i = 1; i <= 40; i++) {
            features(new Random(i), calls, (i - 1) * TICK, i * TICK);
            tick.runtimeCpuSeconds = 0;
            tick.otherCpuSeconds = 0;
            attribution.begin(tick, i <= 15 ? before : after);
            attribution.book(cpu, 1_000_000, 0, tick);
            attribution.end(tick);
        }
        attribution.settle(CallRecords.of(0, Outcome.OK, 0, 10 * TICK, 1), energy);
        assertThat(energy.joulesWithIdle()).isPositive();
        assertThat(energy.gramsWithIdle()).isCloseTo(1e-4 * energy.joulesWithIdle(), within(1e-12));
        attribution.settle(CallRecords.of(0, Outcome.OK, 20 * TICK, 30 * TICK, 1), energy);
        assertThat(energy.joulesWithIdle()).isPositive();
        assertThat(energy.gramsWithIdle()).isCloseTo(3e-4 * energy.joulesWithIdle(), within(1e-12));

        ModelAccount model = attribution.model(0);
        double late = model.liters() / 5e-6;
        assertThat(late).isPositive().isLessThan(model.energy().get(0).joules());
        assertThat(model.energy().get(0).liters()).isEqualTo(model.liters());
        double lateWithIdle = late + model.idleLiters() / 5e-6;
        assertThat(model.marketGrams()).isCloseTo(2e-4 * lateWithIdle, within(1e-12));
        double joules = model.energy().get(0).joules() + model.energy().get(0).idleShareJoules();
        assertThat(model.facility().waterJoules()).isCloseTo(lateWithIdle, within(1e-9));
        assertThat(model.facility().waterBuildingJoules()).isCloseTo(1.2 * lateWithIdle, within(1e-9));
        assertThat(model.facility().onSiteLiters()).isCloseTo(2e-6 * lateWithIdle, within(1e-12));
        assertThat(model.facility().buildingJoules())
                .isCloseTo(1.5 * (joules - lateWithIdle) + 1.2 * lateWithIdle, within(1e-9));
    }

    private void everyTickIsBooked(AttributionMethod method, long seed) {
        Random random = new Random(seed);
        Attribution attribution = attribution(method);
        DomainAccount cpu = attribution.account(Domain.CPU, "rapl-powercap", Quality.MEASURED);
        DomainAccount dram = attribution.account(Domain.DRAM, "rapl-powercap", Quality.MEASURED);
        List<Call> calls = randomCalls(random, 400, 200 * TICK);
        long read = 0;
        long unknownTicks = 0;
        double[] models = new double[KEYS];
        for (int i = 1; i <= 240; i++) {
            features(random, calls, (i - 1) * TICK, i * TICK);
            attribution.begin(tick, 1e-4);
            boolean unknown = random.nextInt(10) == 0;
            long microjoules = random.nextInt(5_000_000);
            attribution.book(
                    cpu, unknown ? EnergyCounter.UNKNOWN : microjoules, random.nextBoolean() ? 12 : NO_IDLE, tick);
            attribution.book(dram, random.nextInt(300_000), 3, tick);
            attribution.end(tick);
            read += unknown ? 0 : microjoules;
            unknownTicks += unknown ? 1 : 0;

            for (DomainAccount account : attribution.domains()) {
                assertThat(account.modelMicrojoules()
                                + account.idleMicrojoules()
                                + account.runtimeMicrojoules()
                                + account.otherMicrojoules()
                                + account.gapMicrojoules())
                        .isEqualTo(account.totalMicrojoules());
            }
            double booked = 0;
            for (int key = 0; key < KEYS; key++) {
                double joules = joules(attribution, key);
                assertThat(joules).isGreaterThanOrEqualTo(models[key]);
                models[key] = joules;
                booked += joules;
            }
            assertThat(booked)
                    .isCloseTo((cpu.modelMicrojoules() + dram.modelMicrojoules()) / 1e6, within(1e-9 * (1 + booked)));
        }
        assertThat(cpu.totalMicrojoules()).isEqualTo(read);
        assertThat(cpu.gapSeconds()).isCloseTo(unknownTicks * TICK / 1e9, within(1e-9));
    }

    @ParameterizedTest
    @EnumSource(AttributionMethod.class)
    void settledCalls_addUpToTheirModelsEnergy_onceNothingIsInFlight(AttributionMethod method) {
        for (long seed = 11; seed <= 13; seed++) {
            settledCallsAddUp(method, seed);
        }
    }

    private void settledCallsAddUp(AttributionMethod method, long seed) {
        Random random = new Random(seed);
        Attribution attribution = attribution(method);
        DomainAccount cpu = attribution.account(Domain.CPU, "rapl-powercap", Quality.MEASURED);
        long until = 200 * TICK;
        List<Call> calls = randomCalls(random, 600, until);
        double[] settled = new double[KEYS];
        double[] settledWithIdle = new double[KEYS];
        for (int i = 1; i <= 200; i++) {
            long from = (i - 1) * TICK;
            long to = i * TICK;
            features(random, calls, from, to);
            attribution.begin(tick, 1e-4);
            attribution.book(cpu, 100_000 + random.nextInt(5_000_000), 20, tick);
            attribution.end(tick);
            for (Call call : calls) {
                if (call.end > from && call.end <= to) {
                    attribution.settle(CallRecords.of(call.key, Outcome.OK, call.begin, call.end, call.units), energy);
                    assertThat(energy.joules()).isGreaterThanOrEqualTo(0);
                    settled[call.key] += energy.joules();
                    settledWithIdle[call.key] += energy.joulesWithIdle();
                }
            }
        }
        for (int key = 0; key < KEYS; key++) {
            double joules = joules(attribution, key);
            assertThat(settled[key]).isCloseTo(joules, within(1e-6 * joules));
            double withIdle = joules + idleShare(attribution, key);
            assertThat(settledWithIdle[key]).isCloseTo(withIdle, within(1e-6 * withIdle));
        }
    }

    /** A counter that moves only in some ticks, and one beside it that is not readable now and then. */
    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void behindASlowCounter_callsSettleOnceLateAndCompletely(long seed) {
        Random random = new Random(seed);
        Attribution attribution = attribution(AttributionMethod.LEARNED);
        DomainAccount cpu = attribution.account(Domain.CPU, "rapl-powercap", Quality.MEASURED);
        DomainAccount gpu = attribution.account(new Domain(Component.GPU, "gpu:test"), "nvml-energy", Quality.MEASURED);
        List<Call> waiting = new ArrayList<>(randomCalls(random, 600, 200 * TICK));
        double[] settled = new double[KEYS];
        int late = 0;
        List<Call> calls = List.copyOf(waiting);
        for (int i = 1; i <= 260; i++) {
            long to = i * TICK;
            features(random, calls, to - TICK, to);
            attribution.begin(tick, 0);
            attribution.book(cpu, 100_000 + random.nextInt(5_000_000), 20, tick);
            attribution.book(gpu, i % 4 == 0 || i > 230 ? random.nextInt(30_000_000) : 0, 60, tick);
            attribution.end(tick);
            int before = waiting.size();
            waiting.removeIf(call -> {
                CallRecord record = CallRecords.of(call.key, Outcome.OK, call.begin, call.end, call.units);
                if (call.end > to || !attribution.isFinal(record)) {
                    return false;
                }
                attribution.settle(record, energy);
                assertThat(energy.joules()).isGreaterThanOrEqualTo(0);
                settled[call.key] += energy.joules();
                return true;
            });
            late += i % 4 == 3 && before == waiting.size() ? 1 : 0;
            assertThat(gpu.modelMicrojoules()
                            + gpu.idleMicrojoules()
                            + gpu.runtimeMicrojoules()
                            + gpu.otherMicrojoules()
                            + gpu.gapMicrojoules())
                    .isEqualTo(gpu.totalMicrojoules());
        }
        assertThat(waiting).isEmpty();
        assertThat(late)
                .as("ticks in which nobody settled since the counter stood still")
                .isGreaterThan(20);
        for (int key = 0; key < KEYS; key++) {
            double unclaimed = attribution.model(key).unclaimedJoules();
            double joules = joules(attribution, key);
            assertThat(settled[key] + unclaimed).isCloseTo(joules, within(1e-6 * joules));
        }
    }

    @Test
    void callBehindACounterThatStandsStill_settlesAfterTenSecondsWithWhatIsKnown() {
        Attribution attribution = attribution(AttributionMethod.CPU_SHARE);
        DomainAccount cpu = attribution.account(Domain.CPU, "rapl-powercap", Quality.MEASURED);
        tick.keys = 2;
        tick.seconds = 0.05;
        tick.unitSeconds[1] = 0.05;
        bookAt(attribution, cpu, TICK, 0);
        CallRecord record = CallRecords.of(1, Outcome.OK, 0, TICK, 1);
        assertThat(attribution.isFinal(record)).isFalse();
        for (int i = 2; i < 200; i++) {
            bookAt(attribution, cpu, i * TICK, 0);
        }
        assertThat(attribution.isFinal(record)).isFalse();
        for (int i = 200; i < 203; i++) {
            bookAt(attribution, cpu, i * TICK, 0);
        }
        assertThat(attribution.isFinal(record)).isTrue();
        attribution.settle(record, energy);
        assertThat(energy.joules()).isNaN();
    }

    /** Idle taken for 2 W too much in ten quiet minutes must not make the first calls look free for good. */
    @Test
    void idleStatedTooHigh_doesNotPinAModelThatCameOnceAndFellSilent() {
        Attribution attribution = attribution(AttributionMethod.LEARNED);
        DomainAccount cpu = attribution.account(Domain.CPU, "rapl-powercap", Quality.MEASURED);
        Random random = new Random(3);
        tick.keys = 3;
        tick.hostLoad = 0.5;
        double truth = 0;
        double before = 0;
        for (int i = 1; i <= 20 * 60 * 14; i++) {
            double seconds = i * 0.05;
            boolean first = seconds > 600 && seconds < 600.2;
            boolean steady = seconds > 640;
            tick.seconds = 0.05;
            double[] cores = {0, random.nextInt(2), random.nextInt(3)};
            double joules = 20 * 0.05;
            for (int key = 1; key < 3; key++) {
                double used = first || steady ? 0.05 * cores[key] : 0;
                tick.cpuSeconds[key] = used;
                tick.inFlightSeconds[key] = used;
                tick.unitSeconds[key] = used;
                joules += (key == 1 ? 40 : 20) * used;
            }
            truth += seconds > 780 ? 40 * tick.cpuSeconds[1] : 0;
            if (before == 0 && seconds > 780) {
                before = joules(attribution, 1);
            }
            tick.nanos = i * TICK;
            attribution.begin(tick, 0);
            attribution.book(cpu, Math.round(joules * 1e6), 22, tick);
            attribution.end(tick);
        }
        assertThat((joules(attribution, 1) - before) / truth).isBetween(0.9, 1.1);
    }

    @Test
    void sourceThatLeft_beginsAnewWhenItSpeaksAgain() {
        Attribution attribution = attribution(AttributionMethod.CPU_SHARE);
        DomainAccount cpu = attribution.account(Domain.CPU, "rapl-powercap", Quality.MEASURED);
        tick.keys = 2;
        tick.seconds = 0.05;
        tick.cpuSeconds[1] = 0.05;
        for (int i = 1; i <= 10; i++) {
            bookAt(attribution, cpu, i * TICK, i == 1 ? 1_000 : 0);
        }
        attribution.leave(cpu, tick.keys);
        assertThat(cpu.gapSeconds()).isCloseTo(9 * 0.05, within(1e-9));
        bookAt(attribution, cpu, 1_000 * TICK, 1_000);
        assertThat(cpu.knownSeconds()).isCloseTo(2 * 0.05, within(1e-9));
        assertThat(cpu.fromNanos()).isEqualTo(999 * TICK);
    }

    @Test
    void windowLongerThanTheClocksReachBack_isCountedOnce() {
        EnergyClocks clocks = new EnergyClocks(600_000_000_000L);
        clocks.start(0);
        double[] units = new double[2];
        units[1] = 0.01;
        for (int i = 1; i <= 800; i++) {
            clocks.tick(i * 10_000_000L, units, 2);
        }
        clocks.spread(0, 8_000_000_000L, 1, EnergyClocksTest.amounts(100, 0));
        EnergyClocks.Reading reading = new EnergyClocks.Reading();
        double end = clocks.at(8_000_000_000L, 1, reading).perUnit[Lanes.DYNAMIC];
        double oldest = clocks.at(8_000_000_000L - 5_110_000_000L, 1, reading).perUnit[Lanes.DYNAMIC];
        assertThat(end - oldest).isCloseTo(100, within(1e-6));
    }

    @Test
    void whereEnergyIsModelled_nothingIsLearned() {
        Attribution attribution = attribution(AttributionMethod.LEARNED);
        assertThat(attribution
                        .account(Domain.CPU, "model-threads", Quality.MODELLED)
                        .method())
                .isEqualTo(AttributionMethod.CPU_SHARE);
        assertThat(attribution
                        .account(Domain.CPU, "rapl-powercap", Quality.MEASURED)
                        .method())
                .isEqualTo(AttributionMethod.LEARNED);
    }

    @Test
    void energyWithNothingInFlight_goesToTheNextCall_andIsTail() {
        Attribution attribution = attribution(AttributionMethod.CPU_SHARE);
        DomainAccount cpu = attribution.account(Domain.CPU, "rapl-powercap", Quality.MEASURED);
        tick.keys = 2;
        tick.seconds = 0.05;
        tick.hostLoad = 1;
        // The engine spins after its call: processor time, nothing in flight.
        tick.cpuSeconds[1] = 0.05;
        bookAt(attribution, cpu, TICK, 1_000_000);
        tick.cpuSeconds[1] = 0.01;
        tick.unitSeconds[1] = 0.02;
        tick.inFlightSeconds[1] = 0.02;
        bookAt(attribution, cpu, 2 * TICK, 500_000);
        // 20 ms in flight took all of the tick's energy and what was waiting.
        attribution.settle(CallRecords.of(1, Outcome.OK, 2 * TICK - 20_000_000, 2 * TICK, 1), energy);
        assertThat(energy.joules()).isCloseTo(1.5, within(1e-9));
        assertThat(attribution.model(1).tailJoules())
                .as("of the first window, whoever carries it")
                .isEqualTo(1);

        tick.unitSeconds[1] = 0;
        for (int i = 3; i < 60; i++) {
            bookAt(attribution, cpu, i * TICK, 1_000_000);
        }
        assertThat(attribution.model(1).tailJoules()).isCloseTo(58, within(1e-9));
        assertThat(joules(attribution, 1)).isCloseTo(1.5 + 57, within(1e-9));
    }

    @Test
    void certainSpinning_isTail_alsoWithinWindowsWithACall_andNeverFalls() {
        Attribution attribution = attribution(AttributionMethod.CPU_SHARE);
        DomainAccount cpu = attribution.account(Domain.CPU, "rapl-powercap", Quality.MEASURED);
        ModelAccount model = attribution.model(1);
        tick.keys = 2;
        tick.seconds = 0.05;
        tick.hostLoad = 1;
        tick.cpuSeconds[1] = 0.05;
        tick.unitSeconds[1] = 0.02;
        for (int i = 1; i <= 10; i++) {
            bookAt(attribution, cpu, i * TICK, 1_000_000);
        }
        assertThat(model.tailJoules()).isZero();
        model.spun(0.3);
        assertThat(model.tailJoules()).isCloseTo(3, within(1e-9));
        model.spun(0.2);
        assertThat(model.tailJoules()).isCloseTo(3, within(1e-9));

        tick.unitSeconds[1] = 0;
        bookAt(attribution, cpu, 11 * TICK, 1_000_000);
        assertThat(model.tailJoules())
                .as("the quiet window may be of the same spinning")
                .isCloseTo(3, within(1e-9));
        for (int i = 12; i <= 20; i++) {
            bookAt(attribution, cpu, i * TICK, 1_000_000);
        }
        assertThat(model.tailJoules()).isCloseTo(10, within(1e-9));
        model.spun(1);
        assertThat(model.tailJoules()).isEqualTo(joules(attribution, 1)).isCloseTo(20, within(1e-9));
    }

    @Test
    void tailOfADevice_comesOnTopOfThatOfTheProcessors() {
        Attribution attribution = attribution(AttributionMethod.CPU_SHARE);
        DomainAccount cpu = attribution.account(Domain.CPU, "rapl-powercap", Quality.MEASURED);
        DomainAccount dram = attribution.account(Domain.DRAM, "rapl-powercap", Quality.MEASURED);
        tick.keys = 2;
        tick.seconds = 0.05;
        tick.hostLoad = 1;
        tick.cpuSeconds[1] = 0.05;
        tick.nanos = TICK;
        attribution.begin(tick, 0);
        attribution.book(cpu, 1_000_000, NO_IDLE, tick);
        attribution.book(dram, 250_000, NO_IDLE, tick);
        attribution.end(tick);
        attribution.model(1).spun(0.5);
        assertThat(attribution.model(1).tailJoules()).isCloseTo(1.25, within(1e-9));
    }

    private void bookAt(Attribution attribution, DomainAccount account, long nanos, long microjoules) {
        tick.nanos = nanos;
        attribution.begin(tick, 0);
        attribution.book(account, microjoules, NO_IDLE, tick);
        attribution.end(tick);
    }

    @Test
    void callWithoutAnyKnownReading_hasNoFigure_ratherThanZero() {
        Attribution attribution = attribution(AttributionMethod.CPU_SHARE);
        DomainAccount cpu = attribution.account(Domain.CPU, "rapl-powercap", Quality.MEASURED);
        tick.keys = 2;
        tick.seconds = 0.05;
        tick.unitSeconds[1] = 0.05;
        bookAt(attribution, cpu, TICK, EnergyCounter.UNKNOWN);
        attribution.settle(CallRecords.of(1, Outcome.OK, 0, TICK, 1), energy);
        assertThat(energy.joules()).isNaN();
        assertThat(cpu.gapSeconds()).isEqualTo(0.05);
        assertThat(cpu.totalMicrojoules()).isZero();
    }

    @Test
    void idleOfADomainThatShowsNoWork_isSharedByProcessorTime_inTheBoundaryWithIdle() {
        Attribution attribution = attribution(AttributionMethod.CPU_SHARE);
        DomainAccount dram = attribution.account(Domain.DRAM, "model-threads", Quality.MODELLED);
        tick.keys = 2;
        tick.seconds = 1;
        tick.otherCpuSeconds = 1;
        tick.cpuSeconds[1] = 3;
        attribution.begin(tick, 0);
        attribution.book(dram, 8_000_001, 8, tick);
        assertThat(dram.part(1)).as("a microjoule of rounding").isLessThanOrEqualTo(1);
        assertThat(dram.idleMicrojoules()).isEqualTo(8_000_000);
        assertThat(dram.idleShare(1)).isEqualTo(6_000_000);
    }

    @Test
    void qualityOfACall_isTheWorstOfItsWholeTime_notThatOfItsLastTick() {
        Attribution attribution = attribution(AttributionMethod.CPU_SHARE);
        DomainAccount modelled = attribution.account(Domain.CPU, "model-threads", Quality.MODELLED);
        DomainAccount measured = attribution.account(Domain.CPU, "rapl-powercap", Quality.MEASURED);
        tick.keys = 2;
        tick.seconds = 0.05;
        tick.unitSeconds[1] = 0.05;
        tick.cpuSeconds[1] = 0.05;
        bookAt(attribution, modelled, TICK, 1_000);
        bookAt(attribution, modelled, 2 * TICK, EnergyCounter.UNKNOWN);
        attribution.settle(CallRecords.of(1, Outcome.OK, 0, 2 * TICK, 1), energy);
        assertThat(energy.quality()).isEqualTo(Quality.MODELLED);
        bookAt(attribution, measured, 3 * TICK, 1_000);
        attribution.settle(CallRecords.of(1, Outcome.OK, TICK / 2, 3 * TICK, 1), energy);
        assertThat(energy.quality()).isEqualTo(Quality.MODELLED);
        attribution.settle(CallRecords.of(1, Outcome.OK, 2 * TICK, 3 * TICK, 1), energy);
        assertThat(energy.quality()).isEqualTo(Quality.MEASURED);
    }

    @Test
    void energyThatNoColumnExplains_isGap() {
        Attribution attribution = attribution(AttributionMethod.CPU_SHARE);
        DomainAccount cpu = attribution.account(Domain.CPU, "rapl-powercap", Quality.MEASURED);
        tick.keys = 2;
        tick.seconds = 0.05;
        bookAt(attribution, cpu, TICK, 700);
        assertThat(cpu.gapMicrojoules()).isEqualTo(700);
    }

    @ParameterizedTest
    @EnumSource(
            value = AttributionMethod.class,
            names = {"CPU_SHARE", "EQUAL"})
    void idleComesFirst_theRestByMethod(AttributionMethod method) {
        Attribution attribution = attribution(method);
        DomainAccount cpu = attribution.account(Domain.CPU, "model-threads", Quality.MODELLED);
        tick.keys = 2;
        tick.seconds = 1;
        tick.runtimeCpuSeconds = 0.5;
        tick.otherCpuSeconds = 0.5;
        tick.cpuSeconds[0] = 1;
        tick.cpuSeconds[1] = 2;
        tick.inFlightSeconds[0] = 2;
        tick.inFlightSeconds[1] = 1;
        attribution.begin(tick, 0);
        attribution.book(cpu, 30_000_000, 10, tick);
        assertThat(cpu.idleMicrojoules()).isEqualTo(10_000_000);
        assertThat(cpu.runtimeMicrojoules()).isEqualTo(2_500_000);
        assertThat(cpu.otherMicrojoules()).isEqualTo(2_500_000);
        boolean equal = method == AttributionMethod.EQUAL;
        assertThat(cpu.part(0)).isEqualTo(equal ? 10_000_000 : 5_000_000);
        assertThat(cpu.part(1)).isEqualTo(equal ? 5_000_000 : 10_000_000);
        assertThat(cpu.idleShare(0)).isEqualTo(equal ? 5_000_000 : 2_500_000);
        assertThat(cpu.method()).isEqualTo(method);
    }

    private static double joules(Attribution attribution, int key) {
        return attribution.model(key).energy().stream()
                .mapToDouble(ModelEnergy::joules)
                .sum();
    }

    private static double idleShare(Attribution attribution, int key) {
        return attribution.model(key).energy().stream()
                .mapToDouble(ModelEnergy::idleShareJoules)
                .sum();
    }
}
