package io.inferwatt.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.Tenant;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.footprint.Footprint;
import io.inferwatt.core.footprint.remote.Range;
import io.inferwatt.core.report.ComponentJoules;
import io.inferwatt.core.report.SettledCall;
import io.inferwatt.core.report.disclosure.Disclosure.Factors;
import io.inferwatt.core.report.disclosure.Disclosure.Grid;
import io.inferwatt.core.report.disclosure.Disclosure.Place;
import io.inferwatt.exporters.report.RecordLine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written holds to the schemas that are published with it. */
class ReportSchemaTest {

    @TempDir
    Path folder;

    private static JsonSchema schema(String name) throws IOException {
        try (InputStream in = RecordLine.class.getResourceAsStream(name)) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(in);
        }
    }

    private static List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (ModelKey key : List.of(ModelKey.of("minilm"), ModelKey.of("bge"), ModelKey.remote("gpt-4o", "chat"))) {
            for (double joules : new double[] {0, 2.5, Double.NaN}) {
                for (Range band : List.of(Range.exactly(0), new Range(1, 5, 25), Range.UNKNOWN)) {
                    lines.add(RecordLine.write(
                            call(key, joules, band), 1_764_496_800_123L, List.of("rapl-powercap"), "shop \"1\"\n"));
                }
            }
        }
        for (double figure : new double[] {1.5, Double.NaN}) {
            Grid grid = new Grid(figure, "KR", "table", figure > 0 ? 2025 : null, "");
            lines.add(RecordLine.write(
                    call(ModelKey.of("minilm"), 2.5, Range.exactly(0)),
                    1_764_496_800_123L,
                    List.of("rapl-powercap"),
                    "shop",
                    new Factors(
                            grid,
                            figure,
                            "configured",
                            figure,
                            figure,
                            "",
                            figure,
                            List.of(new Place("openai", "", grid, figure, figure, figure, "", true)),
                            List.of("not told in records"))));
        }
        return lines;
    }

    private static SettledCall call(ModelKey key, double joules, Range band) {
        return call(key, joules, band, new Tenant(7, key.remote() ? "" : "sales"));
    }

    private static SettledCall call(ModelKey key, double joules, Range band, Tenant tenant) {
        boolean known = !Double.isNaN(joules + band.central());
        return new SettledCall(
                key,
                known ? Outcome.OK : Outcome.ABANDONED,
                5,
                1_000_005,
                1,
                3,
                key.remote() ? new TokenUsage(10, TokenUsage.UNKNOWN, 5, 1) : TokenUsage.NONE,
                joules,
                joules,
                band.central(),
                band,
                band.central() > 0 ? "tokens-mlenergy-v3" : "",
                new ComponentJoules(joules, 0, 0, 0),
                known ? new Footprint(1, 0.5, 2, 0.1) : Footprint.UNKNOWN,
                tenant,
                true,
                0.25,
                Quality.MODELLED,
                1,
                2,
                3);
    }

    @Test
    void records_holdToTheirSchema() throws IOException {
        JsonSchema schema = schema("record.schema.json");
        for (String line : lines()) {
            assertThat(schema.validate(line, InputFormat.JSON)).as(line).isEmpty();
        }
        String named = RecordLine.write(
                call(ModelKey.of("minilm"), 1, Range.exactly(0), new Tenant(7, "0123456789abcdef")),
                1_764_496_800_123L,
                List.of("rapl-powercap"),
                "");
        assertThat(named).contains("\"tenant_named\":true");
        assertThat(schema.validate(named, InputFormat.JSON)).as(named).isEmpty();
        assertThat(schema.validate("{\"v\":1}", InputFormat.JSON)).isNotEmpty();
        assertThat(schema.validate(lines().get(0).replace("with_idle", "dynamic"), InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    void disclosure_holdsToItsSchema() throws IOException {
        Path records = folder.resolve("records.jsonl");
        Files.write(records, lines());
        Terminal terminal = new Terminal();
        assertThat(terminal.run("report", "--from", records.toString(), "--format", "json"))
                .isZero();
        JsonSchema schema = schema("disclosure.schema.json");
        assertThat(terminal.json().getAsJsonArray("comparisons")).isNotEmpty();
        assertThat(schema.validate(terminal.out(), InputFormat.JSON)).isEmpty();
        assertThat(schema.validate(terminal.out().replace("\"total\"", "\"totals\""), InputFormat.JSON))
                .isNotEmpty();
    }
}
