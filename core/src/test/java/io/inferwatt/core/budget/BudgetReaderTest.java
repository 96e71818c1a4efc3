package io.inferwatt.core.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.budget.BudgetWindow.Calendar;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Tenant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetReaderTest {

    private final List<String> problems = new ArrayList<>();

    private List<Budget> read(String... settings) {
        return Charges.read(problems, Map.of("team-a", Charges.properties(settings)));
    }

    @ParameterizedTest
    @CsvSource({
        "5 J, ENERGY, 5",
        "5J, ENERGY, 5",
        "2.5 kJ, ENERGY, 2500",
        "3 MJ, ENERGY, 3000000",
        "2 Wh, ENERGY, 7200",
        "5 kWh, ENERGY, 18000000",
        "5 KWH, ENERGY, 18000000",
        "7 g, CO2E, 7",
        "0.5 kg, CO2E, 500",
        "3 L, WATER, 3",
        "250 mL, WATER, 0.25",
        "40 J/request, EFFICIENCY, 40"
    })
    void limit_isANumberAndAUnit(String limit, String kind, double amount) {
        Budget budget = read("limit=" + limit).get(0);
        assertThat(problems).isEmpty();
        assertThat(budget.kind().name()).isEqualTo(kind);
        assertThat(budget.limit()).isEqualTo(amount);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"5", "kWh", "0 J", "-5 J", "5 mJ", "5 tons", "1e3 J", "NaN J", "1..5 J", "5 J 6", "Infinity J"})
    void limit_thatIsNotUnderstood_leavesTheBudgetOutWithOneLine(String limit) {
        assertThat(read("limit=" + limit)).isEmpty();
        assertThat(problems)
                .singleElement()
                .asString()
                .startsWith("budget.team-a.limit='" + limit + "': allowed: a number above 0 and a unit")
                .endsWith("; the budget is left out");
    }

    @Test
    void nothingButTheLimit_isAMonthInTheZoneOfTheSystem_ofAllRequests() {
        Budget budget = read("limit=5 kWh").get(0);
        assertThat(budget.window()).isEqualTo(new Calendar(BudgetWindow.Unit.MONTH, ZoneId.of("Europe/Berlin")));
        assertThat(budget.thresholds()).containsExactly(50.0, 80.0, 100.0);
        assertThat(budget.reject()).isFalse();
        assertThat(budget.selector().selects(ModelKey.remote("anything", "chat"), new Tenant(7, "")))
                .isTrue();
    }

    @Test
    void noLimit_leavesTheBudgetOutWithOneLine() {
        assertThat(read("window=day")).isEmpty();
        assertThat(problems).singleElement().asString().startsWith("budget.team-a: has no limit; allowed: ");
    }

    @ParameterizedTest
    @CsvSource({
        "day, day Asia/Seoul",
        "Week, week Asia/Seoul",
        "month, month Asia/Seoul",
        "24h, rolling 86400000",
        "7d, rolling 604800000",
        "90m, rolling 5400000"
    })
    void window_isOfTheCalendarOrRolling(String window, String text) {
        assertThat(read("limit=1 J", "zone=Asia/Seoul", "window=" + window))
                .singleElement()
                .extracting(budget -> budget.window().text())
                .isEqualTo(text);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"year", "0h", "30s", "9000d", "24", "h", "1h30m", "-1h"})
    void window_thatIsNotUnderstood_leavesTheBudgetOutWithOneLine(String window) {
        assertThat(read("limit=1 J", "window=" + window)).isEmpty();
        assertThat(problems)
                .singleElement()
                .asString()
                .startsWith("budget.team-a.window='" + window + "': allowed: day,");
    }

    @Test
    void zone_thatNobodyKnows_isTheSystemsWithOneLine() {
        assertThat(read("limit=1 J", "zone=Mars/Olympus", "window=day"))
                .singleElement()
                .extracting(budget -> budget.window().zoneName())
                .isEqualTo("Europe/Berlin");
        assertThat(problems)
                .containsExactly("budget.team-a.zone='Mars/Olympus': allowed: a time zone such as Europe/Berlin "
                        + "or UTC; the zone of this system, Europe/Berlin, is used");
    }

    @Test
    void thresholds_areSortedAndOnce() {
        assertThat(read("limit=1 J", "thresholds=90; 10;90;33.3").get(0).thresholds())
                .containsExactly(10.0, 33.3, 90.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"50,80", "0;50", "50;;80", "half", "5000"})
    void thresholds_thatAreNotUnderstood_areTheUsualOnesWithOneLine(String thresholds) {
        assertThat(read("limit=1 J", "thresholds=" + thresholds).get(0).thresholds())
                .containsExactly(50.0, 80.0, 100.0);
        assertThat(problems).singleElement().asString().endsWith("; 50;80;100 is used");
    }

    @Test
    void reject_isForAmountsAlone() {
        assertThat(read("limit=1 J", "reject=TRUE").get(0).reject()).isTrue();
        assertThat(problems).isEmpty();
        assertThat(read("limit=1 J/request", "reject=true").get(0).reject()).isFalse();
        assertThat(read("limit=1 J", "reject=perhaps").get(0).reject()).isFalse();
        assertThat(problems).hasSize(2).allSatisfy(line -> assertThat(line).endsWith("; no call is rejected"));
    }

    @Test
    void selector_takesNamesAndStars() {
        BudgetSelector selector =
                read("limit=1 J", "model=gpt-4*;llama", "operation=chat").get(0).selector();
        assertThat(selector.selects(new ModelKey("gpt-4o-mini", "chat"), Tenant.NONE))
                .isTrue();
        assertThat(selector.selects(new ModelKey("llama", "chat"), Tenant.NONE)).isTrue();
        assertThat(selector.selects(new ModelKey("llama-3", "chat"), Tenant.NONE))
                .isFalse();
        assertThat(selector.selects(new ModelKey("gpt-4o", "embeddings"), Tenant.NONE))
                .isFalse();
        assertThat(selector.selectsModel("gpt-4o", Tenant.NONE)).isTrue();
    }

    @Test
    void selector_ofATenant_needsNoListForItsFullName() {
        BudgetSelector secret = read("limit=1 J", "tenant=umbrella").get(0).selector();
        assertThat(secret.selects(ModelKey.of("m"), Charges.TENANTS.of(Charges.TENANTS.hash("umbrella"))))
                .isTrue();
        assertThat(secret.selects(ModelKey.of("m"), Charges.TENANTS.of(Charges.TENANTS.hash("acme-1"))))
                .isFalse();
        assertThat(secret.selects(ModelKey.of("m"), Tenant.NONE)).isFalse();

        BudgetSelector listed = read("limit=1 J", "tenant=acme-*").get(0).selector();
        assertThat(listed.selects(ModelKey.of("m"), Charges.TENANTS.of(Charges.TENANTS.hash("acme-2"))))
                .isTrue();
        assertThat(listed.selects(ModelKey.of("m"), Charges.TENANTS.of(Charges.TENANTS.hash("umbrella"))))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "*, anything, true",
        "a*c, abc, true",
        "a*c, ac, true",
        "a*c, acb, false",
        "a*b*c, a-b-b-c, true",
        "*mini, gpt-4o-mini, true",
        "*mini, gpt-4o-mini-2, false",
        "a**, abc, true",
        "abc, abc, true",
        "abc, ABC, false",
        "a*, b, false"
    })
    void star_isAnyCharacters(String pattern, String name, boolean matches) {
        assertThat(new NamePattern(pattern).matches(name)).isEqualTo(matches);
    }

    @Test
    void valueOfManyLines_isToldOnOne() {
        read("limit=" + "x\ny".repeat(200));
        assertThat(problems).singleElement().asString().doesNotContain("\n").hasSizeLessThan(250);
    }
}
