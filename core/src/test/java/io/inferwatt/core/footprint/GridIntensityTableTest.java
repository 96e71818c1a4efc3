package io.inferwatt.core.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.core.footprint.GridIntensityTable.Row;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GridIntensityTableTest {

    private static final String HEADER = "iso2,iso3,name,gco2_per_kwh,year,source\n";
    private static final String WORLD = ",WOR,World average,458.29,2025,x\n";

    private final GridIntensityTable table = GridIntensityTable.embedded();

    @Test
    void everyRow_isWhole() {
        assertThat(table.rows()).hasSize(211).allSatisfy(row -> {
            assertThat(row.gramsPerKwh()).isBetween(10.0, 1500.0);
            assertThat(row.year()).isBetween(2022, 2025);
            assertThat(row.source()).startsWith("Ember").contains("CC BY 4.0");
            assertThat(row.iso3()).matches("[A-Z]{3}");
            assertThat(row.code()).matches("[A-Z]{2}|WOR|EUU|EUR");
        });
    }

    @Test
    void everyRow_isFoundByItsCodesAndItsName() {
        for (Row row : table.rows()) {
            assertThat(table.find(row.code())).isSameAs(row);
            assertThat(table.find(row.iso3().toLowerCase(Locale.ROOT))).isSameAs(row);
            assertThat(table.find(" " + row.name().toUpperCase(Locale.ROOT))).isSameAs(row);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "KR,KR",
        "kor,KR",
        "south korea,KR",
        "UK,GB",
        "eu,EUU",
        "world,WOR",
        "Europe,EUR",
        "Turkiye,TR",
        "Türkiye,TR",
        "Hong Kong,HK",
        "Congo,CG",
        "Philippines,PH",
        "Côte d'Ivoire,CI",
        "Réunion,RE",
        "TANZANIA,TZ",
        "Turkey,TR",
        "vietnam,VN",
        "Laos,LA",
        "Cayman Islands,KY",
    })
    void zone_isFoundByWhatPeopleWrite(String written, String code) {
        assertThat(table.find(written)).isNotNull().extracting(Row::code).isEqualTo(code);
    }

    /** The figures that were collected had the Cayman Islands under the code of Cyprus. */
    @Test
    void bothCodesOfARow_nameTheSameCountry() {
        assertThat(table.find("CY")).isNotNull().extracting(Row::name).isEqualTo("Cyprus");
        for (Row row : table.rows()) {
            boolean inIso3166 = !row.iso2().isEmpty() && !row.iso2().equals("XK");
            String iso3 = inIso3166
                    ? new Locale.Builder().setRegion(row.iso2()).build().getISO3Country()
                    : row.iso3();
            assertThat(row.iso3()).as(row.name()).isEqualTo(iso3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "XX", "Atlantis", "Virgin Islands", "K", "(the)"})
    void zoneThatIsNoneOrSeveral_isNotFound(String written) {
        assertThat(table.find(written)).isNull();
    }

    @Test
    void knownFigures_areThoseOfThePublisher() {
        assertThat(table.world()).extracting(Row::gramsPerKwh, Row::year).containsExactly(458.29, 2025);
        assertThat(table.find("KR")).extracting(Row::gramsPerKwh, Row::year).containsExactly(417.06, 2025);
        assertThat(table.find("EUU")).extracting(Row::gramsPerKwh, Row::year).containsExactly(213.02, 2024);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CF,CAF,Central African Republic,0,2023,x",
                "AA,AAA,A,-1,2023,x",
                "AA,AAA,A,NaN,2023,x",
                "AA,AAA,A,,2023,x",
                "AA,AAA,A,1,,x",
                "AA,AAA,A,1,2023",
                "AA,AAA,A,1,2023,x,y",
                "AA,AAA,\"A,1,2023,x",
                "AA,AAA,\"A\"b,1,2023,x",
                "AA,AAA,A\"b,1,2023,x",
                "AA,WOR,A,1,2023,x",
                ",,A,1,2023,x",
                "aa,AAA,A,1,2023,x",
            })
    void rowThatIsNotAsItMustBe_isRefused(String row) {
        assertThatThrownBy(() -> GridIntensityTable.read(new StringReader(HEADER + WORLD + row)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void tableWithoutWorldOrHeader_isRefused() {
        assertThatThrownBy(() -> GridIntensityTable.read(new StringReader(HEADER)))
                .hasMessage("no row WOR");
        assertThatThrownBy(() -> GridIntensityTable.read(new StringReader(WORLD)))
                .hasMessageStartingWith("the header is not iso2,");
    }

    @Test
    void quotedFields_mayHoldCommasAndQuotes() throws IOException {
        String text = "a,\"b,c\",\"d \"\"e\"\"\",\n,,,\"\"\n";

        assertThat(CsvRecords.read(new BufferedReader(new StringReader(text))))
                .containsExactly(List.of("a", "b,c", "d \"e\"", ""), List.of("", "", "", ""));
    }
}
