package io.inferwatt.core.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.host.HostFacts;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FacilityTest {

    private static CarbonIntensity intensity(double gramsPerKwh) {
        return new CarbonIntensity(gramsPerKwh, "x", "configured", "", OptionalInt.empty());
    }

    private static HostFacts host(String virtualization) {
        return new HostFacts("h", "unknown", "unknown", 1, 4, 0, virtualization);
    }

    @ParameterizedTest
    @CsvSource({
        "3.6e6, 1.2, 400, 480",
        "3.6e6, 1, 458.29, 458.29",
        "864, 1, 94, 0.02256",
        "1, 1.25, 417.06, 1.448125e-4",
        "0, 1.63, 458.29, 0",
    })
    void grams_areEnergyTimesPueTimesIntensity(double itJoules, double pue, double gramsPerKwh, double grams) {
        assertThat(new Facility(pue, "configured").grams(itJoules, intensity(gramsPerKwh)))
                .isCloseTo(grams, within(grams * 1e-12));
    }

    @Test
    void configuredPue_wins() {
        Facilities.Choice choice = Facilities.of(OptionalDouble.of(1.12), host("KVM"));

        assertThat(choice.facility()).isEqualTo(new Facility(1.12, "configured"));
        assertThat(choice.findings()).containsExactly("PUE: 1.12 as configured by facility.pue");
    }

    @Test
    void virtualMachine_getsTheCloudMeanAndSaysSo() {
        Facilities.Choice choice = Facilities.of(OptionalDouble.empty(), host("KVM"));

        assertThat(choice.facility()).isEqualTo(new Facility(1.25, "default-cloud"));
        assertThat(choice.findings())
                .singleElement()
                .asString()
                .contains("facility.pue is not set", "virtual (KVM)", "1.25", "public cloud", "IDC, as quoted by AWS");
    }

    @Test
    void bareMetal_getsTheMeanOfDataCentresOnPremisesAndSaysSo() {
        Facilities.Choice choice = Facilities.of(OptionalDouble.empty(), host(null));

        assertThat(choice.facility()).isEqualTo(new Facility(1.63, "default-on-premises"));
        assertThat(choice.findings())
                .singleElement()
                .asString()
                .contains(
                        "facility.pue is not set", "not to be virtual", "1.63", "on premises", "IDC, as quoted by AWS");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.99, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void pueThatNoBuildingHas_isRefused(double pue) {
        assertThatThrownBy(() -> new Facility(pue, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void intensityThatNoGridHas_isRefused(double gramsPerKwh) {
        assertThatThrownBy(() -> intensity(gramsPerKwh)).isInstanceOf(IllegalArgumentException.class);
    }
}
