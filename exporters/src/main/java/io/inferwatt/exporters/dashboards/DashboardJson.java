package io.inferwatt.exporters.dashboards;

import static io.inferwatt.exporters.dashboards.PanelJson.array;
import static io.inferwatt.exporters.dashboards.PanelJson.object;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;

/** Renders a whole dashboard as a file that Grafana imports and provisions alike. */
final class DashboardJson {

    /** That of Grafana 10.4; newer ones bring what they load up to date. */
    private static final int SCHEMA_VERSION = 39;

    private static final int COLUMNS = 24;

    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .create();

    private DashboardJson() {}

    static String write(Dashboard dashboard) {
        JsonObject json = new JsonObject();
        json.add("id", JsonNull.INSTANCE);
        json.addProperty("uid", dashboard.uid());
        json.addProperty("title", dashboard.title());
        json.addProperty("description", dashboard.description());
        json.add("tags", array("inferwatt"));
        json.addProperty("schemaVersion", SCHEMA_VERSION);
        json.addProperty("version", 1);
        json.addProperty("editable", false);
        json.addProperty("graphTooltip", 1);
        json.addProperty("fiscalYearStartMonth", 0);
        json.addProperty("liveNow", false);
        json.addProperty("weekStart", "");
        json.addProperty("timezone", "browser");
        json.addProperty("refresh", "30s");
        json.add("time", object("from", "now-1h", "to", "now"));
        json.add("timepicker", new JsonObject());
        json.add("annotations", object("list", new JsonArray()));
        json.add("links", array(links()));
        json.add("templating", object("list", variables(dashboard)));
        json.add("panels", panels(dashboard));
        return GSON.toJson(json) + "\n";
    }

    /** To all dashboards of ours, with what is chosen and the time. */
    private static JsonObject links() {
        return object(
                "type",
                "dashboards",
                "title",
                "Inferwatt",
                "tags",
                array("inferwatt"),
                "asDropdown",
                false,
                "includeVars",
                true,
                "keepTime",
                true,
                "targetBlank",
                false,
                "icon",
                "external link",
                "tooltip",
                "",
                "url",
                "");
    }

    private static JsonArray variables(Dashboard dashboard) {
        JsonArray list = new JsonArray();
        list.add(object(
                "type",
                "datasource",
                "name",
                "datasource",
                "label",
                "Prometheus",
                "query",
                "prometheus",
                "regex",
                "",
                "refresh",
                1,
                "hide",
                0,
                "includeAll",
                false,
                "multi",
                false,
                "options",
                new JsonArray(),
                "current",
                object("selected", false, "text", "", "value", "")));
        for (Dashboard.Variable variable : dashboard.variables()) {
            JsonObject json = object(
                    "type",
                    "query",
                    "name",
                    variable.id(),
                    "label",
                    variable.label(),
                    "datasource",
                    PanelJson.datasource(),
                    "definition",
                    variable.query(),
                    "query",
                    object("query", variable.query(), "refId", "variable-" + variable.id()),
                    "regex",
                    "",
                    "refresh",
                    2,
                    "sort",
                    1,
                    "hide",
                    0);
            json.addProperty("includeAll", true);
            json.addProperty("multi", true);
            json.addProperty("allValue", ".+");
            json.add("options", new JsonArray());
            json.add("current", object("selected", true, "text", array("All"), "value", array("$__all")));
            list.add(json);
        }
        return list;
    }

    /** From left to right, as they fit; a row's height is that of its highest panel. */
    private static JsonArray panels(Dashboard dashboard) {
        JsonArray panels = new JsonArray();
        int x = 0;
        int y = 0;
        int height = 0;
        for (Panel panel : dashboard.panels()) {
            if (x + panel.width() > COLUMNS) {
                x = 0;
                y += height;
                height = 0;
            }
            panels.add(new PanelJson(panel).render(panels.size() + 1, x, y));
            x += panel.width();
            height = Math.max(height, panel.height());
        }
        return panels;
    }
}
