package io.inferwatt.core.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.footprint.Footprint;
import io.inferwatt.core.footprint.remote.Range;
import io.inferwatt.core.report.ComponentJoules;
import io.inferwatt.core.report.SettledCall;
import io.inferwatt.core.report.TenantSpread;
import io.inferwatt.core.report.TenantTotals;
import java.util.List;
import org.junit.jupiter.api.Test;

class TenantLedgerTest {

    private static final long SECOND = 1_000_000_000;

    private final TenantTable table = TenantTable.of(List.of("acme"), "salt");
    private final TenantLedger ledger = new TenantLedger(table, 100);

    private void call(String tenant, double joulesWithIdle, Range remote, Footprint footprint) {
        ledger.settled(new SettledCall(
                ModelKey.of("m"),
                Outcome.OK,
                0,
                1,
                2,
                1,
                TokenUsage.NONE,
                joulesWithIdle / 2,
                joulesWithIdle,
                remote.central() / 2,
                remote,
                "",
                ComponentJoules.UNKNOWN,
                footprint,
                table.of(table.hash(tenant)),
                true,
                Double.NaN,
                Quality.MEASURED,
                0,
                0,
                0));
    }

    private void call(String tenant, double joules) {
        call(tenant, joules, Range.exactly(0), new Footprint(joules / 100, joules / 1000, Double.NaN, Double.NaN));
    }

    @Test
    void nobodyToldOfTenants_nothingIsShown() {
        call(null, 5);

        assertThat(ledger.totals()).isEmpty();
        assertThat(ledger.spread(100 * SECOND)).isEqualTo(TenantSpread.NONE);
    }

    @Test
    void sums_areOfThoseOnTheList_ofAllOthers_andOfNobody() {
        call("acme", 10);
        call("acme", 5, Range.exactly(7), new Footprint(1, 2, Double.NaN, 4));
        call("globex", 3);
        call("initech", 4);
        call(null, 1);
        call("acme", 1, Range.UNKNOWN, Footprint.UNKNOWN);

        assertThat(ledger.totals())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(
                        new TenantTotals("acme", 6, 23, 0.11 + 3, 4, 2),
                        new TenantTotals("other", 4, 7, 0.03 + 0.003 + 0.04 + 0.004, 0, 0),
                        new TenantTotals("none", 2, 1, 0.011, 0, 0));
    }

    @Test
    void spread_tellsWhatPartTheHeaviestDraw_atMostEveryTenSeconds() {
        for (int i = 1; i <= 100; i++) {
            call("t" + i, i == 1 ? 901 : 1);
        }

        TenantSpread spread = ledger.spread(0);
        assertThat(spread.tenants()).isEqualTo(100);
        assertThat(spread.joules()).isEqualTo(1000);
        assertThat(spread.topPercentShare()).isCloseTo(0.901, within(1e-12));
        assertThat(spread.topTenthShare()).isCloseTo(0.910, within(1e-12));
        assertThat(spread.errorJoules()).isZero();
        assertThat(spread.heaviest()).hasSize(20);
        assertThat(spread.heaviest().get(0).id()).hasSize(16).matches("[0-9a-f]+");

        call("acme", 10_000);
        assertThat(ledger.spread(9 * SECOND)).isSameAs(spread);
        TenantSpread later = ledger.spread(10 * SECOND);
        assertThat(later.heaviest().get(0)).isEqualTo(new TenantSpread.Heavy("acme", 10_001));
        assertThat(later.errorJoules()).as("101 in a table of 100").isEqualTo(1);
    }
}
