package io.inferwatt.core.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.footprint.GridIntensityTable.Row;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Keeps what {@code docs/carbon.md} and the notice say of the table true. */
class CarbonDocumentTest {

    private final String document = Files.readString(Path.of("..", "docs", "carbon.md"));
    private final List<Row> rows = GridIntensityTable.embedded().rows();

    CarbonDocumentTest() throws IOException {}

    @Test
    void counts_areThoseOfTheTable() {
        assertThat(document)
                .contains("**" + count(row -> row.source().contains("CO2.js")) + " of the " + rows.size()
                        + " rows were read through CO2.js")
                .contains(count(2025) + " rows describe 2025, " + count(2024) + " rows 2024, " + count(2023)
                        + " rows 2023, " + count(2022) + " rows 2022. "
                        + count(row -> row.source().contains("year inferred")) + " rows read through SPRUCE");
    }

    @Test
    void attribution_isWhereTheLicenceWantsIt() throws IOException {
        assertThat(document).contains("> " + GridIntensityTable.ATTRIBUTION + "\n");
        try (InputStream notice = GridIntensityTable.class.getResourceAsStream("NOTICE.txt")) {
            assertThat(new String(notice.readAllBytes(), StandardCharsets.UTF_8))
                    .contains(GridIntensityTable.ATTRIBUTION + "\n");
        }
    }

    private long count(int year) {
        return count(row -> row.year() == year);
    }

    private long count(Predicate<Row> condition) {
        return rows.stream().filter(condition).count();
    }
}
