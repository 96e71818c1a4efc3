package io.inferwatt.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.footprint.remote.Range;
import io.inferwatt.core.footprint.remote.RemoteEstimate;
import io.inferwatt.core.footprint.remote.Unestimated;
import io.inferwatt.core.report.RemoteTotals;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RemoteAccountTest {

    private static final Offset<Double> ROUNDING = within(1e-12);

    private final RemoteAccount account = new RemoteAccount();

    private static RemoteEstimate estimate(String method, double dynamicPart, Range liters) {
        return new RemoteEstimate(
                method,
                new Range(10, 100, 1000),
                dynamicPart,
                new Range(1, 2, 4),
                Range.exactly(0.5),
                liters,
                Set.of());
    }

    @Test
    void dynamicParts_areThoseOfEachCall() {
        account.add(estimate("tokens-mlenergy-v3", 0.5, Range.exactly(8)));
        account.add(estimate("tokens-ecologits-0.9", 1, Range.exactly(2)));
        RemoteTotals totals = account.totals();
        assertThat(totals.dynamicJoules()).isCloseTo(150, ROUNDING);
        assertThat(totals.dynamicOperationalGrams()).isCloseTo(3, ROUNDING);
        assertThat(totals.dynamicLiters()).isCloseTo(6, ROUNDING);
        assertThat(totals.joules()).isEqualTo(new Range(20, 200, 2000));
        assertThat(totals.operationalGrams()).isEqualTo(new Range(2, 4, 8));
        assertThat(totals.embodiedGrams()).isEqualTo(Range.exactly(1));
        assertThat(totals.liters()).isEqualTo(Range.exactly(10));
        assertThat(totals.methods()).containsExactlyInAnyOrder("tokens-mlenergy-v3", "tokens-ecologits-0.9");
        assertThat(totals.estimated()).isEqualTo(2);
    }

    @Test
    void unknownWater_isCountedAndNotAdded() {
        account.add(estimate("tokens-mlenergy-v3", 0.5, Range.UNKNOWN));
        account.add(estimate("tokens-mlenergy-v3", 0.5, Range.exactly(8)));
        assertThat(account.totals().liters()).isEqualTo(Range.exactly(8));
        assertThat(account.totals().dynamicLiters()).isCloseTo(4, ROUNDING);
        assertThat(account.totals().withoutWater()).isEqualTo(1);
    }

    @Test
    void callWithoutEstimate_isCountedWithWhatIsToldOfItsTokens() {
        account.add(
                new Unestimated(Unestimated.Reason.UNKNOWN_MODEL),
                new TokenUsage(70, TokenUsage.UNKNOWN, 30, TokenUsage.UNKNOWN));
        account.add(new Unestimated(Unestimated.Reason.UNKNOWN_MODEL), TokenUsage.NONE);
        assertThat(account.totals().any()).isTrue();
        assertThat(account.totals().estimated()).isZero();
        assertThat(account.totals().methods()).isEmpty();
        assertThat(account.totals().unestimated())
                .containsEntry(Unestimated.Reason.UNKNOWN_MODEL, new RemoteTotals.Count(2, 70, 30))
                .containsEntry(Unestimated.Reason.FAILED, new RemoteTotals.Count(0, 0, 0));
    }

    @Test
    void requestsWithoutEstimate_areExact_unlessACallInsideOfOneHasNone() {
        account.addRequests(1);
        account.addUnestimatedRequests(8); // a batch
        account.addDivided(2);
        account.addRequests(0);
        account.addRequests(0);
        account.addRequests(0);
        assertThat(account.totals().requests()).isEqualTo(new RemoteTotals.Requests(8, 2, 3, 0));
        assertThat(account.totals().requests().withoutEstimate()).isEqualTo(8);
        assertThat(account.totals().requests().isEstimated()).isFalse();

        account.addUnestimatedRequests(0);
        assertThat(account.totals().requests().withoutEstimate()).isEqualTo(8.5);
        assertThat(account.totals().requests().isEstimated()).isTrue();
    }
}
