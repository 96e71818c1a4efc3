package io.inferwatt.exporters.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The tables of families in {@code docs/metrics.md}: name, type and labels of each row are those of the catalogue, units and meanings are
 * written by hand. {@code -Dmetrics.write=true} writes the former; a family without a row, or a row without a family, is for a person.
 */
class MetricsDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "metrics.md");
    private static final String ROW = "| `inferwatt_";

    private final Map<String, Family> families =
            Catalogue.ALL.stream().collect(Collectors.toMap(CatalogueTest::prometheusName, Function.identity()));

    @Test
    void eachFamily_hasOneRowAndEachRowAFamily() throws IOException {
        assertThat(Files.readAllLines(DOCUMENT).stream()
                        .filter(line -> line.startsWith(ROW))
                        .map(MetricsDocumentTest::name))
                .containsExactlyInAnyOrderElementsOf(families.keySet());
    }

    @Test
    void rows_haveTheTypesAndLabelsOfTheCatalogue() throws IOException {
        List<String> lines = Files.readAllLines(DOCUMENT);
        List<String> expected = lines.stream()
                .map(line -> line.startsWith(ROW) ? row(line) : line)
                .toList();
        if (Boolean.getBoolean("metrics.write")) {
            Files.writeString(DOCUMENT, String.join("\n", expected) + "\n");
            return;
        }
        assertThat(lines).containsExactlyElementsOf(expected);
    }

    private String row(String line) {
        Family family = families.get(name(line));
        if (family == null) {
            return line;
        }
        List<String> cells = new ArrayList<>(List.of(line.split("\\|", -1)));
        cells.set(2, " " + type(family) + " ");
        cells.set(
                4, family.labels().stream().map(label -> "`" + label + "` ").collect(Collectors.joining("", " ", "")));
        return String.join("|", cells);
    }

    private static String name(String line) {
        return line.substring(3, line.indexOf('`', 3));
    }

    private static String type(Family family) {
        return switch (family.kind()) {
            case COUNTER -> "counter";
            case HISTOGRAM -> "histogram";
            case TIMER -> "summary";
            case GAUGE -> family.name().endsWith(".info") ? "gauge, info in OpenMetrics" : "gauge";
        };
    }
}
