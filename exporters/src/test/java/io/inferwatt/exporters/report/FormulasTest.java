package io.inferwatt.exporters.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.inferwatt.core.footprint.Facility;
import io.inferwatt.core.footprint.remote.Range;
import io.inferwatt.core.report.FacilityUseOf;
import io.inferwatt.core.report.SettledCall;
import io.inferwatt.core.report.disclosure.Disclosure;
import io.inferwatt.core.report.disclosure.Disclosure.Factors;
import io.inferwatt.core.report.disclosure.DisclosureDraft;
import io.inferwatt.core.report.disclosure.LocalPart;
import io.inferwatt.core.report.disclosure.ModelLine;
import io.inferwatt.core.report.disclosure.SnapshotDisclosure;
import io.inferwatt.exporters.Snapshots;
import io.inferwatt.exporters.records.Settled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every derived figure of a disclosure follows from its other figures by the formula that is printed in it. */
class FormulasTest {

    /** A figure with the objects around it, outermost first. */
    private record Place(List<JsonObject> scopes, JsonElement figure) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyDerivedFigure_isRecomputedFromTheOthers(long seed) {
        JsonObject root = JsonParser.parseString(DisclosureJson.write(Disclosures.rich(seed)))
                .getAsJsonObject();
        assertThat(recomputed(root, true)).isGreaterThan(150);
    }

    @Test
    void everyDerivedFigure_ofRecords_isRecomputedFromTheOthers(@TempDir Path folder) throws IOException {
        Facility facility = new Facility(1.2, "configured", 0.5, 3, "configured");
        List<SettledCall> calls = List.of(
                Settled.inBuilding("own", 7, facility, 400, 50),
                Settled.local("minilm", 2, 5, "sales"),
                Settled.local("bge", 3, 0, ""),
                Settled.root("chain", 2),
                Settled.part("gpt-4o", new Range(100, 500, 2500)),
                Settled.part("gpt-4o", Range.UNKNOWN),
                Settled.remote("claude", 0.5, new Range(10, 50, 250)),
                Settled.unknown("claude"));
        Factors factors = SnapshotDisclosure.factors(
                Snapshots.ofHost(1).facility(facility).now(), 50, List.of());
        Files.write(
                folder.resolve("records.jsonl"),
                calls.stream()
                        .map(call ->
                                RecordLine.write(call, 1_700_000_000_000L, List.of("rapl-powercap"), "shop", factors))
                        .toList());
        Disclosure disclosure = new RecordsReader("1", null, null, Instant.EPOCH).read(folder);
        assertThat(disclosure.total().joules()).isGreaterThan(500);
        assertThat(disclosure.total().low()).isNaN();
        JsonObject root = json(disclosure);
        assertThat(recomputed(root, false)).isGreaterThan(75);
        // The report alone leads from joules to grams and litres.
        String energy = "local.joules * local.mean_pue / 3600000";
        JsonObject own = null;
        for (JsonElement each : root.getAsJsonArray("models")) {
            own = each.getAsJsonObject().get("model").getAsString().equals("own") ? each.getAsJsonObject() : own;
        }
        assertThat(own).isNotNull();
        JsonObject local = own.getAsJsonObject("local");
        List<JsonObject> scopes = List.of(root, own);
        assertThat(FormulaEvaluator.evaluate(root, scopes, energy + " * local.mean_grams_per_kwh"))
                .isCloseTo(local.get("operational_grams").getAsDouble(), within(1e-12));
        assertThat(FormulaEvaluator.evaluate(root, scopes, energy + " * factors.grid.grams_per_kwh"))
                .isCloseTo(local.get("operational_grams").getAsDouble(), within(1e-12));
        assertThat(FormulaEvaluator.evaluate(root, scopes, energy + " * factors.market_grams_per_kwh"))
                .isCloseTo(local.get("market_grams").getAsDouble(), within(1e-12));
        assertThat(FormulaEvaluator.evaluate(
                        root,
                        scopes,
                        "local.joules / 3600000 * factors.wue_liters_per_kwh + " + energy
                                + " * factors.ewif_liters_per_kwh"))
                .isCloseTo(local.get("liters").getAsDouble(), within(1e-12));
    }

    @Test
    void bandOfOneModelThatIsNotKnown_leavesTheTotalWithout() {
        Disclosure known = Disclosures.rich(1);
        List<ModelLine> lines = new ArrayList<>(known.models());
        lines.replaceAll(line -> {
            LocalPart local = line.local();
            return local == null || !line.model().equals("minilm") ? line : withoutBand(line, local);
        });
        Disclosure disclosure = new DisclosureDraft(
                        known.about(),
                        known.period(),
                        known.factors(),
                        known.meters(),
                        known.host(),
                        lines,
                        known.tenants(),
                        known.notKnown(),
                        true)
                .finish();
        assertThat(disclosure.models()).anyMatch(line -> line.low() > 0);
        assertThat(disclosure.total().low()).isNaN();
        assertThat(disclosure.total().high()).isNaN();
        assertThat(recomputed(json(disclosure), true)).isGreaterThan(100);
    }

