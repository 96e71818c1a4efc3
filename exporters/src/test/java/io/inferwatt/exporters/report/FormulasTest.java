package io.inferwatt.exporters.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
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
        int known = 0;
        for (JsonElement each : root.getAsJsonArray("formulas")) {
            String figure = each.getAsJsonObject().get("figure").getAsString();
            String formula = each.getAsJsonObject().get("formula").getAsString();
            List<Place> places = places(root, figure);
            assertThat(places).as(figure).isNotEmpty();
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
        assertThat(known).isGreaterThan(150);
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
