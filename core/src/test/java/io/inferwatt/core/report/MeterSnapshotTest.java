package io.inferwatt.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.call.ModelFacts;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.report.MeterSnapshot.Confidence;
import io.inferwatt.core.report.MeterSnapshot.ModelEnergy;
import io.inferwatt.core.report.MeterSnapshot.ModelTotals;
import io.inferwatt.core.report.MeterSnapshot.TokenTotals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeterSnapshotTest {

    @Test
    void joulesOfAModel_areTheSumOverItsComponents_withAndWithoutIdle() {
        ModelTotals totals = totals(
                Map.of(),
                List.of(
                        new ModelEnergy(Component.CPU, Quality.MEASURED, 3, 1),
                        new ModelEnergy(Component.DRAM, Quality.MODELLED, 0.5, 0.25)));

        assertThat(totals.joules()).isEqualTo(3.5);
        assertThat(totals.joulesWithIdle()).isEqualTo(4.75);
    }

    @Test
    void totals_changeOfTheCollectionsTheyWereMadeOf_isNotSeen() {
        Map<Outcome, Long> requests = new HashMap<>(Map.of(Outcome.OK, 1L));
        List<ModelEnergy> energy = new ArrayList<>();
        ModelTotals totals = totals(requests, energy);

        requests.put(Outcome.ERROR, 9L);
        energy.add(new ModelEnergy(Component.CPU, Quality.MEASURED, 3, 1));

        assertThat(totals.requests()).containsOnlyKeys(Outcome.OK);
        assertThat(totals.energy()).isEmpty();
    }

    @Test
    void shareWithoutKnownError_isNotCalledWeak_norIsOneOfAQuarter() {
        ModelKey bert = ModelKey.of("bert");
        assertThat(Confidence.UNKNOWN.weak()).isFalse();
        assertThat(Confidence.UNKNOWN.collinear()).isFalse();
        assertThat(new Confidence(0.25, List.of(), 0.25).weak()).isFalse();
        assertThat(new Confidence(0.26, List.of(), 0.26).weak()).isTrue();
        List<ModelKey> group = new ArrayList<>(List.of(bert, ModelKey.of("t5")));
        Confidence together = new Confidence(0.6, group, 0.01);
        group.clear();
        assertThat(together.collinear()).isTrue();
        assertThat(together.group()).hasSize(2);
    }

    private static ModelTotals totals(Map<Outcome, Long> requests, List<ModelEnergy> energy) {
        return new ModelTotals(
                ModelKey.of("bert"),
                ModelFacts.NONE,
                requests,
                1,
                1,
                new TokenTotals(0, 0, 0, 0),
                energy,
                ModelFootprint.NONE,
                0,
                Confidence.UNKNOWN,
                RemoteTotals.NONE);
    }
}
