package io.inferwatt.exporters.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.inferwatt.core.footprint.remote.Range;
import io.inferwatt.core.fuzz.Fuzz;
import io.inferwatt.core.fuzz.HostileServer;
import io.inferwatt.core.fuzz.HostileTree;
import io.inferwatt.core.fuzz.Mangler;
import io.inferwatt.core.fuzz.OneLine;
import io.inferwatt.core.report.disclosure.Disclosure;
import io.inferwatt.core.testservers.WireServer;
import io.inferwatt.core.testservers.WireServer.Reply;
import io.inferwatt.exporters.records.Settled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What reports are made of, damaged: there is a report with figures that can be, or one line that says why there is none. */
@Timeout(3600)
class HostileReportsTest {

    private static final Instant END = Instant.parse("2026-11-30T10:00:00Z");
    private static final long END_MILLIS = END.toEpochMilli();

    private static final List<String> RECORDS = List.of(
            RecordLine.write(Settled.local("minilm", 2.5, 7, "acme"), END_MILLIS, List.of("rapl-powercap"), "shop"),
            RecordLine.write(
                    Settled.local("minilm", 2.5, 7, "acme"),
                    END_MILLIS,
                    List.of("rapl-powercap"),
                    "shop",
                    Disclosures.rich(1).factors()),
            RecordLine.write(
                    Settled.remote("gpt-4o", 0.5, new Range(10, 20, 40)), END_MILLIS, List.of("model"), "shop"),
            RecordLine.write(Settled.unknown("mystery"), END_MILLIS, List.of(), ""));

    @TempDir
    Path folder;

    /** Makes a report in all its forms, or checks the line that says why there is none. */
    private static void report(Reader reader) {
        Disclosure disclosure;
        try {
            disclosure = reader.read();
        } catch (IOException e) {
            OneLine.check(List.of("" + e.getMessage()));
            return;
        }
        String text = TextReport.write(disclosure);
        assertThat(text.chars()).as(text).allMatch(c -> c == '\n' || !Character.isISOControl(c));
        assertThat(HtmlReport.write(disclosure)).contains("</html>");
        assertThat(CsvReport.write(disclosure)).isNotEmpty();
        assertThat(JsonParser.parseString(DisclosureJson.write(disclosure)).isJsonObject())
                .isTrue();
        assertThat(disclosure.total().joules())
                .matches(joules -> joules >= 0 || Double.isNaN(joules), "no sum of energy");
    }

    @FunctionalInterface
    private interface Reader {

        Disclosure read() throws IOException;
    }

    @Test
    void records() {
        Path file = folder.resolve("records.jsonl");
        Fuzz.of("records", 200).run(mangler -> {
            Files.write(file, records(mangler));
            report(() -> new RecordsReader("1", null, null, END).read(file));
        });
    }

