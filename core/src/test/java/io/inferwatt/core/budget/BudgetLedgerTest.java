package io.inferwatt.core.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Tenant;
import io.inferwatt.core.footprint.Footprint;
import io.inferwatt.core.footprint.remote.Range;
import io.inferwatt.core.report.BudgetTotals;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetLedgerTest {

    private static final String BERLIN = "Europe/Berlin";

    private final SetClock clock = new SetClock("2026-11-30T12:00", BERLIN);
    private final List<String> warnings = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    @TempDir
    Path folder;

    private BudgetLedger ledger(Budget... budgets) {
        return ledger(null, budgets);
    }

    private BudgetLedger ledger(StateFile file, Budget... budgets) {
        return new BudgetLedger(
                List.of(budgets),
                Charges.TENANTS,
                clock,
                clock::nanoTime,
                "shop",
                file,
                null,
                warnings::add,
                lines::add,
                Runnable::run);
    }

    private StateFile file() {
        return StateFile.open(folder.resolve("shop.budgets"), false, clock, warnings::add);
    }

    private static BudgetTotals only(BudgetLedger ledger) {
        List<BudgetTotals> totals = ledger.totals();
        assertThat(totals).hasSize(1);
        return totals.get(0);
    }

    @Test
    void request_isChargedToEachBudgetThatSelectsIt_inItsQuantity() {
        BudgetLedger ledger = ledger(
                Charges.budget("energy", "limit=100 J", "window=day"),
                Charges.budget("grams", "limit=100 g", "window=day"),
                Charges.budget("water", "limit=100 L", "window=day"),
                Charges.budget("mean", "limit=100 J/request", "window=day"),
                Charges.budget("other", "limit=100 J", "model=other"));

        ledger.settled(Charges.call(ModelKey.of("m"), Tenant.NONE, 4, 6, 2, 3, 1, 0.5));

        assertThat(ledger.totals()).extracting(BudgetTotals::consumed).containsExactly(8.0, 4.0, 0.5, 2.0, 0.0);
        assertThat(ledger.totals().get(0).remaining()).isEqualTo(92);
        assertThat(ledger.totals().get(0).consumedRatio()).isEqualTo(0.08);
        assertThat(ledger.totals().get(0).zone()).isEqualTo(BERLIN);
        assertThat(ledger.totals().get(0).windowSeconds()).isEqualTo(86_400);
        assertThat(ledger.totals().get(3).remaining()).isNaN();
        assertThat(ledger.totals()).extracting(BudgetTotals::unknownRequests).containsOnly(0L);
    }

    @Test
    void requestOfUnknownFigure_isCountedAndChargedWithWhatIsKnown() {
        BudgetLedger ledger = ledger(
                Charges.budget("energy", "limit=100 J"),
                Charges.budget("grams", "limit=100 g"),
                Charges.budget("water", "limit=100 L"),
                Charges.budget("mean", "limit=100 J/request"));

        ledger.settled(
                Charges.call(ModelKey.of("m"), Tenant.NONE, 3, 6, Double.NaN, Double.NaN, Double.NaN, Double.NaN));

        assertThat(ledger.totals()).extracting(BudgetTotals::unknownRequests).containsExactly(3L, 3L, 3L, 3L);
        assertThat(ledger.totals().get(0).consumed()).isEqualTo(6);
        assertThat(ledger.totals().get(3).consumed()).as("a mean of nothing").isNaN();
    }

    @Test
    void requestThatIsKnownInPart_isChargedWithThatPart_andCounted() {
        BudgetLedger ledger = ledger(
                Charges.budget("grams", "limit=100 g"),
                Charges.budget("water", "limit=100 L"),
                Charges.budget("mean", "limit=100 J/request"));
        Footprint here = new Footprint(2, 0.5, Double.NaN, Double.NaN);
        ledger.settled(Charges.call(1, true, 10, Range.UNKNOWN, here.with(Footprint.UNKNOWN)));
        ledger.settled(Charges.call(1, true, 10, Range.exactly(5), here.with(new Footprint(3, 1, Double.NaN, 4))));

        assertThat(ledger.totals().get(0).consumed()).isEqualTo(9);
        assertThat(ledger.totals().get(1).consumed()).isEqualTo(4);
        assertThat(ledger.totals()).extracting(BudgetTotals::unknownRequests).containsExactly(1L, 2L, 1L);
        assertThat(ledger.totals().get(2).consumed()).isEqualTo(15);
    }

    @Test
    void partsToldApart_areChargedLikeAll_andTheirRequestIsNoMean() {
        BudgetLedger ledger =
                ledger(Charges.budget("energy", "limit=100 J"), Charges.budget("mean", "limit=100 J/request"));
        ledger.settled(Charges.call(1, false, 10, Range.exactly(0), Footprint.NOTHING));
        ledger.settled(Charges.call(0, false, 0, Range.exactly(30), Footprint.NOTHING));
        ledger.settled(Charges.call(0, false, 0, Range.UNKNOWN, Footprint.UNKNOWN));
        ledger.settled(Charges.call(1, true, 6, Range.exactly(0), Footprint.NOTHING));

        assertThat(ledger.totals().get(0).consumed()).isEqualTo(46);
        assertThat(ledger.totals().get(0).unknownRequests()).isEqualTo(1);
        assertThat(ledger.totals().get(1).consumed()).isEqualTo(6);
    }

    @Test
    void threshold_isToldOnceInAWindow_andAgainInTheNext() {
        BudgetLedger ledger = ledger(Charges.budget("team-a", "limit=10 kJ", "window=day"));
        List<Double> heard = new ArrayList<>();
        List<Boolean> usedUp = new ArrayList<>();
        ledger.addListener(crossing -> usedUp.add(crossing.isUsedUp()));
        ledger.addListener(crossing -> {
            throw new IllegalStateException("broken listener");
        });
        ledger.addListener(crossing -> heard.add(crossing.thresholdPercent()));
        for (int i = 0; i < 12; i++) {
            ledger.settled(Charges.joules("m", 1000));
            ledger.totals();
        }
        assertThat(heard).containsExactly(50.0, 80.0, 100.0);
        assertThat(usedUp).containsExactly(false, false, true);
        assertThat(lines)
                .containsExactly(
                        "budget team-a: 50 % reached, 5 of 10 kJ until 2026-12-01T00:00 Europe/Berlin",
                        "budget team-a: 80 % reached, 8 of 10 kJ until 2026-12-01T00:00 Europe/Berlin");
        assertThat(warnings).hasSize(2);
        assertThat(warnings.get(0)).startsWith("a listener of budgets failed: ");
        assertThat(warnings.get(1))
                .isEqualTo("budget team-a: 100 % reached, 10 of 10 kJ until 2026-12-01T00:00 Europe/Berlin");

        clock.pass(Duration.ofHours(12));
        assertThat(only(ledger).consumed()).isZero();
        ledger.settled(Charges.joules("m", 5000));
        assertThat(heard).containsExactly(50.0, 80.0, 100.0, 50.0);
    }

    @Test
    void oneRequestOverAllThresholds_tellsEach() {
        BudgetLedger ledger = ledger(Charges.budget("team-a", "limit=10 J", "reject=true"));
        ledger.settled(Charges.call(ModelKey.of("m"), Tenant.NONE, 1, Double.NaN, 20, 0, 0, 0));
        assertThat(lines).hasSize(2);
        assertThat(warnings)
                .singleElement()
                .asString()
                .endsWith("; 1 requests are not or only partly known; calls that it selects are rejected");
    }

    @Test
    void rollingThreshold_isToldAgainWhenItWasBelowAndAWindowHasPassed() {
        BudgetLedger ledger = ledger(Charges.budget("team-a", "limit=10 J", "window=1h", "thresholds=100"));
        ledger.settled(Charges.joules("m", 10));
        clock.pass(Duration.ofMinutes(59));
        ledger.totals();
        ledger.settled(Charges.joules("m", 10));
        clock.pass(Duration.ofMinutes(2));
        ledger.totals();
        assertThat(warnings).as("it was never below").hasSize(1);
        assertThat(warnings.get(0)).endsWith("10 of 10 J in the last 1 h");

        clock.pass(Duration.ofHours(2));
        assertThat(only(ledger).consumed()).isZero();
        ledger.settled(Charges.joules("m", 10));
        assertThat(warnings).hasSize(2);
    }

    @Test
    void mean_ofFewRequests_crossesNothing() {
        BudgetLedger ledger = ledger(Charges.budget("thrifty", "limit=5 J/request", "thresholds=100"));
        for (int i = 0; i < 19; i++) {
            ledger.settled(Charges.joules("m", 50));
        }
        assertThat(warnings).isEmpty();
        assertThat(ledger.allows("thrifty")).isTrue();
        ledger.settled(Charges.joules("m", 50));
        assertThat(warnings)
                .singleElement()
                .asString()
                .startsWith("budget thrifty: 100 % reached, mean 50 of 5 J/request until ");
        assertThat(ledger.allows("thrifty")).isFalse();
        assertThat(ledger.allowsModel("m")).as("nothing is used up").isTrue();
        assertThat(only(ledger).forecastRatio()).isNaN();
    }

    @Test
    void guard_saysNoForWhatIsUsedUpUntilTheWindowEnds() {
        BudgetLedger ledger = ledger(
                Charges.budget("large", "limit=10 J", "window=day", "model=*-large"),
                Charges.budget("acme", "limit=10 J", "window=day", "tenant=acme-1"));
        ledger.settled(Charges.joules("bert-large", 10));
        ledger.settled(Charges.call(
                ModelKey.of("bert-small"), Charges.TENANTS.of(Charges.TENANTS.hash("acme-1")), 1, 10, 0, 0, 0, 0));

        assertThat(ledger.allows("large")).isFalse();
        assertThat(ledger.allows("acme")).isFalse();
        assertThat(ledger.allows("nobody-knows-it")).isTrue();
        assertThat(ledger.allowsModel("t5-large")).isFalse();
        assertThat(ledger.allowsModel("bert-small")).as("of another tenant").isTrue();

        clock.pass(Duration.ofHours(12));
        ledger.totals();
        assertThat(ledger.allows("large")).isTrue();
        assertThat(ledger.allowsModel("t5-large")).isTrue();
    }

    @Test
    void rejection_isForBudgetsThatAskForIt_andSaysWhy() {
        BudgetLedger ledger = ledger(
                Charges.budget("told", "limit=5 J", "window=day"),
                Charges.budget("team-a", "limit=5 kWh", "window=day", "model=gpt-*", "reject=true"));
        assertThat(ledger.mayReject()).isTrue();
        ModelKey large = ModelKey.remote("gpt-4o", "chat");
        assertThat(ledger.refusal(large, () -> 0)).isNull();
        ledger.settled(Charges.joules("gpt-4o", 5.2 * 3.6e6));

        assertThat(ledger.refusal(ModelKey.of("small"), () -> 0)).isNull();
        assertThat(ledger.refusal(large, () -> 0))
                .isEqualTo("Inferwatt: budget 'team-a' used up: 5.2 of 5 kWh until 2026-12-01T00:00 Europe/Berlin");
        assertThat(ledger.totals().get(1).rejectedRequests()).isOne();
        assertThat(ledger.totals().get(0).rejectedRequests()).isZero();

        clock.pass(Duration.ofHours(12));
        ledger.totals();
        assertThat(ledger.refusal(large, () -> 0))
                .as("without a call in between")
                .isNull();
    }

    @Test
    void burnAndForecast_followTheSpeed() {
        BudgetLedger ledger = ledger(Charges.budget("team-a", "limit=86400 J", "window=day"));
        BudgetTotals atOnce = only(ledger);
        assertThat(atOnce.burnRatio5m()).as("nothing is known yet").isNaN();
        assertThat(atOnce.forecastRatio()).isNaN();
        for (int second = 0; second < 7200; second++) { // 1 J/s is the plan
            clock.pass(Duration.ofSeconds(1));
            ledger.settled(Charges.joules("m", second < 6900 ? 2 : 4));
        }
        BudgetTotals totals = only(ledger);
        assertThat(totals.burnRatio5m()).isEqualTo(4, within(0.02));
        assertThat(totals.burnRatio1h()).isEqualTo(2 + 2 / 12.0, within(0.05));
        double consumed = 6900 * 2 + 300 * 4;
        assertThat(totals.consumed()).isEqualTo(consumed);
        assertThat(totals.forecastRatio()).isEqualTo((consumed + totals.burnRatio1h() * 36_000) / 86_400, within(1e-9));
    }

    @Test
    void afterARestart_consumptionAndWhatWasToldGoOn_chargedBeginsAnew() {
        Budget budget = Charges.budget("team-a", "limit=10 J", "window=day");
        try (BudgetLedger first = ledger(file(), budget)) {
            first.settled(Charges.joules("m", 9));
            first.totals();
        }
        assertThat(lines).hasSize(2);

        clock.pass(Duration.ofHours(1));
        BudgetLedger second = ledger(file(), budget);
        second.settled(Charges.joules("m", 0.5));
        BudgetTotals totals = only(second);
        assertThat(totals.consumed()).isEqualTo(9.5);
        assertThat(totals.charged()).isEqualTo(0.5);
        assertThat(lines).as("told already").hasSize(2);
        second.settled(Charges.joules("m", 0.5));
        assertThat(warnings).hasSize(1);
        second.close();

        clock.pass(Duration.ofHours(12));
        try (BudgetLedger tomorrow = ledger(file(), budget)) {
            assertThat(only(tomorrow).consumed()).isZero();
        }
    }

    @Test
    void usedUpBudget_isSoFromTheFirstCallAfterARestart() {
        Budget budget = Charges.budget("team-a", "limit=10 J", "window=day", "reject=true");
        try (BudgetLedger first = ledger(file(), budget)) {
            first.settled(Charges.joules("m", 11));
            first.totals();
        }
        try (BudgetLedger second = ledger(file(), budget)) {
            assertThat(second.refusal(ModelKey.of("m"), () -> 0)).isNotNull();
        }
    }

    @Test
    void changedLimit_keepsConsumption_changedQuantityOrWindowBeginsAnew() {
        try (BudgetLedger first = ledger(
                file(),
                Charges.budget("limit", "limit=10 J", "window=day"),
                Charges.budget("quantity", "limit=10 J", "window=day"),
                Charges.budget("window", "limit=10 J", "window=day"))) {
            first.settled(Charges.joules("m", 9));
            first.totals();
        }
        lines.clear();
        try (BudgetLedger second = ledger(
                file(),
                Charges.budget("limit", "limit=90 J", "window=day", "thresholds=5;50"),
                Charges.budget("quantity", "limit=10 g", "window=day"),
                Charges.budget("window", "limit=10 J", "window=week"))) {
            assertThat(second.totals()).extracting(BudgetTotals::consumed).containsExactly(9.0, 0.0, 0.0);
            assertThat(lines)
                    .containsExactly(
                            "budget quantity: its quantity or window is another one than before; it begins with nothing consumed",
                            "budget window: its quantity or window is another one than before; it begins with nothing consumed",
                            "budget limit: 5 % reached, 9 of 90 J until 2026-12-01T00:00 Europe/Berlin");
            second.settled(Charges.joules("m", 40));
            assertThat(lines)
                    .as("50 % of the new limit, though 50 % of the old one was told")
                    .hasSize(6);
        }
    }

    @Test
    void budgetThatIsMissingForAWhile_keepsItsConsumption() {
        Budget budget = Charges.budget("team-a", "limit=10 J", "window=day");
        try (BudgetLedger first = ledger(file(), budget)) {
            first.settled(Charges.joules("m", 9));
            first.totals();
        }
        try (BudgetLedger mistyped = ledger(file(), Charges.budget("team-b", "limit=10 J", "window=day"))) {
            mistyped.totals();
        }
        try (BudgetLedger second = ledger(file(), budget)) {
            assertThat(only(second).consumed()).isEqualTo(9);
        }
    }

    @Test
    void findings_sayWhatIsLimitedAndWhereThatIsKept() {
        try (BudgetLedger ledger = ledger(
                file(),
                Charges.budget("team-a", "limit=5 kWh", "window=month", "reject=true"),
                Charges.budget("team-b", "limit=2 L", "window=90m"))) {
            assertThat(ledger.findings())
                    .containsExactly(
                            "budget team-a: 5 kWh a month in Europe/Berlin; calls are rejected once it is used up",
                            "budget team-b: 2 L in any 90 min",
                            "budgets: consumption is kept in " + folder.resolve("shop.budgets"));
        }
        assertThat(ledger().findings()).isEmpty();
        assertThat(ledger().totals()).isEmpty();
    }

    /** Whatever happens: consumed is what was charged in the window, over restarts; charged never falls within a run. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void consumed_isTheSumOfWhatWasChargedInTheWindow(long seed) {
        Random random = new Random(seed);
        Budget day = Charges.budget("day", "limit=1 kJ", "window=day");
        Budget rolling = Charges.budget("rolling", "limit=1 kJ", "window=6h");
        BudgetWindow.Calendar window = (BudgetWindow.Calendar) day.window();
        clock.set("2026-10-23T18:30", BERLIN); // two days before a day of 25 hours
        StateFile file = file();
        BudgetLedger ledger = ledger(file, day, rolling);
        List<double[]> all = new ArrayList<>(); // milliseconds, joules
        double charged = 0;
        double chargedBefore = 0;
        for (int step = 0; step < 2000; step++) {
            clock.pass(Duration.ofSeconds(random.nextInt(600)));
            if (random.nextInt(50) == 0) {
                clock.pass(Duration.ofHours(random.nextInt(40)));
            }
            double joules = random.nextInt(10) == 0 ? Double.NaN : random.nextDouble() * 10;
            ledger.settled(Charges.joules("m", joules));
            if (!Double.isNaN(joules)) {
                all.add(new double[] {clock.millis(), joules});
                charged += joules;
            }
            List<BudgetTotals> totals = ledger.totals();
            long dayStart = window.periodOf(clock.millis()).startMillis();
            long part = Duration.ofHours(6).toMillis() / 60;
            long rollingStart = (Math.floorDiv(clock.millis(), part) - 59) * part;
            assertThat(totals.get(0).consumed()).isEqualTo(sumSince(all, dayStart), within(1e-6));
            assertThat(totals.get(1).consumed()).isEqualTo(sumSince(all, rollingStart), within(1e-6));
            assertThat(totals.get(0).charged()).isEqualTo(charged, within(1e-6)).isGreaterThanOrEqualTo(chargedBefore);
            chargedBefore = totals.get(0).charged();
            if (random.nextInt(40) == 0) {
                ledger.close();
                file = file();
                ledger = ledger(file, day, rolling);
                charged = 0;
                chargedBefore = 0;
            }
        }
        ledger.close();
        assertThat(warnings).noneMatch(line -> line.startsWith("state of budgets"));
    }

    private static double sumSince(List<double[]> charges, long startMillis) {
        return charges.stream()
                .filter(charge -> charge[0] >= startMillis)
                .mapToDouble(charge -> charge[1])
                .sum();
    }
}
