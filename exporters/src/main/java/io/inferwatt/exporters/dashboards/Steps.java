package io.inferwatt.exporters.dashboards;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.inferwatt.exporters.dashboards.Panel.Limits;

/** The figures at which a panel changes its colour, in Grafana's words. */
final class Steps {

    private static final String GOOD = "green";
    private static final String CARE = "orange";
    private static final String BAD = "red";

    private Steps() {}

    static JsonObject of(Limits limits) {
        JsonArray steps = switch (limits) {
            case NONE -> steps(GOOD);
            case CONSUMED -> steps(GOOD, 0.8, CARE, 1, BAD);
            case PACE -> steps(GOOD, 1.1, CARE, 2, BAD);
            case WHOLE -> steps(BAD, 0.8, CARE, 0.95, GOOD);
            case FAULTS -> steps(GOOD, Double.MIN_NORMAL, CARE);
            case AGE -> steps(GOOD, 10, CARE, 60, BAD);
        };
        return PanelJson.object("mode", "absolute", "steps", steps);
    }

    // A colour, then pairs of the figure from which on another one holds.
    private static JsonArray steps(String first, Object... rest) {
        JsonArray steps = new JsonArray();
        JsonObject lowest = PanelJson.object("color", first);
        lowest.add("value", JsonNull.INSTANCE);
        steps.add(lowest);
        for (int i = 0; i < rest.length; i += 2) {
            steps.add(PanelJson.object("color", rest[i + 1], "value", rest[i]));
        }
        return steps;
    }
}