    private static byte[] records(Mangler mangler) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (int lines = 1 + mangler.below(5); lines > 0; lines--) {
            String line = mangler.oneOf(RECORDS);
            file.write(
                    switch (mangler.below(4)) {
                        case 0 -> line.getBytes(StandardCharsets.UTF_8);
                        case 1 -> withOddFigure(line, mangler).getBytes(StandardCharsets.UTF_8);
                        default -> mangler.file(line);
                    });
            file.write('\n');
        }
        return file.toByteArray();
    }

    /** Mostly still JSON, so that it is the figure that is looked at. */
    private static String withOddFigure(String line, Mangler mangler) {
        int at = mangler.below(line.length());
        int colon = line.indexOf(':', at);
        if (colon < 0) {
            return line;
        }
        int end = colon + 1;
        while (end < line.length() && ",}]".indexOf(line.charAt(end)) < 0) {
            end++;
        }
        String value = mangler.oneOf(
                mangler.number(),
                "-" + mangler.number(),
                "1e308",
                "-1e308",
                "1e999",
                "null",
                "\"\"",
                "[]",
                "{}",
                "true",
                "\"a\\u0000\\n\\u001b[2J\"",
                "\"" + "x".repeat(5000) + "\"",
                "0",
                "-0.0",
                "\"NaN\"",
                "\"Infinity\"");
        return line.substring(0, colon + 1) + value + line.substring(end);
    }

    @Test
    void recordWithAFigureBelowZero_isSkipped() throws IOException {
        String good = RECORDS.get(0);
        String bad = good.replace("\"local\":2.5", "\"local\":-2.5");
        String endless = good.replace("\"seconds\":", "\"seconds\":9e99");
        Path file = Files.write(folder.resolve("records.jsonl"), List.of(good, bad, endless));

        Disclosure disclosure = new RecordsReader("1", null, null, END).read(file);

        assertThat(bad).isNotEqualTo(good);
        assertThat(disclosure.total().joules()).isEqualTo(2.5);
        assertThat(disclosure.notKnown().skippedRecords()).isEqualTo(2);
    }

    @Test
    void lineWithoutEnd_isSkipped_andThoseAroundItAreRead() throws IOException {
        StringReader text = new StringReader("first\n" + "x".repeat(3 << 20) + "\n\nlast");
        BoundedLines lines = new BoundedLines(text);

        assertThat(lines.next()).isEqualTo("first");
        assertThat(lines.next()).isSameAs(BoundedLines.TOO_LONG);
        assertThat(lines.next()).isEmpty();
        assertThat(lines.next()).isEqualTo("last");
        assertThat(lines.next()).isNull();
    }

    @Test
    void setAsideAndPackedRecords() {
        Fuzz.of("folder of records", 30).run(mangler -> {
            Path root = Files.createDirectories(folder.resolve("records"));
            Path file = Files.write(root.resolve("records.jsonl"), records(mangler));
            Files.write(root.resolve("records.jsonl.1.gz"), packed(records(mangler), mangler));
            Files.write(root.resolve("records.jsonl.2"), records(mangler));
            HostileTree.damage(root, mangler);
            report(() -> new RecordsReader("1", null, null, END).read(mangler.onceIn(2) ? root : file));
            HostileTree.delete(root);
        });
    }

    private static byte[] packed(byte[] plain, Mangler mangler) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
            if (mangler.onceIn(10)) {
                byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
                for (int i = 0; i < 40; i++) {
                    gzip.write(blanks); // one line of 40 MB in 40 KB
                }
            }
        }
        return mangler.onceIn(2) ? mangler.bytes(packed.toByteArray()) : packed.toByteArray();
    }

    @Test
    void answersOfAPrometheusServer() {
        String valid =
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{\"model\":\"minilm\","
                        + "\"component\":\"cpu\",\"operation\":\"chat\",\"source\":\"rapl\"},\"value\":[1790000000,\"12.5\"]}]}}";
        try (WireServer server = new WireServer()) {
            PrometheusReader reader = new PrometheusReader(URI.create(server.address()), "", "1");
            Fuzz.of("answers of a Prometheus server", 120).run(mangler -> {
                String body = mangler.text(valid);
                server.answer(
                        Reply.json(valid),
                        Reply.json(mangler.onceIn(8) ? 503 : 200, mangler.onceIn(8) ? error(mangler) : body));
                report(() -> reader.read(END.minusSeconds(3600), END));
            });
        }
    }

    private static String error(Mangler mangler) {
        return "{\"status\":\"error\",\"error\":"
                + mangler.oneOf(
                        "\"bad\\n\\u001b[2J query\"", "{}", "[]", "[1,2]", "null", "\"" + "x".repeat(100_000) + "\"")
                + "}";
    }

    @Test
    void answersOfARunningJvm() {
        String valid = DisclosureJson.write(Disclosures.rich(1));
        try (WireServer server = new WireServer()) {
            Fuzz.of("answers of a running JVM", 150).run(mangler -> {
                server.answer(Reply.json(mangler.onceIn(3) ? withOddFigure(valid, mangler) : mangler.text(valid)));
                report(() -> RunningJvm.read(URI.create(server.address())));
            });
        }
    }

    @Test
    void serversThatSpeakNoHttp() {
        try (HostileServer server = new HostileServer()) {
            Fuzz.of("servers of reports that speak no HTTP", 20).run(mangler -> {
                server.answerBy(mangler, "{}");
                if (mangler.onceIn(2)) {
                    report(() -> RunningJvm.read(server.uri()));
                } else {
                    report(() -> new PrometheusReader(server.uri(), "", "1").read(END.minusSeconds(3600), END));
                }
            });
        }
    }
}