    private static ModelLine withoutBand(ModelLine line, LocalPart local) {
        return ModelLine.of(
                line.id(),
                line.model(),
                line.operation(),
                line.runtime(),
                line.device(),
                line.counts(),
                line.tokens(),
                LocalPart.of(
                        local.joulesDynamic(),
                        local.joulesIdleShare(),
                        local.joules(),
                        Double.NaN,
                        Double.NaN,
                        local.divisionError(),
                        local.measuredJoules(),
                        local.modelledJoules(),
                        local.operationalGrams(),
                        local.embodiedGrams(),
                        local.marketGrams(),
                        local.liters(),
                        FacilityUseOf.constant(local.joules(), new Facility(1.2, "", 0.5, 3, ""))),
                line.remote(),
                line.trainingGrams(),
                List.of());
    }

    private static JsonObject json(Disclosure disclosure) {
        return JsonParser.parseString(DisclosureJson.write(disclosure)).getAsJsonObject();
    }

    /** @param full whether there is a figure for every formula */
    private static int recomputed(JsonObject root, boolean full) {
        int known = 0;
        for (JsonElement each : root.getAsJsonArray("formulas")) {
            String figure = each.getAsJsonObject().get("figure").getAsString();
            String formula = each.getAsJsonObject().get("formula").getAsString();
            List<Place> places = places(root, figure);
            assertThat(full && places.isEmpty()).as(figure).isFalse();
            for (Place place : places) {
                double recomputed = FormulaEvaluator.evaluate(root, place.scopes(), formula);
                if (place.figure().isJsonNull()) {
                    assertThat(recomputed).as("%s = %s", figure, formula).isNaN();
                } else {
                    known++;
                    double told = place.figure().getAsDouble();
                    assertThat(recomputed)
                            .as("%s = %s", figure, formula)
                            .isCloseTo(told, within(1e-9 * Math.max(1e-6, Math.abs(told))));
                }
            }
        }
        return known;
    }

    @Test
    void partsOfTheHost_addUpToTheModels() {
        JsonObject root = JsonParser.parseString(DisclosureJson.write(Disclosures.rich(3)))
                .getAsJsonObject();
        double models = FormulaEvaluator.evaluate(root, List.of(root), "sum(host, models + idle_of_models)");
        assertThat(models)
                .isCloseTo(root.getAsJsonObject("total").get("local_joules").getAsDouble(), within(1e-6));
    }

    /** What a meter tells, what is counted, and what is no part of another figure. */
    private static final Set<String> INPUTS = Set.of(
            "models.training_grams",
            "host.models",
            "host.idle",
            "host.idle_of_models",
            "host.runtime",
            "host.other",
            "host.gap");

    @Test
    void noDerivedFigure_isWithoutAFormula() {
        JsonObject root = JsonParser.parseString(DisclosureJson.write(Disclosures.rich(1)))
                .getAsJsonObject();
        Set<String> formulas = new TreeSet<>();
        root.getAsJsonArray("formulas")
                .forEach(each ->
                        formulas.add(each.getAsJsonObject().get("figure").getAsString()));
        figures("total", root.getAsJsonObject("total"), formulas);
        for (String list : List.of("models", "host", "comparisons")) {
            assertThat(root.getAsJsonArray(list)).as(list).isNotEmpty();
            root.getAsJsonArray(list).forEach(each -> figures(list, each.getAsJsonObject(), formulas));
        }
    }

    private static void figures(String path, JsonObject object, Set<String> formulas) {
        for (String member : object.keySet()) {
            JsonElement value = object.get(member);
            boolean figure =
                    value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
            if (figure && !INPUTS.contains(path + "." + member)) {
                assertThat(formulas).contains(path + "." + member);
            }
        }
    }

    private static List<Place> places(JsonObject root, String path) {
        List<Place> places = List.of(new Place(List.of(), root));
        for (String member : path.split("\\.", -1)) {
            List<Place> next = new ArrayList<>();
            for (Place place : places) {
                if (place.figure() instanceof JsonObject object) {
                    List<JsonObject> scopes = new ArrayList<>(place.scopes());
                    scopes.add(object);
                    JsonElement found = object.get(member);
                    assertThat(found).as("%s of %s", member, path).isNotNull();
                    if (found instanceof JsonArray elements) {
                        elements.forEach(element -> next.add(new Place(scopes, element)));
                    } else {
                        next.add(new Place(scopes, found));
                    }
                }
            }
            places = next;
        }
        return places;
    }
}
