package io.inferwatt.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.inferwatt.exporters.dashboards.Dashboards;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Dashboards hold to Grafana's own schemas: the whole, and of each panel its options, its way of drawing and its queries. */
class DashboardSchemaTest {

    private static JsonSchema schema(String name, String definition) throws IOException {
        try (InputStream in = DashboardSchemaTest.class.getResourceAsStream("/grafana/" + name + ".jsonschema.json");
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            JsonObject json = JsonParser.parseReader(reader).getAsJsonObject();
            json.addProperty("$ref", "#/definitions/" + definition);
            freeAnything(json);
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(json.toString());
        }
    }

    // Where Grafana's own types say any, the schema says an object of any objects, which a text or a number is not.
    private static void freeAnything(JsonElement element) {
        if (element instanceof JsonObject object) {
            if (new JsonObject().equals(object.get("additionalProperties"))) {
                object.remove("type");
            }
            object.asMap().values().forEach(DashboardSchemaTest::freeAnything);
        } else if (element instanceof JsonArray array) {
            array.forEach(DashboardSchemaTest::freeAnything);
        }
    }

    private static void holds(String name, String definition, JsonElement json, String what) throws IOException {
        assertThat(schema(name, definition).validate(json.toString(), InputFormat.JSON))
                .as(what)
                .isEmpty();
    }

    @Test
    void dashboards_holdToTheSchema() throws IOException {
        JsonSchema schema = schema("dashboard", "Dashboard");
        for (String json : Dashboards.json().values()) {
            assertThat(schema.validate(json, InputFormat.JSON)).isEmpty();
            assertThat(schema.validate(json.replace("\"schemaVersion\"", "\"schema\""), InputFormat.JSON))
                    .isNotEmpty();
            assertThat(schema.validate(json.replace("\"gridPos\"", "\"grid\""), InputFormat.JSON))
                    .isNotEmpty();
        }
    }

    @Test
    void panels_holdToTheSchemasOfTheirKindAndTheirQueries() throws IOException {
        for (String json : Dashboards.json().values()) {
            for (JsonElement each :
                    JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("panels")) {
                JsonObject panel = each.getAsJsonObject();
                String type = panel.get("type").getAsString();
                String title = panel.get("title").getAsString();
                holds(type, "Options", panel.get("options"), title);
                if (Set.of("timeseries", "table").contains(type)) {
                    JsonObject defaults = panel.getAsJsonObject("fieldConfig").getAsJsonObject("defaults");
                    holds(type, "FieldConfig", defaults.get("custom"), title);
                }
                for (JsonElement target : panel.getAsJsonArray("targets")) {
                    holds("prometheus", "Dataquery", target, title);
                }
            }
        }
    }
}
