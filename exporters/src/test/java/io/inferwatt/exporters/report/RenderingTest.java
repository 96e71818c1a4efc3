package io.inferwatt.exporters.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.inferwatt.core.footprint.CsvRecords;
import io.inferwatt.core.report.disclosure.Disclosure;
import io.inferwatt.exporters.JsonSchema;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class RenderingTest {

    private static final int LARGEST_HTML_BYTES = 60_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void json_isReadBackAsTheSameDisclosure(long seed) throws IOException {
        Disclosure disclosure = Disclosures.rich(seed);
        assertThat(DisclosureJson.read(DisclosureJson.write(disclosure))).isEqualTo(disclosure);
    }

    @Test
    void json_ofNoCalls_isReadBackToo() throws IOException {
        assertThat(DisclosureJson.read(DisclosureJson.write(Disclosures.empty())))
                .isEqualTo(Disclosures.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{}",
                "{\"schema\":\"x\"}",
                "<html>",
                "{\"schema\":\"inferwatt-disclosure\"}",
                "{\"schema\":\"inferwatt-disclosure\",\"schema_version\":2}",
                "{\"schema\":\"inferwatt-disclosure\",\"schema_version\":1}"
            })
    void textThatIsNoDisclosure_isRefusedInOneLine(String text) {
        assertThatThrownBy(() -> DisclosureJson.read(text))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("this (is|disclosure).*");
    }

    @Test
    void figureThatIsMissing_isNoZero() {
        JsonObject json = JsonParser.parseString(DisclosureJson.write(Disclosures.rich(1)))
                .getAsJsonObject();
        json.getAsJsonArray("models").get(1).getAsJsonObject().remove("joules");
        assertThatThrownBy(() -> DisclosureJson.read(json.toString()))
                .isInstanceOf(IOException.class)
                .hasMessage("this disclosure is damaged: /models/1/joules is missing");
    }

    @Test
    void textThatIsNull_isNoDisclosure() {
        JsonObject json = JsonParser.parseString(DisclosureJson.write(Disclosures.rich(1)))
                .getAsJsonObject();
        json.getAsJsonArray("models").get(0).getAsJsonObject().add("model", JsonNull.INSTANCE);

        assertThatThrownBy(() -> DisclosureJson.read(json.toString()))
                .isInstanceOf(IOException.class)
                .hasMessage("this is no disclosure of Inferwatt: a text at $.models[0].model is null");
    }

    /** The schema is the description that others rely on: it names every member, and no other. */
    @Test
    void schema_describesEveryMemberOfTheJsonAndNoOther() throws IOException {
        JsonSchema.of(DisclosureJson.class, "disclosure.schema.json")
                .assertDescribesAll(JsonParser.parseString(DisclosureJson.write(Disclosures.rich(1))));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void text_isWithinTheScreenAndNoNameMovesTheCursor(long seed) {
        String text = TextReport.write(Disclosures.rich(seed));
        assertThat(text.lines().filter(line -> line.length() > TextReport.WIDTH))
                .isEmpty();
        assertThat(text.chars()).noneMatch(each -> each != '\n' && Character.isISOControl(each));
        assertThat(text).contains("Small against large", "SCI", "with_idle", "95 %", "tenants", "phone charges");
    }

    @Test
    void text_ofNoCalls_saysThatNothingIsKnownAndNoZero() {
        String text = TextReport.write(Disclosures.empty());
        assertThat(text)
                .contains("not known", "No energy source has spoken yet")
                .doesNotContain(" 0 J");
    }

    @Test
    void html_isWellFormedAndRunsNothingThatANameHolds() throws Exception {
        String html = HtmlReport.write(Disclosures.rich(1));
        assertThat(html.getBytes(StandardCharsets.UTF_8).length).isLessThan(LARGEST_HTML_BYTES);
        assertThat(html).doesNotContain("<script", "http://", "https://", "src=", "@import", "url(");
        assertThat(html)
                .contains("&lt;script&gt;", "@media print", "prefers-color-scheme: dark", "<caption>", "scope=\"row\"");
        // All elements that are written without an end in HTML, closed: then it is XML, with nothing left open.
        String xml = html.substring(html.indexOf("<html")).replaceAll("<meta ([^>]*)>", "<meta $1/>");
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        assertThat(document.getElementsByTagName("table").getLength()).isGreaterThan(8);
        assertThat(document.getElementsByTagName("h1").getLength()).isEqualTo(1);
    }

    @Test
    void csv_hasOneFigureALineAndNothingThatASpreadsheetRuns() throws IOException {
        Disclosure disclosure = Disclosures.rich(1);
        List<List<String>> rows = new ArrayList<>();
        for (String line : CsvReport.write(disclosure).split("\r\n", -1)) {
            if (!line.isEmpty()) {
                rows.add(CsvRecords.fields(line, rows.size() + 1));
            }
        }
        assertThat(rows.get(0)).containsExactly("table", "row", "column", "value", "unit", "text");
        assertThat(rows).allSatisfy(row -> {
            assertThat(row).hasSize(6);
            assertThat(row).noneMatch(field -> field.startsWith("=") || field.startsWith("@") || field.startsWith("+"));
        });
        assertThat(rows)
                .filteredOn(row -> row.subList(0, 3).equals(List.of("energy", "minilm/embeddings", "joules")))
                .singleElement()
                .satisfies(row -> {
                    double told = disclosure.models().stream()
                            .filter(line -> line.model().equals("minilm"))
                            .findFirst()
                            .orElseThrow()
                            .joules();
                    assertThat(Double.parseDouble(row.get(3))).isEqualTo(told);
                    assertThat(row.get(4)).isEqualTo("J");
                });
        assertThat(rows)
                .filteredOn(row -> row.subList(0, 3).equals(List.of("total", "co2e_grams", "value")))
                .singleElement()
                .satisfies(row -> assertThat(Double.parseDouble(row.get(3)))
                        .isEqualTo(disclosure.total().co2eGrams()));
    }

    @Test
    void linesOfOneModelHereAndElsewhere_areToldApart() {
        Disclosure disclosure = Disclosures.rich(1);
        assertThat(CsvReport.write(disclosure).lines())
                .filteredOn(line -> line.startsWith("energy,twin/chat,joules,")
                        || line.startsWith("energy,twin/chat@remote,joules,"))
                .hasSize(2);
        assertThat(TextReport.write(disclosure)).contains("twin/chat@remote");
        assertThat(CsvReport.write(disclosure).lines().map(line -> line.split(",", -1)))
                .filteredOn(fields -> fields[0].equals("energy") && fields[2].equals("joules"))
                .extracting(fields -> fields[1])
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.0000012, 0.0134, 1, 12.34, 999.6, 123_456, 1.5e9})
    void amounts_keepThreeDigits(double joules) {
        String text = Amounts.joules(joules);
        double scale = text.endsWith("µJ")
                ? 1e-6
                : text.endsWith("mJ")
                        ? 1e-3
                        : text.endsWith("kJ") ? 1e3 : text.endsWith("MJ") ? 1e6 : text.endsWith("GJ") ? 1e9 : 1;
        double read = Double.parseDouble(text.substring(0, text.indexOf(' '))) * scale;
        assertThat(read / joules).isBetween(0.994, 1.006);
    }
}
