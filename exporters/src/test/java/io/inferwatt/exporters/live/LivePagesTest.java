package io.inferwatt.exporters.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.report.BudgetKind;
import io.inferwatt.core.report.BudgetTotals;
import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.core.report.MeterSnapshot.ModelTotals;
import io.inferwatt.exporters.AgentFigures;
import io.inferwatt.exporters.JsonSchema;
import io.inferwatt.exporters.Snapshots;
import io.inferwatt.exporters.http.Page.Answer;
import io.inferwatt.exporters.http.Page.Wish;
import io.inferwatt.exporters.http.ResourcePage;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LivePagesTest {

    private static final String EVIL = "<img src=x onerror=alert(1)></script>\u2028\n'\"";
    private static final Wish PLAIN = new Wish("", false);
    private static final int MOST_BYTES = 150_000;
    private static final long SECOND = 1_000_000_000;
    private static final double NOW = 1.79e9;

    private final Snapshots ledger = Snapshots.ofHost(5);
    private final List<String> warnings = new ArrayList<>();
    private long nanos = 7;
    private long millis = 1_790_000_000_000L;
    private int asked;
    private boolean broken;
    private final LivePages pages = new LivePages(
            this::snapshot,
            () -> List.of("rapl: read through powercap"),
            InferwattConfig.DEFAULTS,
            AgentFigures.ofLibrary("1.2.3", "machine-1"),
            warnings::add,
            () -> nanos,
            () -> millis);

    private MeterSnapshot snapshot() {
        asked++;
        if (broken) {
            throw new IllegalStateException("no snapshot");
        }
        return ledger.now();
    }

    private static BudgetTotals budget(String name, BudgetKind kind, double consumed, List<Double> thresholds) {
        return new BudgetTotals(
                name, kind, 10, consumed, 10 - consumed, consumed, NOW, 86_400, 3, 2, 1.5, 7, 5, "UTC", thresholds);
    }

    private String body(String path) throws IOException {
        Answer answer = pages.byPath().get(path).answer(PLAIN);
        assertThat(answer.status()).isEqualTo(200);
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private JsonObject live() throws IOException {
        return JsonParser.parseString(body("/api/v1/live")).getAsJsonObject();
    }

    private static JsonObject by(JsonArray rows, String member, String value) {
        for (JsonElement row : rows) {
            if (row.getAsJsonObject().get(member).getAsString().equals(value)) {
                return row.getAsJsonObject();
            }
        }
        throw new AssertionError("no " + member + " " + value + " in " + rows);
    }

    private static double figure(JsonObject of, String member) {
        return of.get(member).getAsDouble();
    }

    @Test
    void schema_describesEveryMemberAndNoOther() throws IOException {
        ledger.call("minilm", "embeddings", Outcome.OK).remoteCall("gpt-4o", "chat", Outcome.OK);
        for (int i = 0; i < 2000; i++) {
            ledger.call("minilm", "embeddings", Outcome.OK);
        }
        ledger.budget(budget("all", BudgetKind.ENERGY, 4, List.of(50.0, 100.0)));
        JsonObject live = live();
        JsonSchema.of(LivePages.class, "live.schema.json").assertDescribesAll(live);
        assertThat(live.get("schema").getAsString()).isEqualTo("inferwatt-live");
    }

    @Test
    void schema_describesTheEmptyMeterToo_whichKnowsNoFigure() throws IOException {
        JsonObject live = JsonParser.parseString(new String(
                        new LivePages(
                                        () -> new Snapshots(1).now(),
                                        List::of,
                                        InferwattConfig.DEFAULTS,
                                        AgentFigures.ofLibrary("1.2.3", "machine-1"),
                                        warnings::add)
                                .byPath()
                                .get("/api/v1/live")
                                .answer(PLAIN)
                                .body(),
                        StandardCharsets.UTF_8))
                .getAsJsonObject();
        JsonSchema.of(LivePages.class, "live.schema.json").assertDescribes(live);
        assertThat(live.getAsJsonObject("power").get("watts").isJsonNull()).isTrue();
        assertThat(live.getAsJsonObject("power").get("quality").getAsString()).isEmpty();
        assertThat(live.getAsJsonObject("total").get("joules").isJsonNull()).isTrue();
        assertThat(live.getAsJsonArray("models")).isEmpty();
    }

    @Test
    void figures_areThoseOfTheSnapshot() throws IOException {
        for (int i = 0; i < 30; i++) {
            ledger.call("minilm", "embeddings", i % 10 == 0 ? Outcome.ERROR : Outcome.OK);
            ledger.call("bge", "embeddings", Outcome.OK).remoteCall("gpt-4o", "chat", Outcome.OK);
        }
        MeterSnapshot snapshot = ledger.now();
        JsonObject live = live();

        double sum = 0;
        for (ModelTotals totals : snapshot.models()) {
            JsonObject model =
                    by(live.getAsJsonArray("models"), "model", totals.key().model());
            double joules = totals.joulesWithIdle() + totals.remote().joules().central();
            sum += joules;
            assertThat(figure(model, "joules")).isCloseTo(joules, within(1e-9 * joules));
            assertThat(figure(model, "requests")).isEqualTo(30);
            assertThat(figure(model, "input_tokens")).isEqualTo(totals.tokens().input());
            assertThat(figure(model, "output_tokens")).isEqualTo(totals.tokens().output());
            double perRequest = figure(model, "joules_per_request");
            assertThat(perRequest * figure(model, "requests_with_figure")).isCloseTo(joules, within(1e-9 * joules));
            assertThat(figure(model, "low_joules_per_request")).isBetween(0.0, perRequest);
            assertThat(figure(model, "high_joules_per_request")).isGreaterThan(perRequest);
        }
        assertThat(figure(by(live.getAsJsonArray("models"), "model", "minilm"), "requests_not_ok"))
                .isEqualTo(3);
        assertThat(figure(by(live.getAsJsonArray("models"), "model", "bge"), "low_joules_per_request")
                        / figure(by(live.getAsJsonArray("models"), "model", "bge"), "joules_per_request"))
                .as("the band of the sources, no other being known")
                .isCloseTo(0.58, within(1e-9));
        JsonObject total = live.getAsJsonObject("total");
        assertThat(figure(total, "joules")).isCloseTo(sum, within(1e-9 * sum));
        assertThat(figure(total, "requests")).isEqualTo(90);
        assertThat(figure(total, "requests_active")).isEqualTo(3);
        assertThat(figure(total, "co2e_grams"))
                .isCloseTo(
                        figure(total, "operational_grams") + figure(total, "embodied_grams"),
                        within(1e-12 * figure(total, "co2e_grams")));
        assertThat(figure(live.getAsJsonObject("power"), "watts")).isEqualTo(4 * 50);
        assertThat(live.getAsJsonObject("power").get("quality").getAsString()).isEqualTo("measured");
        assertThat(figure(by(live.getAsJsonArray("domains"), "domain", "dram"), "joules"))
                .isEqualTo(snapshot.domains().get(1).joules());
        assertThat(figure(live.getAsJsonObject("grid"), "grams_per_kwh")).isEqualTo(400);
    }

    @Test
    void powerOfASourceThatFellSilent_isNotKnown_andTheWorstQualityInForceIsTold() throws IOException {
        ledger.source(Domain.CPU, "model-tdp", Quality.MODELLED).call("minilm", "inference", Outcome.OK);
        JsonObject live = live();
        JsonObject silent = by(live.getAsJsonArray("domains"), "source", "rapl-powercap");
        assertThat(silent.get("in_force").getAsBoolean()).isFalse();
        assertThat(silent.get("watts").isJsonNull()).isTrue();
        assertThat(figure(live.getAsJsonObject("power"), "watts")).isEqualTo(4 * 50);
        assertThat(live.getAsJsonObject("power").get("quality").getAsString()).isEqualTo("modelled");
    }

    @Test
    void domainsWhosePowerIsNotKnown_areNamedBesideTheSum_andLeaveAHoleInThePast() throws IOException {
        Domain gpu = new Domain(Component.GPU, "gpu:GPU-2");
        ledger.watts(gpu, Double.NaN).call("minilm", "inference", Outcome.OK);
        JsonObject live = live();
        JsonObject power = live.getAsJsonObject("power");
        assertThat(figure(power, "watts")).isEqualTo(3 * 50);
        assertThat(power.getAsJsonArray("without_domains")).containsExactly(new JsonPrimitive("gpu:GPU-2"));
        JsonObject watts = live.getAsJsonObject("history").getAsJsonObject("watts");
        assertThat(watts.getAsJsonArray("gpu").get(0).isJsonNull())
                .as("one of two GPUs is not the GPUs")
                .isTrue();
        assertThat(watts.getAsJsonArray("cpu").get(0).getAsDouble()).isEqualTo(50);

        ledger.watts(gpu, 50);
        nanos += 2 * SECOND;
        assertThat(live().getAsJsonObject("power").getAsJsonArray("without_domains"))
                .isEmpty();
    }

    @Test
    void ownPower_isModelledWhateverTheSourcesAre() throws IOException {
        ledger.call("minilm", "inference", Outcome.OK);
        assertThat(live().getAsJsonObject("own").get("quality").getAsString()).isEqualTo("modelled");
    }

    @ParameterizedTest
    @CsvSource({
        "4.9, 50;80;100, ok, 0.8",
        "8, 50;80;100, warning, 0.8",
        "9.99, 50;80;100, warning, 0.8",
        "10, 50;80;100, used_up, 0.8",
        "5, 50, warning, 0.5",
        "8, 100, warning, 0.8",
        "7.9, 100;150, ok, 0.8",
        "9.1, 75;90;95, ok, 0.95",
        "NaN, 50, '', 0.5"
    })
    void budget_warnsFromItsHighestThresholdBelowTheLimit(
            double consumed, String thresholds, String level, double warnRatio) throws IOException {
        List<Double> percents = new ArrayList<>();
        for (String percent : thresholds.split(";", -1)) {
            percents.add(Double.valueOf(percent));
        }
        ledger.budget(budget("team", BudgetKind.CO2E, consumed, percents));
        JsonObject budget = live().getAsJsonArray("budgets").get(0).getAsJsonObject();
        assertThat(budget.get("level").getAsString()).isEqualTo(level);
        assertThat(figure(budget, "warn_ratio")).isEqualTo(warnRatio);
        assertThat(budget.get("unit").getAsString()).isEqualTo("g");
        assertThat(figure(budget, "forecast_ratio")).isEqualTo(1.5);
    }

    @Test
    void hostileNames_areDataInJsonAndInTheStream() throws IOException {
        ledger.call(EVIL, "inference", Outcome.OK);
        String json = body("/api/v1/live");
        assertThat(json).doesNotContain("<", ">", "\u2028");
        assertThat(live().getAsJsonArray("models")
                        .get(0)
                        .getAsJsonObject()
                        .get("model")
                        .getAsString())
                .isEqualTo(new ModelKey(EVIL, "inference").model());
        assertThat(body("/api/v1/events").lines()).hasSize(3);
    }

    @Test
    void events_areOneEventThatEnds_withoutThePast() throws IOException {
        ledger.call("minilm", "inference", Outcome.OK);
        String stream = body("/api/v1/events");
        assertThat(stream).startsWith("retry: 1000\ndata: {").endsWith("}\n\n");
        JsonObject event =
                JsonParser.parseString(stream.substring(stream.indexOf('{'))).getAsJsonObject();
        assertThat(event.get("history").isJsonNull()).isTrue();
        assertThat(event.remove("history")).isNotNull();
        JsonObject whole = live();
        assertThat(whole.remove("history").getAsJsonObject().getAsJsonArray("epoch_millis"))
                .hasSize(1);
        assertThat(event).isEqualTo(whole);
        assertThat(pages.byPath().get("/api/v1/events").answer(PLAIN).contentType())
                .isEqualTo("text/event-stream");
    }

    @Test
    void manyPages_costOneBodyASecond() throws IOException {
        var page = pages.byPath().get("/api/v1/events");
        for (int i = 0; i < 100; i++) {
            page.answer(PLAIN);
            nanos += SECOND / 200;
        }
        assertThat(asked).isEqualTo(1);
        nanos += SECOND;
        page.answer(PLAIN);
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void failure_leavesTheLastGoodFiguresAndIsToldOnce() throws IOException {
        var page = pages.byPath().get("/api/v1/live");
        byte[] good = page.answer(PLAIN).body();
        broken = true;
        nanos += 2 * SECOND;
        assertThat(page.answer(PLAIN).body()).isEqualTo(good);
        page.answer(PLAIN);
        assertThat(warnings).singleElement().asString().contains("/api/v1/live", "no snapshot", "last good figures");
    }

    @Test
    void morePoints_areKeptWhileCallsRunAndNobodyLooks() throws IOException {
        for (int second = 0; second < 5; second++) {
            ledger.call("minilm", "inference", Outcome.OK).readAt(NOW + second);
            for (int call = 0; call < 10; call++) {
                pages.settled(Snapshots.settled("minilm", 1));
            }
            nanos += SECOND;
        }
        assertThat(asked).isEqualTo(5);
        ledger.readAt(NOW + 5);
        JsonObject history = live().getAsJsonObject("history");
        assertThat(history.getAsJsonArray("epoch_millis")).hasSize(6);
        assertThat(history.getAsJsonObject("watts").keySet()).containsExactly("cpu", "dram", "gpu");
        assertThat(history.getAsJsonObject("watts").getAsJsonArray("gpu").get(3).getAsDouble())
                .isEqualTo(100);
    }

    @Test
    void modelsBeyondTheMost_areInTheTotalAlone() throws IOException {
        int most = InferwattConfig.DEFAULTS.maxModels();
        for (int i = 0; i < most + 3; i++) {
            ledger.call("model-" + i, "inference", Outcome.ERROR);
        }
        JsonObject live = live();
        assertThat(live.getAsJsonArray("models")).hasSize(most);
        assertThat(figure(live, "more_models")).isEqualTo(3);
        assertThat(figure(live.getAsJsonObject("total"), "requests")).isEqualTo(most + 3);
        assertThat(figure(live.getAsJsonObject("total"), "requests_not_ok")).isEqualTo(most + 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/live.js", "/live.css", "/live.svg", "/favicon.ico"})
    void files_areServedPlainAndCompressed(String path) throws IOException {
        String plain = body(path);
        Answer zipped = pages.byPath().get(path).answer(new Wish("", true));
        assertThat(zipped.gzip()).isTrue();
        assertThat(new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes())
                .isEqualTo(plain.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void page_asksNobodyElse_runsNoTextAndIsSmall() throws IOException {
        String html = body("/");
        String script = body("/live.js");
        String style = body("/live.css");
        assertThat(html.length()
                        + script.length()
                        + style.length()
                        + body("/live.svg").length())
                .isLessThan(MOST_BYTES);
        assertThat(html)
                .doesNotContain("http:", "https:", "//", "href=\"/", "src=\"/", " style=", "<style", " onclick=");
        assertThat(html)
                .contains("<html lang=\"en\">", "<main", "<footer", "default-src 'none'", "aria-live=\"polite\"");
        assertThat(html.split("<script", -1)).as("one script, not inline").hasSize(2);
        assertThat(script)
                .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(")
                .doesNotContain("https:")
                .contains("'api/v1/live'", "'api/v1/events'");
        assertThat(style)
                .doesNotContain("url(", "@import")
                .contains("prefers-color-scheme: dark", "@media print", ":focus-visible", "tabular-nums");
    }

    @Test
    void fileThatIsMissing_isNamed() {
        ResourcePage missing = new ResourcePage(LivePages.class, "missing.css", "text/css");
        assertThatThrownBy(() -> missing.answer(PLAIN))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("missing.css");
    }
}
