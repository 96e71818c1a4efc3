package io.inferwatt.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.EnergyMeter.MachineSurvey;
import io.inferwatt.core.call.Calls;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.config.ConfigLoader;
import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.DomainReading;
import io.inferwatt.core.energy.rapl.PowercapTree;
import io.inferwatt.core.report.BudgetTotals;
import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.core.report.MeterSnapshot.DomainTotals;
import io.inferwatt.core.report.MeterSnapshot.ModelTotals;
import io.inferwatt.core.report.SettledCall;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole meter as a plain library on this machine, whatever sources it has. */
class EnergyMeterTest {

    @Test
    void calls_ofTwoModels_getJoulesThatAddUp() {
        Calls calls = new Calls();
        List<SettledCall> settled = new CopyOnWriteArrayList<>();
        EnergyMeter meter = EnergyMeter.start(InferwattConfig.DEFAULTS, calls);
        meter.addListener(settled::add);
        int small = calls.key(ModelKey.of("small"));
        int large = calls.key(ModelKey.of("large"));
        for (int i = 0; i < 20; i++) {
            call(calls, small, 5);
            call(calls, large, 30);
        }
        meter.close();

        MeterSnapshot snapshot = meter.snapshot();
        for (DomainTotals domain : snapshot.domains()) {
            assertThat(domain.modelJoules()
                            + domain.idleJoules()
                            + domain.runtimeJoules()
                            + domain.otherJoules()
                            + domain.gapJoules())
                    .isCloseTo(domain.joules(), within(1e-9 * domain.joules()));
        }
        ModelTotals smallTotals = totals(snapshot, "small");
        ModelTotals largeTotals = totals(snapshot, "large");
        assertThat(smallTotals.requests()).containsEntry(Outcome.OK, 20L);
        assertThat(settled)
                .hasSize(40)
                .allSatisfy(call -> assertThat(call.joulesWithIdle()).isGreaterThanOrEqualTo(call.joules()));
        assertThat(largeTotals.joules()).isGreaterThan(2 * smallTotals.joules()).isGreaterThan(0);
        assertThat(largeTotals.footprint().dynamicGrams()).isGreaterThan(0);
    }

    @Test
    void listenerThatThrows_costsNobodyElseACall() {
        Calls calls = new Calls();
        List<SettledCall> settled = new CopyOnWriteArrayList<>();
        List<String> warnings = new CopyOnWriteArrayList<>();
        EnergyMeter meter = EnergyMeter.start(InferwattConfig.DEFAULTS, calls, warnings::add);
        meter.addListener(call -> {
            throw new IllegalStateException("full");
        });
        meter.addListener(settled::add);
        int key = calls.key(ModelKey.of("net"));
        for (int i = 0; i < 5; i++) {
            InferenceCall call = calls.start("test", key, 1);
            call.tokens(100, 0, 10, 0);
            calls.finish(call, Outcome.OK);
        }
        meter.close();
        assertThat(settled).hasSize(5);
        assertThat(totals(meter.snapshot(), "net").tokens().input()).isEqualTo(500);
        assertThat(warnings).singleElement().asString().contains("listener").contains("full");
    }

    /** As when memory is short where a call is settled. */
    @Test
    @Timeout(60)
    void settlingThatFails_costsOneCallThatIsCounted_andNoneBehindIt() {
        Calls calls = new Calls();
        List<SettledCall> settled = new CopyOnWriteArrayList<>();
        AtomicBoolean fails = new AtomicBoolean();
        EnergyMeter meter = EnergyMeter.start(InferwattConfig.DEFAULTS, calls, line -> {
            if (fails.get()) {
                throw new OutOfMemoryError("of a test");
            }
        });
        meter.addListener(call -> {
            if (fails.get()) {
                throw new OutOfMemoryError("of a test");
            }
        });
        meter.addListener(settled::add);
        int key = calls.key(ModelKey.of("net"));
        calls.finish(calls.start("test", key, 1), Outcome.OK);
        awaitSize(settled, 1);
        fails.set(true);
        for (int i = 0; i < 5; i++) {
            calls.finish(calls.start("test", key, 1), Outcome.OK);
        }
        awaitSize(settled, 1 + 4);
        meter.close();

        assertThat(settled).hasSize(1 + 4);
        assertThat(meter.snapshot().droppedCalls()).isOne();
    }

