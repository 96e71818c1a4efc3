package io.inferwatt.exporters.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.exporters.Snapshots;
import io.inferwatt.exporters.live.Live.History;
import org.junit.jupiter.api.Test;

class PowerHistoryTest {

    private static final double START = 1.79e9;

    private final Snapshots ledger = new Snapshots(3).source(Domain.CPU, "rapl-powercap", Quality.MEASURED);
    private final PowerHistory history = new PowerHistory();

    private double modelJoules() {
        return ledger.now().domains().get(0).modelJoules();
    }

    private void add(double second) {
        history.add(ledger.readAt(START + second).now());
    }

    @Test
    void snapshot_countsOnce() {
        MeterSnapshot snapshot = ledger.now();
        history.add(snapshot);
        history.add(snapshot);
        assertThat(history.history().epochMillis()).containsExactly((long) (START * 1000));
        assertThat(history.history().watts()).containsOnlyKeys("cpu");
    }

    @Test
    void meterWithoutDomains_leavesNoPoint() {
        history.add(new Snapshots(1).now());
        assertThat(history.history())
                .isEqualTo(new History(java.util.List.of(), java.util.Map.of(), java.util.List.of()));
        assertThat(history.modelWatts().value()).isNaN();
        assertThat(history.ownWatts().value()).isNaN();
    }

    @Test
    void oldPoints_areForgotten() {
        for (int second = 0; second < 1000; second++) {
            add(second);
        }
        assertThat(history.history().epochMillis())
                .hasSize(PowerHistory.KEPT_SECONDS + 1)
                .first()
                .isEqualTo((long) ((START + 999 - PowerHistory.KEPT_SECONDS) * 1000));
    }

    @Test
    void pointsComingFast_areBounded() {
        for (int i = 0; i < 10_000; i++) {
            add(i / 100.0);
        }
        assertThat(history.history().epochMillis()).hasSize(PowerHistory.MOST_POINTS);
    }

    @Test
    void clockPutBack_beginsAnew() {
        add(100);
        add(101);
        add(50);
        assertThat(history.history().epochMillis()).containsExactly((long) ((START + 50) * 1000));
    }

    @Test
    void powerThatIsNotKnown_isAHoleAndNoLowerSum() {
        ledger.source(new Domain(Component.GPU, "gpu:1"), "nvml-power", Quality.MEASURED)
                .source(new Domain(Component.GPU, "gpu:2"), "nvml-power", Quality.MEASURED);
        add(0);
        ledger.watts(new Domain(Component.GPU, "gpu:2"), Double.NaN);
        add(1);
        assertThat(history.history().watts().get("gpu")).containsExactly(100.0, Double.NaN);
        assertThat(history.history().watts().get("cpu")).containsExactly(50.0, 50.0);
    }

    @Test
    void powerOfModels_isTheMeanOfTheLastSeconds_notKnownBefore() {
        add(0);
        double before = modelJoules();
        for (int second = 1; second <= 5; second++) {
            ledger.call("minilm", "inference", Outcome.OK);
            add(second);
        }
        double drawn = modelJoules() - before;
        assertThat(history.modelWatts().value()).isCloseTo(drawn / 5, within(1e-6));
        assertThat(history.modelWatts().seconds()).isEqualTo(5);
        assertThat(history.history().modelWatts())
                .hasSize(6)
                .startsWith(Double.NaN)
                .last()
                .isEqualTo(drawn / 5);
        add(100);
        assertThat(history.modelWatts().value())
                .as("after a minute in which nobody looked")
                .isNaN();
    }

    @Test
    void ownCost_isTheMeanOfAMinuteAtMost() {
        for (int second = 0; second <= 100; second++) {
            ledger.own(second < 40 ? 1000 * second : 40_000 + 0.5 * (second - 40), 0.01 * second);
            add(second);
            if (second == 5) {
                assertThat(history.ownWatts().value()).as("too short").isNaN();
            }
        }
        assertThat(history.ownWatts().value()).isCloseTo(0.5, within(1e-6));
        assertThat(history.ownWatts().seconds()).isEqualTo(60);
        assertThat(history.ownCores().value()).isCloseTo(0.01, within(1e-9));
    }
}
