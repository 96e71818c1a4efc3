package io.inferwatt.core.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.footprint.Equivalences.Equivalence;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EquivalencesTest {

    private static final double JOULES_OF_A_CHARGE = 0.019 * 3.6e6;

    private final Equivalences equivalences = Equivalences.embedded();

    @Test
    void everyThing_namesItsSourceAndYear() {
        assertThat(equivalences.things()).hasSize(3).allSatisfy(thing -> {
            assertThat(thing.source()).isNotBlank();
            assertThat(thing.status()).isNotBlank();
            assertThat(thing.year()).isBetween(2024, 2026);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            12     | = 12 phone charges (0.019 kWh each, US EPA 2024)
            1      | = 1 phone charge (0.019 kWh each, US EPA 2024)
            0.0123 | = 0.012 phone charges (0.019 kWh each, US EPA 2024)
            12345  | = 12 345 phone charges (0.019 kWh each, US EPA 2024)
            """)
    void energy_isToldInPhoneCharges(double count, String words) {
        assertThat(equivalences.of(count * JOULES_OF_A_CHARGE, Double.NaN))
                .extracting(Equivalence::inWords)
                .containsExactly(words);
    }

    @Test
    void carbon_isToldInKilometresAndFlights() {
        List<Equivalence> found = equivalences.of(Double.NaN, 1_666_000);

        assertThat(found.get(0).count()).isCloseTo(1_666_000 / 244.2, within(1e-9));
        assertThat(found)
                .extracting(Equivalence::inWords)
                .containsExactly(
                        "= 6 822 km by car (244.2 g CO2e each, US EPA 2026)",
                        "= 2 London-New York flights (833 kg CO2e each, DESNZ 2024)");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0.001", "NaN, NaN", "1e15, 1e15"})
    void amountsThatNobodyCanPicture_areLeftAlone(double joules, double grams) {
        assertThat(equivalences.of(joules, grams)).isEmpty();
    }
}
