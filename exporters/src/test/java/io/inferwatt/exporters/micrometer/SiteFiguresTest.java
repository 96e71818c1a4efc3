package io.inferwatt.exporters.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.footprint.CarbonIntensity;
import io.inferwatt.core.footprint.CarbonIntensity.Feed;
import io.inferwatt.core.footprint.Facility;
import io.inferwatt.exporters.AgentFigures;
import io.inferwatt.exporters.Exposition;
import io.inferwatt.exporters.Exposition.Sample;
import io.inferwatt.exporters.Snapshots;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SiteFiguresTest {

    private static final CarbonIntensity TABLE =
            new CarbonIntensity(417.06, "KR", "table", "a publisher", OptionalInt.of(2025));
    private static final CarbonIntensity LIVE =
            new CarbonIntensity(302, "KR", "electricity-maps", "another", OptionalInt.empty());

    private final Snapshots ledger = Snapshots.ofHost(1).call("minilm", "inference", Outcome.OK);
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final InferenceEnergyMetrics metrics =
            new InferenceEnergyMetrics(ledger::now, 16, AgentFigures.ofLibrary("1.2.3", "machine-1"));

    SiteFiguresTest() {
        metrics.bindTo(registry);
    }

    private Exposition scrape() {
        metrics.refresh();
        return new Exposition(registry.scrape());
    }

    private static Sample intensity(double value, String zone, String source) {
        return new Sample(
                "inferwatt_grid_carbon_intensity_grams_per_kwh", Map.of("zone", zone, "source", source), value);
    }

    @Test
    void labelsOfTheGrid_changeWithItsSourceAndLeaveNothingBehind() {
        ledger.intensity(TABLE.with(new Feed("electricity-maps", "", "", Double.NaN, 1)));
        Exposition before = scrape();
        assertThat(before.samples("inferwatt_grid_carbon_intensity_grams_per_kwh"))
                .containsExactly(intensity(417.06, "KR", "table"));
        assertThat(before.names()).doesNotContain("inferwatt_grid_intensity_age_seconds");
        assertThat(before.sum("inferwatt_grid_intensity_failures_total")).isEqualTo(1);

        ledger.intensity(LIVE.with(new Feed("electricity-maps", "KR", "electricity-maps", 12, 1)));
        assertThat(scrape().samples("inferwatt_grid_carbon_intensity_grams_per_kwh"))
                .containsExactly(intensity(302, "KR", "electricity-maps"));

        ledger.intensity(TABLE.with(new Feed("electricity-maps", "KR", "electricity-maps", 30_000, 9)));
        Exposition after = scrape();
        assertThat(after.samples("inferwatt_grid_carbon_intensity_grams_per_kwh"))
                .containsExactly(intensity(417.06, "KR", "table"));
        assertThat(after.samples("inferwatt_grid_intensity_age_seconds"))
                .containsExactly(new Sample(
                        "inferwatt_grid_intensity_age_seconds",
                        Map.of("zone", "KR", "source", "electricity-maps"),
                        30_000));
        assertThat(after.samples("inferwatt_grid_intensity_failures_total"))
                .containsExactly(
                        new Sample("inferwatt_grid_intensity_failures_total", Map.of("source", "electricity-maps"), 9));
    }

    @Test
    void tableAlone_hasNeitherAgeNorFailures() {
        assertThat(scrape().names())
                .doesNotContain("inferwatt_grid_intensity_age_seconds", "inferwatt_grid_intensity_failures_total");
    }

    @Test
    void waterThatIsNotKnown_isAbsent() {
        assertThat(scrape().names()).doesNotContain("inferwatt_wue_liters_per_kwh", "inferwatt_water_liters_total");
    }

    @Test
    void waterThatIsKnown_isToldByComponent() {
        Facility facility = new Facility(1.2, "region", 0.5, 3, "region");
        ledger.facility(facility).call("minilm", "inference", Outcome.OK);
        Exposition scrape = scrape();

        assertThat(scrape.sum("inferwatt_wue_liters_per_kwh")).isEqualTo(0.5);
        for (String component : new String[] {"cpu", "dram", "gpu"}) {
            double joules = scrape.sum("inferwatt_energy_joules_total", "component", component);
            assertThat(joules).isPositive();
            assertThat(scrape.sum("inferwatt_water_liters_total", "component", component))
                    .isCloseTo(joules / 3.6e6 * (0.5 + 1.2 * 3), within(1e-12));
        }
    }
}