    private static void awaitSize(List<SettledCall> settled, int size) {
        while (settled.size() < size) {
            assertThat(Thread.interrupted()).as("the time is over").isFalse();
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    @Timeout(60)
    void budget_isChargedWithWhatCallsDraw_rejectsWhenItIsUsedUp_andIsKeptForTheNextMeter(@TempDir Path folder) {
        InferwattConfig config = ConfigLoader.load(
                        "budget.team-a.limit=1 J,budget.team-a.model=large,budget.team-a.reject=true,"
                                + "budget.wrong.limit=much,budget.state.file=" + folder.resolve("state"),
                        Map.of(),
                        Map.of())
                .config();
        List<String> warnings = new CopyOnWriteArrayList<>();
        Calls calls = new Calls();
        EnergyMeter meter = EnergyMeter.start(config, calls, warnings::add);
        int small = calls.key(ModelKey.of("small"));
        int large = calls.key(ModelKey.of("large"));
        assertThat(meter.findings()).anyMatch(line -> line.startsWith("budget team-a: 1 J a month in "));
        while (meter.budgets().allows("team-a")) {
            call(calls, large, 20);
        }
        assertThatThrownBy(() -> call(calls, large, 1))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageStartingWith("Inferwatt: budget 'team-a' used up: ");
        call(calls, small, 1);
        meter.close();
        call(calls, large, 1); // nobody meters any more

        BudgetTotals totals = meter.snapshot().budgets().get(0);
        assertThat(meter.snapshot().budgets()).hasSize(1);
        assertThat(totals.consumed()).isGreaterThanOrEqualTo(1).isEqualTo(totals.charged());
        assertThat(totals.rejectedRequests()).isOne();
        assertThat(warnings)
                .anyMatch(line -> line.startsWith("budget.wrong.limit='much': allowed: "))
                .anyMatch(line -> line.startsWith("budget team-a: 100 % reached, "));

        EnergyMeter next = EnergyMeter.start(config, new Calls());
        assertThat(next.snapshot().budgets().get(0).consumed()).isEqualTo(totals.consumed());
        assertThat(next.budgets().allowsModel("large")).isFalse();
        next.close();
    }

    @Test
    void interruptOfTheSampler_isIgnored() {
        EnergyMeter meter = EnergyMeter.start(InferwattConfig.DEFAULTS, new Calls());
        Thread sampler = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("inferwatt-sampler"))
                .findFirst()
                .orElseThrow();
        sampler.interrupt();
        assertThat(sampler.isInterrupted()).isFalse();
        meter.close();
        assertThat(sampler.isAlive()).isFalse();
    }

    @Test
    @Timeout(30)
    void keyWhoseOnlyCallMovedAway_keepsItsEnergyInSight() {
        Calls calls = new Calls();
        EnergyMeter meter = EnergyMeter.start(InferwattConfig.DEFAULTS, calls);
        int unnamed = calls.key(ModelKey.of("unnamed"));
        InferenceCall call = calls.start("framework", unnamed, 1);
        while (joules(meter.snapshot(), "unnamed") == 0) {
            Thread.onSpinWait();
        }
        double before = joules(meter.snapshot(), "unnamed");
        calls.rebook(call, calls.key(ModelKey.of("named")));
        calls.finish(call, Outcome.OK);
        meter.close();
        assertThat(joules(meter.snapshot(), "unnamed")).isGreaterThanOrEqualTo(before);
    }

    @Test
    @Timeout(30)
    void wholeMachineBesideItsPackages_isLookedAtAndAddedToNothing(@TempDir Path powercap) throws Exception {
        PowercapTree tree = new PowercapTree(powercap)
                .zone("intel-rapl:0", "package-0", 1_000_000_000)
                .zone("intel-rapl:1", "psys", 7_000_000_000L);
        InferwattConfig config = ConfigLoader.load("energy.powercap.root=" + powercap, Map.of(), Map.of())
                .config();

        MachineSurvey survey = EnergyMeter.survey(config, Duration.ofMillis(100));
        assertThat(survey.host().hardwareThreads()).isPositive();
        assertThat(survey.footprint()).isNotEmpty();
        assertThat(survey.energy().domains())
                .filteredOn(DomainReading::counted)
                .extracting(DomainReading::source)
                .contains("rapl-powercap")
                .doesNotContain("rapl-psys");

        EnergyMeter meter = EnergyMeter.start(config, new Calls());
        MeterSnapshot snapshot = meter.snapshot();
        for (int i = 1;
                snapshot.uncounted().isEmpty() || snapshot.uncounted().get(0).joules() == 0;
                i++) {
            tree.energy("intel-rapl:0", 1_000_000_000 + i * 10_000L);
            tree.energy("intel-rapl:1", 7_000_000_000L + i * 20_000L);
            LockSupport.parkNanos(10_000_000);
            snapshot = meter.snapshot();
        }
        meter.close();

        assertThat(snapshot.uncounted().get(0).domain()).isEqualTo(Domain.PLATFORM);
        assertThat(snapshot.uncounted().get(0).source()).isEqualTo("rapl-psys");
        assertThat(snapshot.domains()).extracting(DomainTotals::domain).doesNotContain(Domain.PLATFORM);
    }

    private static double joules(MeterSnapshot snapshot, String model) {
        return snapshot.models().stream()
                .filter(one -> one.key().model().equals(model))
                .mapToDouble(ModelTotals::joules)
                .sum();
    }

    private static ModelTotals totals(MeterSnapshot snapshot, String model) {
        return snapshot.models().stream()
                .filter(one -> one.key().model().equals(model))
                .findFirst()
                .orElseThrow();
    }

    /** Computes for some milliseconds inside a call. */
    private static void call(Calls calls, int key, long millis) {
        InferenceCall call = calls.start("test", key, 1);
        long end = System.nanoTime() + millis * 1_000_000;
        double x = 1;
        while (System.nanoTime() < end) {
            x = Math.sqrt(x + 1);
        }
        assertThat(x).isPositive();
        calls.finish(call, Outcome.OK);
    }
}
