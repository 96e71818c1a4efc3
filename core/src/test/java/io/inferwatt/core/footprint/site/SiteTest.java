package io.inferwatt.core.footprint.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.config.ConfigLoader;
import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.footprint.Facility;
import io.inferwatt.core.host.HostFacts;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTest {

    private static final HostFacts VIRTUAL = new HostFacts("h", "unknown", "unknown", 1, 4, 0, "KVM");
    private static final Map<String, String> LAMBDA =
            Map.of("AWS_REGION", "eu-west-1", "AWS_LAMBDA_FUNCTION_NAME", "scorer");

    private static Site site(String settings, Map<String, String> environment) {
        ConfigLoader.Loaded loaded = ConfigLoader.load(settings, Map.of(), Map.of());
        assertThat(loaded.problems()).isEmpty();
        InferwattConfig config = loaded.config();
        Clock clock = Clock.fixed(Instant.parse("2026-11-30T08:00:00Z"), ZoneOffset.UTC);
        return Site.of(config.carbon(), config.facility(), VIRTUAL, environment, clock);
    }

    private static List<String> findings(Site site) {
        List<String> findings = new ArrayList<>(site.gridFindings());
        findings.addAll(site.buildingFindings());
        return findings;
    }

    @Test
    void regionInTheSettings_givesGridBuildingAndWater() {
        Site site = site("carbon.region=aws/us-east-1", Map.of());

        assertThat(site.current().gramsPerKwh()).isEqualTo(327.17);
        assertThat(site.current().zone()).isEqualTo("us-east-1");
        assertThat(site.current().source()).isEqualTo("table");
        Facility facility = site.facility();
        assertThat(facility.source()).isEqualTo("region");
        assertThat(facility.pue()).isEqualTo(1.15);
        assertThat(facility.wueLitersPerKwh()).isPositive();
        assertThat(facility.ewifLitersPerKwh()).isPositive();
        assertThat(facility.liters(3.6e6)).isEqualTo(facility.wueLitersPerKwh() + 1.15 * facility.ewifLitersPerKwh());
        assertThat(facility.waterSource()).contains("aws/us-east-1", "WRI 2020");
        assertThat(findings(site))
                .anySatisfy(line -> assertThat(line)
                        .startsWith(
                                "grid carbon intensity: 327.17 g CO2e/kWh, zone us-east-1 of the region aws/us-east-1, by "
                                        + "carbon.region of the settings, year not stated; Ember, Virginia"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("PUE: 1.15 of the region aws/us-east-1")
                        .contains("AWS 2024"))
                .anySatisfy(line -> assertThat(line).startsWith("water: "));
    }

    @ParameterizedTest
    @CsvSource({
        // what wins, in order
        "carbon.intensity=100, 100, configured, region",
        "'carbon.intensity=100,carbon.region=gcp/europe-west1,carbon.zone=KR', 100, configured, region",
        "'carbon.region=gcp/europe-west1,carbon.zone=KR', europe-west1, table, region",
        "carbon.zone=KR, KR, table, region",
        "carbon.zone=US-VA, US-VA, table, region",
        "'', eu-west-1, table, region",
        "carbon.region=off, world, world-average, default-cloud",
        "'carbon.region=off,facility.pue=1.3', world, world-average, configured",
    })
    void order_isFigureThenNamedRegionThenZoneThenEnvironmentThenWorld(
            String settings, String zoneOrGrams, String source, String facility) {
        Site site = site(settings, LAMBDA);

        assertThat(site.current().source()).isEqualTo(source);
        assertThat(site.facility().source()).isEqualTo(facility);
        if (source.equals("configured")) {
            assertThat(site.current().gramsPerKwh()).isEqualTo(Double.parseDouble(zoneOrGrams));
        } else {
            assertThat(site.current().zone()).isEqualTo(zoneOrGrams);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "AWS_REGION, eu-west-1, AWS_EXECUTION_ENV, AWS_ECS_FARGATE, eu-west-1",
        "AWS_DEFAULT_REGION, eu-west-1, ECS_CONTAINER_METADATA_URI_V4, http://169.254.170.2/v4/x, eu-west-1",
        "GOOGLE_CLOUD_REGION, europe-west1, K_SERVICE, scorer, europe-west1",
        "FUNCTION_REGION, us-central1, K_SERVICE, scorer, us-central1",
        "REGION_NAME, West Europe, WEBSITE_SITE_NAME, scorer, westeurope",
        "CONTAINER_APP_ENV_DNS_SUFFIX, happyhill-70162bb9.northeurope.azurecontainerapps.io, X, x, northeurope",
    })
    void environment_tellsTheRegionOfACloudThatShowsItself(
            String variable, String value, String witness, String itsValue, String region) {
        Site site = site("", Map.of(variable, value, witness, itsValue));

        assertThat(site.current().zone()).isEqualTo(region);
        assertThat(findings(site))
                .anySatisfy(line -> assertThat(line).contains("by " + variable + " of the environment"));
    }

    @ParameterizedTest
    @CsvSource({"AWS_REGION,eu-west-1", "GOOGLE_CLOUD_REGION,europe-west1", "REGION_NAME,West Europe"})
    void variableThatPeopleSetElsewhereToo_countsForNothingAlone(String variable, String value) {
        assertThat(site("", Map.of(variable, value)).current().isWorldAverage()).isTrue();
    }

    @Test
    void regionThatTheTableLacks_isNamedAndTheWorldAverageIsUsed() {
        Site site = site("", Map.of("AWS_REGION", "mars-north-1\u0007", "AWS_EXECUTION_ENV", "x"));

        assertThat(site.current().isWorldAverage()).isTrue();
        assertThat(findings(site))
                .anySatisfy(line ->
                        assertThat(line).contains("no region 'mars-north-1?' of aws", "AWS_REGION", "carbon.zone"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws/nowhere", "aws", "ibm/eu-de", "/"})
    void regionThatIsNone_isTold(String region) {
        assertThat(findings(site("carbon.region=" + region, Map.of())))
                .anySatisfy(line -> assertThat(line)
                        .startsWith(
                                "carbon.region: '" + region + "' is not allowed; allowed: off, environment, metadata"));
    }

    @Test
    void zoneOfALiveSourceThatTheTableLacks_givesWayToTheRegion() {
        Map<String, String> california = Map.of("AWS_REGION", "us-west-1", "AWS_EXECUTION_ENV", "x");

        assertThat(site("carbon.zone=CAISO_NORTH", california).current().zone()).isEqualTo("us-west-1");
        assertThat(site("carbon.zone=US-CAL-CISO", california).current().zone()).isEqualTo("us-west-1");
        assertThat(site("carbon.zone=DE-XX", california).current().zone()).isEqualTo("DE");
    }

    @Test
    void settingsOfTheBuilding_winOverTheRegion() {
        Site site = site("carbon.region=aws/eu-west-1,facility.pue=1.5,facility.wue=1,facility.ewif=2", Map.of());

        assertThat(site.facility()).isEqualTo(new Facility(1.5, "configured", 1, 2, "configured"));
        assertThat(site.facility().liters(3.6e6)).isEqualTo(4);
    }

    @Test
    void waterOfAnUnknownBuilding_isNotKnownAndSaysWhatIsMissing() {
        Site nowhere = site("", Map.of());
        assertThat(nowhere.facility().isWaterKnown()).isFalse();
        assertThat(nowhere.facility().liters(1)).isNaN();
        assertThat(findings(nowhere))
                .anySatisfy(line -> assertThat(line).contains("not known", "facility.wue and facility.ewif"));

        Site germany = site("carbon.zone=DE", Map.of());
        assertThat(germany.facility().isWaterKnown()).isFalse();
        assertThat(findings(germany))
                .anySatisfy(line -> assertThat(line).contains("no litres").endsWith("set facility.wue"));

        Site complete = site("carbon.zone=DE,facility.wue=0.5", Map.of());
        assertThat(complete.facility().isWaterKnown()).isTrue();
        assertThat(complete.facility().waterSource()).contains("facility.wue", "for DE");
    }

    @Test
    void zoneElsewhere_hasThePowerPlantsOfItsOwnCountry() {
        Site site = site("carbon.zone=DE", LAMBDA);

        assertThat(site.facility().ewifLitersPerKwh())
                .isEqualTo(site("carbon.zone=DE", Map.of()).facility().ewifLitersPerKwh())
                .isNotEqualTo(site("", LAMBDA).facility().ewifLitersPerKwh());
    }

    @Test
    void metadata_changesGridAndBuildingWhenItAnswers() {
        Site site = site("carbon.region=metadata,carbon.zone=KR", LAMBDA);
        assertThat(site.asksMetadata()).isTrue();
        assertThat(site.current().zone()).isEqualTo("KR");
        assertThat(findings(site)).anySatisfy(line -> assertThat(line).contains("until it answers"));

        assertThat(site.found("gcp", "europe-west1")).isTrue();

        assertThat(site.current().zone()).isEqualTo("europe-west1");
        assertThat(findings(site))
                .anySatisfy(line -> assertThat(line).contains("by this machine's metadata"))
                .noneSatisfy(line -> assertThat(line).contains("until it answers"));
    }

    @Test
    void metadataWithARegionThatTheTableLacks_changesNothingAndIsTold() {
        Site site = site("carbon.region=metadata", LAMBDA);

        assertThat(site.found("gcp", "atlantis-1")).isFalse();

        assertThat(site.current().zone()).isEqualTo("eu-west-1");
        assertThat(findings(site)).anySatisfy(line -> assertThat(line).contains("no region 'atlantis-1' of gcp"));
    }

    @ParameterizedTest
    @CsvSource({"US-VA,327.17", "us-tx,342.52", "US-WA,124.36", "US-IA,275.36", "US-NY,384.4"})
    void statesOfTheUsa_haveTheirOwnFigureWhereThereIsOne(String zone, double gramsPerKwh) {
        assertThat(site("carbon.zone=" + zone, Map.of()).current().gramsPerKwh())
                .isEqualTo(gramsPerKwh);
    }

    @Test
    void everyState_isInTheTable() {
        PlaceTables tables = new PlaceTables();
        for (String state : "AZ CA GA IA IL NV OH OR SC TX UT VA WA WY".split(" ", -1)) {
            assertThat(UnitedStates.find("US-" + state, tables))
                    .as(state)
                    .satisfies(region -> assertThat(region.country()).isEqualTo("US"));
        }
    }
}
