package io.inferwatt.core.footprint.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.call.RemoteTarget.Work;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.config.InferwattConfig.Accelerator;
import io.inferwatt.core.config.InferwattConfig.Remote;
import io.inferwatt.core.config.InferwattConfig.WaterFormula;
import io.inferwatt.core.config.RemoteMethod;
import io.inferwatt.core.footprint.remote.Unestimated.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables that are shipped: each row is whole, says where it comes from, and is of use. */
class RemoteTablesTest {

    private static final TokenUsage TOKENS = new TokenUsage(1000, 200, 500, 100);

    @Test
    void everyModel_isWholeAndCites() {
        assertThat(ModelTable.embedded().rows()).hasSizeGreaterThan(450).allSatisfy(row -> {
            assertThat(row.source()).hasSizeGreaterThan(10);
            assertThat(row.activeMin()).isPositive().isLessThanOrEqualTo(row.activeMax());
            assertThat(row.activeMax()).isLessThanOrEqualTo(row.totalMax());
            assertThat(row.totalMin()).isPositive().isLessThanOrEqualTo(row.totalMax());
            if (row.dense()) {
                assertThat(row.activeMin()).isEqualTo(row.totalMin());
                assertThat(row.activeMax()).isEqualTo(row.totalMax());
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void everyModel_isEstimated(RemoteMethod method) {
        Remote defaults = Remote.DEFAULTS;
        RemoteEstimates estimates = RemoteEstimates.of(new Remote(
                        method,
                        Accelerator.H100,
                        OptionalInt.empty(),
                        WaterFormula.CORRECTED,
                        Optional.empty(),
                        "",
                        defaults.hosts(),
                        defaults.regions()))
                .estimates();
        for (ModelSize row : ModelTable.embedded().rows()) {
            String name = row.model().replace("*", "");
            RemoteTarget target = new RemoteTarget("test", "openai", "", "", name, Work.TEXT, "");
            if (name.contains("-image") || name.contains("-audio")) {
                assertThat(estimates.estimate(target, TOKENS, 0, 20, false))
                        .as(name)
                        .isEqualTo(new Unestimated(Unestimated.Reason.NO_FIGURE));
                continue;
            }

            assertThat(estimates.estimate(target, TOKENS, 0, 20, false))
                    .as(name)
                    .isInstanceOfSatisfying(RemoteEstimate.class, estimate -> {
                        assertThat(estimate.method()).isEqualTo(method.label());
                        for (Range range : List.of(
                                estimate.joules(),
                                estimate.operationalGrams(),
                                estimate.embodiedGrams(),
                                estimate.liters())) {
                            assertThat(range.low()).isPositive();
                            assertThat(range.low()).isLessThanOrEqualTo(range.central());
                            assertThat(range.central()).isLessThanOrEqualTo(range.high());
                            assertThat(range.high()).isFinite();
                        }
                    });
            RemoteResult embedding = estimates.estimate(
                    new RemoteTarget("test", "openai", "", "", name, Work.EMBEDDING, ""), TOKENS, 0, 1, false);
            if (method == RemoteMethod.ECOLOGITS) {
                assertThat(embedding).isEqualTo(new Unestimated(Reason.NO_FIGURE));
            } else {
                assertThat(embedding)
                        .isInstanceOfSatisfying(
                                RemoteEstimate.class,
                                estimate ->
                                        assertThat(estimate.joules().central()).isPositive());
            }
        }
    }

    @Test
    void everyRegion_isWholeAndFound() {
        CloudRegions clouds = CloudRegions.embedded();

        assertThat(clouds.regions()).hasSize(151).allSatisfy(region -> {
            assertThat(clouds.find(region.cloud(), region.region())).isSameAs(region);
            assertThat(region.pue()).isBetween(1.0, 2.0);
            assertThat(region.grid().gramsPerKwh()).isBetween(10.0, 1500.0);
            assertThat(region.facilitySource()).isNotBlank();
            assertThat(region.grid().citation()).startsWith("Ember").contains("CC BY 4.0");
            assertThat(region.ewifSource().isEmpty()).isEqualTo(Double.isNaN(region.ewif()));
        });
        assertThat(clouds.regions())
                .filteredOn(region -> !Double.isNaN(region.ewif()))
                .hasSize(132);
    }

    @Test
    void everyProvider_isWholeAndCites() {
        ProviderFacilities facilities = ProviderFacilities.embedded();

        assertThat(facilities.providers())
                .contains("openai", "aws.bedrock", "self", "unknown")
                .allSatisfy(name -> {
                    ProviderFacilities.Facility facility = facilities.of(name);
                    assertThat(facility.pue().low()).isBetween(1.0, 2.0);
                    assertThat(facility.pue().high())
                            .isGreaterThanOrEqualTo(facility.pue().low());
                    assertThat(facility.facilitySource()).isNotBlank();
                    assertThat(facility.ewifSource().isEmpty()).isEqualTo(Double.isNaN(facility.ewif()));
                });
    }

    @Test
    void everyImageRow_isFoundByItsOwnName() {
        ImageFigures images = ImageFigures.embedded();

        assertThat(images.rows()).hasSizeGreaterThanOrEqualTo(4).allSatisfy(row -> {
            assertThat(row.source()).contains("arXiv 2505.06371");
            Range range = images.joulesPerImage(row.pattern().replace("*", ""), row.size());
            assertThat(Objects.requireNonNull(range).central()).isEqualTo(row.joules());
        });
    }

    @Test
    void notice_namesEveryTable_andTheLicenceOfTheOneThatHasItsOwn() throws IOException {
        assertThat(text("NOTICE.txt"))
                .contains(
                        "models_ecologits.csv",
                        "models.csv",
                        "image_models.csv",
                        "cloud_regions.csv",
                        "provider_facility.csv")
                .contains("Mozilla Public License, v. 2.0, https://mozilla.org/MPL/2.0/")
                .contains("Ember, Yearly Electricity Data (2026), CC BY 4.0, ember-energy.org");
        assertThat(text("models_ecologits.csv")).startsWith("# ").contains("https://mozilla.org/MPL/2.0/");
        assertThat(text("models.csv")).doesNotContain("MPL");
    }

    @Test
    void damagedOrMissingTable_isAnError() {
        assertThatThrownBy(() -> CsvTable.embedded("none.csv", List.of(), fields -> ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("none.csv");
        assertThatThrownBy(() -> CsvTable.embedded("models.csv", List.of("other"), fields -> ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("damaged: line 3: the header is not other");
    }

    private static String text(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(ModelTable.class.getResourceAsStream(resource));
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            StringBuilder text = new StringBuilder();
            reader.lines().forEach(line -> text.append(line).append('\n'));
            return text.toString();
        }
    }
}
