package io.inferwatt.exporters.dashboards;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.inferwatt.exporters.dashboards.Panel.Kind;

/** Renders one panel in Grafana's words. */
final class PanelJson {

    private final Panel panel;

    PanelJson(Panel panel) {
        this.panel = panel;
    }

    JsonObject render(int id, int x, int y) {
        JsonObject json = new JsonObject();
        json.addProperty("id", id);
        json.addProperty("type", panel.kind().type());
        json.addProperty("title", panel.title());
        json.add("gridPos", grid(x, y));
        json.addProperty("description", panel.description());
        json.add("datasource", datasource());
        json.add("targets", targets());
        json.add("fieldConfig", fieldConfig());
        json.add("options", options());
        if (panel.kind() == Kind.TABLE) {
            json.add("transformations", transformations());
        }
        return json;
    }

    static JsonObject datasource() {
        return object("type", "prometheus", "uid", "${datasource}");
    }

    /** Returns an object of pairs of key and value. */
    static JsonObject object(Object... pairs) {
        JsonObject object = new JsonObject();
        for (int i = 0; i < pairs.length; i += 2) {
            object.add((String) pairs[i], element(pairs[i + 1]));
        }
        return object;
    }

    static JsonArray array(Object... values) {
        JsonArray array = new JsonArray();
        for (Object value : values) {
            array.add(element(value));
        }
        return array;
    }

    private static JsonElement element(Object value) {
        if (value instanceof JsonElement json) {
            return json;
        }
        if (value instanceof Boolean truth) {
            return new JsonPrimitive(truth);
        }
        return value instanceof Number number ? new JsonPrimitive(number) : new JsonPrimitive(value.toString());
    }

    private JsonObject grid(int x, int y) {
        return object("x", x, "y", y, "w", panel.width(), "h", panel.height());
    }

    private static String refId(int index) {
        return String.valueOf((char) ('A' + index));
    }

    private JsonArray targets() {
        JsonArray targets = new JsonArray();
        for (Query query : panel.queries()) {
            JsonObject target = object(
                    "refId", refId(targets.size()),
                    "datasource", datasource(),
                    "editorMode", "code",
                    "expr", query.expression(),
                    "legendFormat", panel.kind() == Kind.TABLE ? "__auto" : query.legend(),
                    "instant", panel.isNow(),
                    "range", !panel.isNow());
            target.addProperty("format", panel.kind() == Kind.TABLE ? "table" : "time_series");
            targets.add(target);
        }
        return targets;
    }

    private JsonObject fieldConfig() {
        JsonObject defaults = object("unit", panel.unit(), "noValue", panel.absent(), "min", 0);
        if (!Double.isNaN(panel.max())) {
            defaults.addProperty("max", panel.max());
        }
        if (panel.isLogarithmic() || panel.kind() == Kind.TABLE) {
            defaults.remove("min");
        }
        boolean limits = panel.limits() != Panel.Limits.NONE;
        defaults.add("thresholds", Steps.of(panel.limits()));
        defaults.add(
                "color",
                object(
                        "mode",
                        (limits && panel.kind() != Kind.LINES) || panel.kind() == Kind.BARS
                                ? "thresholds"
                                : "palette-classic"));
        if (panel.kind() == Kind.STAT && !limits) {
            defaults.add("color", object("mode", "fixed", "fixedColor", "text"));
        }
        defaults.add("custom", custom());
        JsonArray overrides = new JsonArray();
        if (panel.kind() == Kind.TABLE) {
            for (Query query : panel.queries()) {
                if (!query.unit().isEmpty()) {
                    overrides.add(override("byName", query.legend(), "unit", query.unit()));
                }
            }
        }
        if (panel.hasBand()) {
            for (int end = 1; end <= 2; end++) {
                JsonObject thin = override("byFrameRefID", refId(end), "custom.lineWidth", 1);
                thin.getAsJsonArray("properties")
                        .add(object("id", "custom.lineStyle", "value", object("fill", "dash", "dash", array(4, 6))));
                thin.getAsJsonArray("properties").add(object("id", "custom.fillOpacity", "value", 0));
                overrides.add(thin);
            }
        }
        return object("defaults", defaults, "overrides", overrides);
    }

    private static JsonObject override(String matcher, String name, String property, Object value) {
        return object(
                "matcher",
                object("id", matcher, "options", name),
                "properties",
                array(object("id", property, "value", value)));
    }

    private JsonObject custom() {
        return switch (panel.kind()) {
            case LINES, STACK -> {
                boolean stack = panel.kind() == Kind.STACK;
                JsonObject custom = object(
                        "drawStyle",
                        "line",
                        "lineInterpolation",
                        "linear",
                        "lineWidth",
                        stack ? 1 : 2,
                        "fillOpacity",
                        stack ? 40 : 0,
                        "showPoints",
                        "never",
                        "spanNulls",
                        false);
                custom.add("stacking", object("mode", stack ? "normal" : "none", "group", "A"));
                custom.add(
                        "scaleDistribution",
                        panel.isLogarithmic() ? object("type", "log", "log", 10) : object("type", "linear"));
                yield custom;
            }
            case TABLE -> object("align", "auto", "inspect", false, "filterable", false);
            case STAT, BARS -> new JsonObject();
        };
    }

    private JsonObject options() {
        boolean wide = panel.width() >= 12;
        JsonObject last = object("calcs", array("lastNotNull"), "fields", "", "values", false);
        return switch (panel.kind()) {
            case STAT ->
                object(
                        "colorMode",
                        panel.limits() == Panel.Limits.NONE ? "none" : "value",
                        "graphMode",
                        panel.isNow() ? "none" : "area",
                        "justifyMode",
                        "auto",
                        "orientation",
                        "auto",
                        "textMode",
                        "auto",
                        "wideLayout",
                        true,
                        "showPercentChange",
                        false,
                        "percentChangeColorMode",
                        "standard",
                        "reduceOptions",
                        last);
            case BARS ->
                object(
                        "displayMode",
                        "basic",
                        "orientation",
                        "horizontal",
                        "showUnfilled",
                        true,
                        "valueMode",
                        "color",
                        "minVizHeight",
                        16,
                        "maxVizHeight",
                        300,
                        "minVizWidth",
                        8,
                        "namePlacement",
                        "auto",
                        "sizing",
                        "auto",
                        "legend",
                        object("displayMode", "list", "placement", "bottom", "showLegend", false, "calcs", array()),
                        "reduceOptions",
                        last);
            case TABLE -> object("frameIndex", 0, "showHeader", true, "cellHeight", "sm");
            case LINES, STACK ->
                object(
                        "legend",
                        object(
                                "displayMode",
                                wide ? "table" : "list",
                                "placement",
                                wide ? "right" : "bottom",
                                "showLegend",
                                true,
                                "calcs",
                                wide ? array("mean", "lastNotNull") : array()),
                        "tooltip",
                        object("mode", "multi", "sort", "desc"));
        };
    }

    /** One row for each set of labels, with the titles of the questions as columns. */
    private JsonArray transformations() {
        JsonObject names = new JsonObject();
        for (int i = 0; i < panel.queries().size(); i++) {
            names.addProperty("Value #" + refId(i), panel.queries().get(i).legend());
        }
        if (panel.queries().size() == 1) {
            names.addProperty("Value", panel.queries().get(0).legend());
        }
        return array(
                object("id", "merge", "options", new JsonObject()),
                object(
                        "id",
                        "organize",
                        "options",
                        object(
                                "excludeByName",
                                object("Time", true),
                                "indexByName",
                                new JsonObject(),
                                "renameByName",
                                names)));
    }
}
