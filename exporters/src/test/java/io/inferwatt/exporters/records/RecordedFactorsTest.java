package io.inferwatt.exporters.records;

import static io.inferwatt.exporters.records.RecordsRun.line;
import static io.inferwatt.exporters.records.RecordsRun.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.footprint.CarbonIntensity;
import io.inferwatt.core.footprint.Facility;
import io.inferwatt.core.footprint.remote.Range;
import io.inferwatt.core.report.SettledCall;
import io.inferwatt.core.report.disclosure.Disclosure;
import io.inferwatt.core.report.disclosure.LocalPart;
import io.inferwatt.exporters.Snapshots;
import io.inferwatt.exporters.report.RecordsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What records tell of the factors that turn joules into grams and litres, as reports read them back. */
@Timeout(60)
class RecordedFactorsTest {

    @TempDir
    Path folder;

    private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
    private final Snapshots ledger = Snapshots.ofHost(1).call("minilm", "inference", Outcome.OK);

    private RecordsExporter start(Path file, int megabytes, int files) {
        return RecordsRun.start(file, megabytes, files, ledger, warnings::add);
    }

    private void settleAndWait(RecordsExporter exporter, Path file, SettledCall call, int lines) throws IOException {
        exporter.settled(call);
        while (!Files.exists(file) || Files.readAllLines(file).size() < lines) {
            Thread.onSpinWait();
        }
    }

    private static List<Integer> linesWithFactors(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return IntStream.range(0, lines.size())
                .filter(at -> lines.get(at).contains("\"factors\":{"))
                .boxed()
                .toList();
    }

    @Test
    void gramsAndLitersOfRecords_areRecomputedByHandFromTheFactorsThatTheReportTells() throws IOException {
        Path file = folder.resolve("records.jsonl");
        Facility dry = new Facility(1.2, "configured", 0.5, 3, "configured");
        Facility wet = new Facility(1.5, "configured", 1, 2, "configured");
        ledger.facility(dry);
        try (RecordsExporter exporter = start(file, 1, 3)) {
            settleAndWait(exporter, file, Settled.inBuilding("minilm", 3_600, dry, 400, 50), 1);
            settleAndWait(exporter, file, Settled.inBuilding("minilm", 3_600, dry, 400, 50), 2);
            ledger.facility(wet).intensity(new CarbonIntensity(100, "SE", "table", "a", OptionalInt.of(2024)));
            settleAndWait(exporter, file, Settled.inBuilding("minilm", 7_200, wet, 100, 50), 3);
        }
        assertThat(linesWithFactors(file)).containsExactly(0, 2);
        Disclosure disclosure = read(file);
        LocalPart local = line(disclosure, "minilm").local();

        // 2 Wh x 1.2 x 400 g/kWh and 2 Wh x 1.5 x 100 g/kWh.
        assertThat(local.operationalGrams()).isCloseTo(0.96 + 0.3, within(1e-12));
        assertThat(local.meanPue()).isCloseTo((2 * 1.2 + 2 * 1.5) / 4, within(1e-12));
        assertThat(local.meanGramsPerKwh()).isCloseTo((0.96 + 0.3) / (0.004 * 1.35), within(1e-9));
        assertThat(local.marketGrams()).isCloseTo(0.004 * 1.35 * 50, within(1e-12));
        // 2 Wh x (0.5 + 1.2 x 3) L/kWh and 2 Wh x (1 + 1.5 x 2) L/kWh.
        assertThat(local.liters()).isCloseTo(0.002 * 4.1 + 0.002 * 4, within(1e-12));
        assertThat(local.meanWueLitersPerKwh()).isCloseTo(0.75, within(1e-12));
        assertThat(local.meanEwifLitersPerKwh()).isCloseTo((0.0024 * 3 + 0.003 * 2) / 0.0054, within(1e-9));

        Disclosure.Factors atTheEnd = disclosure.factors();
        assertThat(atTheEnd.grid()).isEqualTo(new Disclosure.Grid(100, "SE", "table", 2024, "a"));
        assertThat(atTheEnd.pue()).isEqualTo(1.5);
        assertThat(atTheEnd.marketGramsPerKwh()).isEqualTo(50);
        assertThat(atTheEnd.findings())
                .anySatisfy(finding -> assertThat(finding)
                        .startsWith(
                                "Grid KR (table, 2025) 400 g/kWh, PUE 1.2 (configured), WUE 0.5 L/kWh, EWIF 3 L/kWh,"
                                        + " as bought 50 g/kWh, ")
                        .endsWith(": 7200 J, 0.96 g operational in requests of this machine alone"))
                .anySatisfy(finding -> assertThat(finding)
                        .startsWith("Grid SE (table, 2024) 100 g/kWh, PUE 1.5 ")
                        .endsWith(": 7200 J, 0.3 g operational in requests of this machine alone"));
    }

