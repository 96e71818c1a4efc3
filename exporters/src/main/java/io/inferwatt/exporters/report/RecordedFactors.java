package io.inferwatt.exporters.report;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.stream.JsonWriter;
import io.inferwatt.core.report.disclosure.Disclosure.Factors;
import io.inferwatt.core.report.disclosure.Disclosure.Grid;
import io.inferwatt.core.report.disclosure.Disclosure.Place;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The member {@code factors} of a record: the same as in a disclosure, without findings. */
final class RecordedFactors {

    private static final Gson GSON = FigureJson.builder().disableHtmlEscaping().create();

    private RecordedFactors() {}

    static void write(JsonWriter json, Factors factors) throws IOException {
        JsonObject members = GSON.toJsonTree(factors).getAsJsonObject();
        members.remove("findings");
        json.name("factors").jsonValue(GSON.toJson(members));
    }

    /** Returns what a record says of factors; throws an unchecked exception where a member is of another type or no factor at all. */
    static Factors read(JsonObject factors) {
        List<Place> places = new ArrayList<>();
        if (factors.get("places") instanceof JsonArray told) {
            for (JsonElement place : told) {
                places.add(place(place.getAsJsonObject()));
            }
        }
        return new Factors(
                grid(factors.getAsJsonObject("grid")),
                pue(factors),
                text(factors, "pue_source"),
                figure(factors, "wue_liters_per_kwh"),
                figure(factors, "ewif_liters_per_kwh"),
                text(factors, "water_source"),
                figure(factors, "market_grams_per_kwh"),
                places,
                List.of());
    }

    private static Place place(JsonObject place) {
        return new Place(
                text(place, "provider"),
                text(place, "region"),
                grid(place.getAsJsonObject("grid")),
                pue(place),
                figure(place, "wue_liters_per_kwh"),
                figure(place, "ewif_liters_per_kwh"),
                text(place, "facility_source"),
                place.get("provider_mean").getAsBoolean());
    }

    private static Grid grid(JsonObject grid) {
        JsonElement year = grid.get("year");
        return new Grid(
                figure(grid, "grams_per_kwh"),
                text(grid, "zone"),
                text(grid, "source"),
                isAbsent(year) ? null : year.getAsInt(),
                text(grid, "citation"));
    }

    private static double pue(JsonObject of) {
        double pue = figure(of, "pue");
        if (pue < 1) {
            throw new NumberFormatException("no PUE");
        }
        return pue;
    }

    /** What is not there is not known, and never zero. */
    private static double figure(JsonObject of, String name) {
        JsonElement figure = of.get(name);
        return isAbsent(figure) ? Double.NaN : RecordLine.amount(figure.getAsDouble());
    }

    private static boolean isAbsent(@Nullable JsonElement element) {
        return element == null || element.isJsonNull();
    }

    private static String text(JsonObject of, String name) {
        return of.get(name).getAsString();
    }
}
