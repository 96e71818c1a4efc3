package io.inferwatt.exporters.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.footprint.CarbonIntensity;
import io.inferwatt.core.footprint.remote.Range;
import io.inferwatt.core.footprint.remote.RemotePlace;
import io.inferwatt.exporters.Exposition;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PlaceFiguresTest {

    private static final String PLACE = "inferwatt_remote_place_info";
    private static final String INTENSITY = "inferwatt_remote_grid_carbon_intensity_grams_per_kwh";

    private final SeriesTable table = new SeriesTable(() -> {});
    private final PlaceFigures figures = new PlaceFigures(table);
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    PlaceFiguresTest() {
        table.bind(registry);
    }

    private Exposition show(List<RemotePlace> places) {
        table.begin();
        figures.apply(places);
        table.commit();
        return new Exposition(registry.scrape());
    }

    private static RemotePlace place(String provider, String region, double gramsPerKwh, String zone) {
        return new RemotePlace(
                provider,
                region,
                new CarbonIntensity(gramsPerKwh, zone, "table", "a publisher", OptionalInt.of(2025)),
                Range.exactly(1.2),
                Range.UNKNOWN,
                Double.NaN,
                "",
                "",
                false);
    }

    @Test
    void place_isNamedWithItsIntensityAndWhereThatComesFrom() {
        Exposition scrape = show(List.of(place("aws.bedrock", "eu-west-1", 280, "IE")));
        assertThat(scrape.samples(PLACE))
                .containsExactly(new Exposition.Sample(
                        PLACE,
                        Map.of("provider", "aws.bedrock", "region", "eu-west-1", "zone", "IE", "source", "table"),
                        1));
        assertThat(scrape.samples(INTENSITY))
                .containsExactly(new Exposition.Sample(
                        INTENSITY, Map.of("provider", "aws.bedrock", "region", "eu-west-1"), 280));
    }

    @Test
    void placeWhoseIntensityChanges_showsTheLastAlone() {
        show(List.of(place("openai", "", 380, "US")));
        Exposition scrape = show(List.of(place("openai", "", 380, "US"), place("openai", "", 458, "world")));
        assertThat(scrape.samples(PLACE))
                .singleElement()
                .satisfies(sample -> assertThat(sample.labels())
                        .containsEntry("region", "unknown")
                        .containsEntry("zone", "world"));
        assertThat(scrape.samples(INTENSITY))
                .singleElement()
                .satisfies(sample -> assertThat(sample.value()).isEqualTo(458));
    }

    @Test
    void placesBeyondTheLimit_areOneOtherWithoutIntensity() {
        List<RemotePlace> places = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            places.add(place("aws.bedrock", "region-" + i, 300 + i, "zone-" + i));
        }
        Exposition scrape = show(places);
        assertThat(scrape.samples(PLACE)).hasSize(16).allMatch(sample -> sample.value() == 1);
        assertThat(scrape.samples(PLACE))
                .filteredOn(sample -> sample.labels().containsValue("other"))
                .singleElement()
                .satisfies(sample -> assertThat(sample.labels().values()).containsOnly("other"));
        assertThat(scrape.samples(INTENSITY))
                .hasSize(15)
                .noneMatch(sample -> sample.labels().containsValue("other"));
    }
}