    @Test
    void factors_areInEachFileAndKnownOfRecordsWhoseOwnLineOfThemIsBeforeThePeriod() throws IOException {
        Path file = folder.resolve("records.jsonl");
        int calls = 6_000;
        try (RecordsExporter exporter = start(file, 1, 20)) {
            for (int i = 0; i < calls; i++) {
                exporter.settled(Settled.local("minilm", 1, 0, ""));
                while (exporter.waiting() > RecordsExporter.QUEUE / 2) {
                    Thread.onSpinWait();
                }
            }
        }
        Path setAside = file.resolveSibling("records.jsonl.1");
        assertThat(linesWithFactors(setAside)).containsExactly(0);
        assertThat(linesWithFactors(file)).containsExactly(0);
        try (RecordsExporter next = start(file, 1, 20)) {
            next.settled(Settled.local("minilm", 1, 0, ""));
        }
        assertThat(linesWithFactors(file)).as("another process").hasSize(2);
        assertThat(line(read(file), "minilm").local().meanPue()).isCloseTo(1.2, within(1e-12));

        List<String> lines = Files.readAllLines(setAside);
        Path early = folder.resolve("early.jsonl");
        String before = lines.get(0).replaceFirst("\"time\":\"[0-9]{4}", "\"time\":\"2001");
        Files.write(early, List.of(before, lines.get(1)));
        Disclosure late =
                new RecordsReader("1", Instant.parse("2002-01-01T00:00:00Z"), null, Instant.now()).read(early);
        assertThat(late.total().requests()).isEqualTo(1);
        assertThat(late.factors().pue()).isEqualTo(1.2);
    }

    @Test
    void factorsThatAreNotTold_orMayHaveChangedInALineThatIsTorn_areNotKnown() throws IOException {
        Path file = folder.resolve("records.jsonl");
        Facility facility = new Facility(1.2, "configured", 0.5, 3, "configured");
        ledger.facility(facility);
        try (RecordsExporter exporter = start(file, 1, 3)) {
            for (int i = 1; i <= 3; i++) {
                settleAndWait(exporter, file, Settled.inBuilding("minilm", 3_600, facility, 400, 50), i);
            }
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(line(read(file), "minilm").local().meanGramsPerKwh()).isCloseTo(400, within(1e-9));

        Path torn = folder.resolve("torn.jsonl");
        Files.write(torn, List.of(lines.get(0), "{\"v\":1,\"ti", lines.get(2)));
        Path old = folder.resolve("old.jsonl");
        Files.write(old, List.of(lines.get(1), lines.get(2)));
        Path absurd = folder.resolve("absurd.jsonl");
        Files.write(absurd, List.of(lines.get(0).replace("\"pue\":1.2", "\"pue\":0.2"), lines.get(1)));
        for (Path each : List.of(torn, old, absurd)) {
            Disclosure disclosure = read(each);
            LocalPart local = line(disclosure, "minilm").local();
            assertThat(local.operationalGrams()).as("%s", each).isPositive();
            assertThat(local.meanPue()).as("%s", each).isNaN();
            assertThat(local.meanGramsPerKwh()).as("%s", each).isNaN();
            assertThat(local.meanEwifLitersPerKwh()).as("%s", each).isNaN();
            assertThat(disclosure.factors().grid().gramsPerKwh()).as("%s", each).isNaN();
            assertThat(disclosure.factors().findings()).anyMatch(finding -> finding.contains("are not told"));
        }
        assertThat(read(old).total().liters()).isCloseTo(0.002 * 4.1, within(1e-12));
    }

    @Test
    void gramsOfTwoMachinesInOneFigure_giveNoMeanOfThisGrid() throws IOException {
        Path file = folder.resolve("records.jsonl");
        try (RecordsExporter exporter = start(file, 1, 3)) {
            exporter.settled(Settled.root("twin", 2));
            exporter.settled(Settled.remote("gpt-4o", 0.5, new Range(100, 500, 2500)));
        }
        String mixed = Files.readString(file).replace("\"twin\"", "\"gpt-4o\"").replace("inference", "chat");
        Files.writeString(file, mixed);
        LocalPart local = line(read(file), "gpt-4o").local();
        assertThat(local.joules()).isEqualTo(2.5);
        assertThat(local.meanGramsPerKwh()).isNaN();
        assertThat(read(file).factors().grid().gramsPerKwh()).isEqualTo(400);
    }

    @Test
    void folderOfMachinesInSeveralPlaces_hasNoGridOfItsOwn() throws IOException {
        Facility facility = new Facility(1.2, "configured");
        for (String zone : List.of("KR", "SE")) {
            ledger.intensity(
                    new CarbonIntensity(zone.equals("KR") ? 400 : 100, zone, "table", "", OptionalInt.empty()));
            try (RecordsExporter exporter = start(folder.resolve(zone + ".jsonl"), 1, 3)) {
                exporter.settled(Settled.inBuilding(zone, 1, facility, zone.equals("KR") ? 400 : 100, 50));
            }
        }
        Disclosure disclosure = read(folder);
        assertThat(disclosure.factors().grid().source()).isEqualTo("several");
        assertThat(disclosure.factors().grid().gramsPerKwh()).isNaN();
        assertThat(disclosure.factors().pue()).isEqualTo(1.2);
        assertThat(line(disclosure, "KR").local().meanGramsPerKwh()).isCloseTo(400, within(1e-9));
        assertThat(line(disclosure, "SE").local().meanGramsPerKwh()).isCloseTo(100, within(1e-9));
        assertThat(disclosure.total().meanGramsPerKwh()).isCloseTo(250, within(1e-9));
    }
}
