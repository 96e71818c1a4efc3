package io.inferwatt.core.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.config.InferwattConfig.Carbon;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CarbonIntensitySourcesTest {

    private static final Carbon NOTHING = Carbon.DEFAULTS;

    private static Carbon carbon(String zone, OptionalDouble intensity) {
        Carbon nothing = Carbon.DEFAULTS;
        return new Carbon(
                Optional.of(zone),
                intensity,
                nothing.region(),
                nothing.source(),
                nothing.url(),
                nothing.keyFile(),
                nothing.refresh(),
                nothing.marketGramsPerKwh());
    }

    private static CarbonIntensitySources.Choice choose(Carbon carbon, String today) {
        return CarbonIntensitySources.of(carbon, Clock.fixed(Instant.parse(today + "T12:00:00Z"), ZoneOffset.UTC));
    }

    private static CarbonIntensitySources.Choice choose(String zone) {
        return choose(carbon(zone, OptionalDouble.empty()), "2026-11-23");
    }

    @Test
    void configuredFigure_winsOverTheZone() {
        CarbonIntensitySources.Choice choice = choose(carbon("KR", OptionalDouble.of(400)), "2026-11-23");

        CarbonIntensity intensity = choice.source().current();
        assertThat(intensity.gramsPerKwh()).isEqualTo(400);
        assertThat(intensity.source()).isEqualTo("configured");
        assertThat(intensity.zone()).isEqualTo("KR");
        assertThat(intensity.year()).isEmpty();
        assertThat(choice.findings())
                .containsExactly("grid carbon intensity: 400.0 g CO2e/kWh as configured by carbon.intensity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"KR", "kor", "South Korea"})
    void country_givesItsRow(String zone) {
        CarbonIntensitySources.Choice choice = choose(zone);

        CarbonIntensity intensity = choice.source().current();
        assertThat(intensity.gramsPerKwh()).isEqualTo(417.06);
        assertThat(intensity.source()).isEqualTo("table");
        assertThat(intensity.zone()).isEqualTo("KR");
        assertThat(intensity.year()).hasValue(2025);
        assertThat(intensity.citation())
                .startsWith(GridIntensityTable.ATTRIBUTION)
                .contains("April 2026");
        assertThat(choice.findings())
                .singleElement()
                .asString()
                .startsWith(
                        "grid carbon intensity: 417.06 g CO2e/kWh, zone KR, year 2025; Electricity carbon intensity: "
                                + "Ember");
    }

    @Test
    void noZone_givesTheWorldAverageAndSaysSo() {
        CarbonIntensitySources.Choice choice = choose(NOTHING, "2026-11-23");

        assertThat(choice.source().current())
                .extracting(CarbonIntensity::gramsPerKwh, CarbonIntensity::zone, CarbonIntensity::source)
                .containsExactly(458.29, "world", "world-average");
        assertThat(choice.findings())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("carbon.zone is not set and no cloud region is known: the world average is used"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Atlantis", "XX", "XX-YY", "Virgin Islands"})
    void unknownZone_givesTheWorldAverageAndSaysSo(String zone) {
        CarbonIntensitySources.Choice choice = choose(zone);

        assertThat(choice.source().current().source()).isEqualTo("world-average");
        assertThat(choice.source().current().gramsPerKwh()).isEqualTo(458.29);
        assertThat(choice.findings())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("carbon.zone: '" + zone + "' is not in the table")
                        .contains("the world average is used"));
    }

    @Test
    void worldAverageOnRequest_isNamedButNoComplaint() {
        CarbonIntensitySources.Choice choice = choose("WOR");

        assertThat(choice.source().current().source()).isEqualTo("world-average");
        assertThat(choice.findings()).singleElement().asString().contains("458.29 g CO2e/kWh, zone world, year 2025");
    }

    @ParameterizedTest
    @ValueSource(strings = {"US-CAL-CISO", "us-tex"})
    void partOfACountry_givesTheCountryAndSaysSo(String zone) {
        CarbonIntensitySources.Choice choice = choose(zone);

        assertThat(choice.source().current().zone()).isEqualTo("US");
        assertThat(choice.source().current().gramsPerKwh()).isEqualTo(384.4);
        assertThat(choice.findings())
                .anySatisfy(line -> assertThat(line).contains("'" + zone + "' gets the figure of United States"));
    }

    @Test
    void figure_isStaleTwentyFourMonthsAfterItsYear() {
        Carbon europeanUnion = carbon("EUU", OptionalDouble.empty());

        assertThat(stale(choose(europeanUnion, "2026-12-31"))).isEmpty();
        assertThat(stale(choose(europeanUnion, "2027-01-01")))
                .containsExactly(
                        "grid carbon intensity: the figure of zone EUU describes 2024, more than 24 months ago; "
                                + "update Inferwatt or set carbon.intensity");
        assertThat(stale(choose(NOTHING, "2028-01-01"))).hasSize(1);
    }

    private static List<String> stale(CarbonIntensitySources.Choice choice) {
        return choice.findings().stream()
                .filter(line -> line.contains("months ago"))
                .toList();
    }
}
