package io.inferwatt.exporters.records;

import static io.inferwatt.exporters.records.RecordsRun.line;
import static io.inferwatt.exporters.records.RecordsRun.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.footprint.remote.Range;
import io.inferwatt.core.report.disclosure.Disclosure;
import io.inferwatt.core.report.disclosure.ModelLine;
import io.inferwatt.core.report.disclosure.Tenants;
import io.inferwatt.exporters.Snapshots;
import io.inferwatt.exporters.report.RecordsReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RecordsExporterTest {

    @TempDir
    Path folder;

    private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
    private final Snapshots ledger = Snapshots.ofHost(1).call("minilm", "inference", Outcome.OK);

    private RecordsExporter start(Path file, int megabytes, int files) {
        return RecordsRun.start(file, megabytes, files, ledger, warnings::add);
    }

    @Test
    void withoutAFile_nothingIsStarted() {
        assertThat(RecordsExporter.start(
                        InferwattConfig.DEFAULTS.records(),
                        "",
                        50,
                        ledger::now,
                        thread -> {
                            throw new AssertionError();
                        },
                        warnings::add))
                .isEmpty();
    }

    @Test
    void lines_tellWhatIsKnownOfARequestAndNameWhatIsNot() throws IOException {
        Path file = folder.resolve("deep/records.jsonl");
        try (RecordsExporter exporter = start(file, 1, 3)) {
            exporter.settled(Settled.local("minilm", 2, 5, "sales"));
            exporter.settled(Settled.remote("gpt-4o", 0.5, new Range(100, 500, 2500)));
            exporter.settled(Settled.unknown("gpt-4o"));
        }
        List<JsonObject> lines = Files.readAllLines(file).stream()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
        assertThat(lines).hasSize(3);
        JsonObject local = lines.get(0);
        assertThat(local.get("tenant").getAsString()).isEqualTo("sales");
        assertThat(local.get("boundary").getAsString()).isEqualTo("with_idle");
        assertThat(local.getAsJsonObject("joules").toString()).isEqualTo("{\"local\":2.0,\"cpu\":1.5,\"dram\":0.5}");
        assertThat(local.get("trace_id").getAsString()).isEqualTo("0000000000001234000000000000abcd");
        assertThat(local.get("span_id").getAsString()).isEqualTo("0000000000000077");
        assertThat(local.get("service").getAsString()).isEqualTo("shop");
        assertThat(local.get("sources").toString()).contains("rapl-powercap", "nvml-energy");
        assertThat(local.get("unknown").toString()).isEqualTo("[\"liters\"]");
        assertThat(Instant.parse(local.get("time").getAsString()))
                .isBefore(Instant.now().plusSeconds(1));
        assertThat(lines.get(1).getAsJsonObject("remote").get("central").getAsDouble())
                .isEqualTo(500);
        assertThat(lines.get(1).getAsJsonObject("tokens").toString())
                .isEqualTo("{\"input\":100,\"cached\":20,\"output\":50}");
        assertThat(lines.get(1).has("tenant")).isFalse();
        assertThat(lines.get(2).has("joules")).isFalse();
        assertThat(lines.get(2).get("unknown").toString()).contains("joules", "remote", "liters");
        assertThat(warnings).isEmpty();
    }

    @Test
    void tenantWhoseNameLooksLikeAHash_isToldByName_andHashesStayOthers() throws IOException {
        Path file = folder.resolve("records.jsonl");
        try (RecordsExporter exporter = start(file, 1, 3)) {
            exporter.settled(Settled.local("minilm", 2, 5, "0123456789abcdef"));
            exporter.settled(Settled.local("minilm", 3, 0x0123456789abcdefL, ""));
        }
        Tenants tenants = read(file).tenants();
        assertThat(tenants.different()).isEqualTo(2);
        assertThat(tenants.lines()).extracting(Tenants.Line::name).containsExactly("0123456789abcdef", "other", "none");
        assertThat(tenants.lines()).extracting(Tenants.Line::joules).containsExactly(2.0, 3.0, 0.0);
    }

    @Test
    void disclosure_ofRecords_isTheirSum() throws IOException {
        Path file = folder.resolve("records.jsonl");
        try (RecordsExporter exporter = start(file, 1, 3)) {
            for (int i = 0; i < 100; i++) {
                exporter.settled(Settled.local("minilm", 2, 5, "sales"));
                exporter.settled(Settled.local("minilm", 1, 1000 + i, ""));
                exporter.settled(Settled.remote("gpt-4o", 0.5, new Range(100, 500, 2500)));
            }
            exporter.settled(Settled.unknown("gpt-4o"));
        }
        Disclosure disclosure = read(file);
        ModelLine minilm = line(disclosure, "minilm");
        ModelLine gpt = line(disclosure, "gpt-4o");
        assertThat(disclosure.about().service()).isEqualTo("shop");
        assertThat(disclosure.total().joules()).isCloseTo(50_350, within(1e-6));
        assertThat(disclosure.total().requests()).isEqualTo(301);
        assertThat(disclosure.total().requestsWithFigure()).isEqualTo(300);
        assertThat(minilm.joules()).isCloseTo(300, within(1e-9));
        assertThat(minilm.measuredShare()).isEqualTo(1);
        assertThat(minilm.sciGramsPerRequest()).isCloseTo((300 / 1e4 + 300 / 1e6) / 200, within(1e-12));
        assertThat(minilm.low()).isNaN();
        assertThat(gpt.remote().low()).isCloseTo(10_000, within(1e-6));
        assertThat(gpt.remote().unestimated()).isEqualTo(1);
        assertThat(gpt.joulesPerRequest()).isCloseTo(500.5, within(1e-9));
        assertThat(gpt.liters()).isCloseTo(0.1, within(1e-12));
        assertThat(gpt.sciGramsPerThousandTokens()).isCloseTo(1000 * 50_050 / 1e4 / 15_000, within(1e-9));
        assertThat(disclosure.notKnown().requestsWithoutFigure()).isEqualTo(1);
        Tenants tenants = disclosure.tenants();
        assertThat(tenants.different()).isEqualTo(101);
        assertThat(tenants.lines()).extracting(Tenants.Line::name).containsExactly("sales", "other", "none");
        assertThat(tenants.lines()).extracting(Tenants.Line::joules).containsExactly(200.0, 100.0, 50_050.0);
        // Two of 101 are the top one percent: the 200 J of sales and one of the others.
        assertThat(tenants.topPercentShare()).isCloseTo(201.0 / 300, within(1e-9));
    }

    @Test
    void partsToldApart_haveTheirJoulesAndGramsAndNoRequest() throws IOException {
        Path file = folder.resolve("records.jsonl");
        Range call = new Range(100, 500, 2500);
        try (RecordsExporter exporter = start(file, 1, 3)) {
            exporter.settled(Settled.root("chain", 2));
            exporter.settled(Settled.part("gpt-4o", call));
            exporter.settled(Settled.part("gpt-4o", call));
            exporter.settled(Settled.part("sora", Range.UNKNOWN));
            for (int i = 0; i < 3; i++) {
                exporter.settled(Settled.root("mixed", 2));
                exporter.settled(Settled.local("mixed", 1, 0, ""));
            }
            exporter.settled(Settled.part("mixed", call));
            for (int i = 0; i < 5; i++) {
                exporter.settled(Settled.part("mixed", Range.UNKNOWN));
            }
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(lines.get(0)).contains("\"requests\":1,\"items\":4,\"whole\":false,");
        assertThat(lines.get(1)).contains("\"requests\":0,\"items\":4,\"whole\":false,");
        assertThat(lines.get(5)).doesNotContain("whole");
        Disclosure disclosure = read(file);
        ModelLine gpt = line(disclosure, "gpt-4o");
        assertThat(gpt.joules()).isCloseTo(1000, within(1e-9));
        assertThat(gpt.low()).isNaN();
        assertThat(gpt.remote().estimated()).isEqualTo(2);
        assertThat(gpt.remote().withoutWater()).isEqualTo(2);
        assertThat(gpt.operationalGrams()).isCloseTo(0.1, within(1e-12));
        assertThat(gpt.requestsWithFigure()).isZero();
        assertThat(line(disclosure, "sora").remote().unestimated()).isEqualTo(1);
        assertThat(line(disclosure, "chain").requestsWithFigure()).isEqualTo(1);
        // Of six requests three are told apart; five parts without an estimate spoil no more than these.
        assertThat(line(disclosure, "mixed").requestsWithFigure()).isEqualTo(3);
        assertThat(line(disclosure, "mixed").remote().unestimated()).isEqualTo(5);
        assertThat(disclosure.total().joules()).isCloseTo(2 + 1000 + 6 + 3 + 500, within(1e-9));
        assertThat(disclosure.total().requests()).isEqualTo(7);
        assertThat(disclosure.notKnown().requestsWithoutFigure()).isEqualTo(6);
    }

    @Test
    void files_areSetAsideBySizeAndReadBackTogether() throws IOException {
        Path file = folder.resolve("records.jsonl");
        int calls = 12_000;
        try (RecordsExporter exporter = start(file, 1, 20)) {
            for (int i = 0; i < calls; i++) {
                exporter.settled(Settled.local("minilm", 1, 0, ""));
                while (exporter.waiting() > RecordsExporter.QUEUE / 2) {
                    Thread.onSpinWait();
                }
            }
        }
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> files = all.sorted().toList();
            assertThat(files).hasSizeGreaterThan(3).contains(file.resolveSibling("records.jsonl.1"));
            for (Path each : files) {
                assertThat(Files.size(each)).isLessThan(2_100_000);
            }
        }
        assertThat(read(file).total().joules()).isCloseTo(calls, within(1e-6));
        assertThat(read(folder).total().joules()).isCloseTo(calls, within(1e-6));
        zip(file.resolveSibling("records.jsonl.1"));
        assertThat(read(file).total().joules()).isCloseTo(calls, within(1e-6));
        assertThat(warnings).isEmpty();
    }

    private static void zip(Path plain) throws IOException {
        try (OutputStream out =
                new GZIPOutputStream(Files.newOutputStream(plain.resolveSibling(plain.getFileName() + ".gz")))) {
            Files.copy(plain, out);
        }
        Files.delete(plain);
    }

    @Test
    void zippedFileThatIsCut_isReadAsFarAsItGoesAndNamed() throws IOException {
        Path file = folder.resolve("records.jsonl");
        try (RecordsExporter exporter = start(file, 1, 3)) {
            exporter.settled(Settled.local("minilm", 1, 0, ""));
        }
        Path old = file.resolveSibling("records.jsonl.1");
        Files.copy(file, old);
        zip(old);
        Path zipped = file.resolveSibling("records.jsonl.1.gz");
        byte[] whole = Files.readAllBytes(zipped);
        Files.write(zipped, Arrays.copyOf(whole, whole.length / 2));
        Files.write(file.resolveSibling("records.jsonl.2.gz"), new byte[0]);
        Files.writeString(file.resolveSibling("records.jsonl.3.gz"), "no such thing");
        Files.createLink(
                file.resolveSibling("records.jsonl.4"), file); // as a file that is renamed while others are read
        Disclosure disclosure = read(file);
        assertThat(disclosure.total().joules()).isCloseTo(1, within(1e-9));
        assertThat(disclosure.notKnown().notes())
                .anySatisfy(note -> assertThat(note)
                        .startsWith("3 files are cut")
                        .endsWith("records.jsonl.3.gz, records.jsonl.2.gz, records.jsonl.1.gz"));
        Files.delete(file);
        Files.delete(file.resolveSibling("records.jsonl.4"));
        assertThatThrownBy(() -> read(folder)).hasMessageContaining("no records in 3 files; 3 of them damaged");
    }

    @Test
    void filesBeyondTheLimit_areDeletedOldestFirst() throws IOException {
        Path file = folder.resolve("records.jsonl");
        try (RecordsFile records = new RecordsFile(file, 10, 3)) {
            for (int i = 0; i < 6; i++) {
                records.append("line number " + i);
                records.flush();
            }
        }
        assertThat(Files.readString(file)).isEqualTo("line number 5\n");
        assertThat(Files.readString(folder.resolve("records.jsonl.1"))).isEqualTo("line number 4\n");
        assertThat(Files.readString(folder.resolve("records.jsonl.2"))).isEqualTo("line number 3\n");
        assertThat(folder.resolve("records.jsonl.3")).doesNotExist();
    }

    @Test
    void lineThatWasTorn_isSkippedAndCountedAndSpoilsNoOther() throws IOException {
        Path file = folder.resolve("records.jsonl");
        try (RecordsExporter exporter = start(file, 1, 3)) {
            exporter.settled(Settled.local("minilm", 1, 0, ""));
            exporter.settled(Settled.local("minilm", 1, 0, ""));
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(Files.size(file) - 40); // as after kill -9
        }
        try (RecordsExporter exporter = start(file, 1, 3)) {
            exporter.settled(Settled.local("minilm", 4, 0, ""));
        }
        Disclosure disclosure = read(file);
        assertThat(disclosure.total().joules()).isCloseTo(5, within(1e-9));
        assertThat(disclosure.notKnown().skippedRecords()).isEqualTo(1);
    }

    @Test
    void diskThatTakesNothing_isToldOnceAndTriedAgain() throws IOException {
        Path blocked = folder.resolve("blocked");
        Files.writeString(blocked, "a file where a folder should be");
        Path file = blocked.resolve("records.jsonl");
        try (RecordsExporter exporter = start(file, 1, 3)) {
            for (int i = 1; i <= 5; i++) {
                exporter.settled(Settled.local("minilm", 1, 0, ""));
                while (exporter.lost() < i) {
                    Thread.onSpinWait();
                }
            }
            assertThat(warnings).singleElement().asString().startsWith("export.records.file: " + file);
            Files.delete(blocked);
            exporter.settled(Settled.local("minilm", 7, 0, ""));
        }
        assertThat(read(file).total().joules()).isCloseTo(7, within(1e-9));
    }

    @Test
    void fullDisk_losesAndCountsLines() {
        Path full = Path.of("/dev/full");
        if (!Files.exists(full)) {
            return;
        }
        try (RecordsExporter exporter = start(full, 1, 3)) {
            exporter.settled(Settled.local("minilm", 1, 0, ""));
            while (exporter.lost() < 1) {
                Thread.onSpinWait();
            }
        }
        assertThat(warnings).singleElement().asString().contains("/dev/full");
    }

    @Test
    void secondWriterOfTheSameFile_getsItsOwn() throws IOException {
        Path file = folder.resolve("records.jsonl");
        try (RecordsFile one = new RecordsFile(file, 1000, 3);
                RecordsFile other = new RecordsFile(file, 1000, 3)) {
            one.append("one");
            one.flush();
            other.append("other");
            other.flush();
        }
        assertThat(Files.readString(file)).isEqualTo("one\n");
        assertThat(Files.readString(folder.resolve("records.jsonl-2"))).isEqualTo("other\n");
    }

    @Test
    void callsAfterTheEnd_areCountedAsLost() {
        RecordsExporter exporter = start(folder.resolve("records.jsonl"), 1, 3);
        exporter.close();
        exporter.settled(Settled.local("minilm", 1, 0, ""));
        assertThat(exporter.lost()).isEqualTo(1);
    }

    @Test
    void pathsWithoutRecords_areToldInOneLine() throws IOException {
        assertThatThrownBy(() -> read(folder.resolve("nowhere"))).hasMessageContaining("nowhere does not exist");
        assertThatThrownBy(() -> read(folder)).hasMessageContaining("holds no files");
        Files.writeString(folder.resolve("a.txt"), "[]\nnull\n{}\n{\"v\":2}\n{\"v\":1,\"time\":\"yesterday\"}\n");
        assertThatThrownBy(() -> read(folder)).hasMessageContaining("no records in 1 file; 5 lines could not be read");
    }

    @Test
    void period_leavesOutWhatEndedOutsideOfIt() throws IOException {
        Path file = folder.resolve("records.jsonl");
        try (RecordsExporter exporter = start(file, 1, 3)) {
            exporter.settled(Settled.local("minilm", 1, 0, ""));
        }
        Instant now = Instant.now();
        assertThat(new RecordsReader("1", now.minusSeconds(3600), now.plusSeconds(10), now)
                        .read(file)
                        .period()
                        .seconds())
                .isCloseTo(3610, within(1e-3));
        assertThatThrownBy(() -> new RecordsReader("1", now.plusSeconds(10), null, now).read(file))
                .hasMessageContaining("no records in this period");
    }
}
