package io.inferwatt.exporters;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/** A schema that others rely on: it names every member of a text, and no other. */
public final class JsonSchema {

    private final JsonObject root;
    private final Set<String> seen = new TreeSet<>();

    private JsonSchema(JsonObject root) {
        this.root = root;
    }

    public static JsonSchema of(Class<?> beside, String resource) throws IOException {
        try (InputStream in = beside.getResourceAsStream(resource)) {
            return new JsonSchema(JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .getAsJsonObject());
        }
    }

    /** The text must have each kind of object at least once. */
    public void assertDescribesAll(JsonElement json) {
        assertDescribes(json);
        assertThat(seen).isEqualTo(new TreeSet<>(root.getAsJsonObject("$defs").keySet()));
    }

    public void assertDescribes(JsonElement json) {
        compare(root, json, "");
    }

    private void compare(JsonObject schema, JsonElement json, String path) {
        JsonObject resolved = schema;
        if (schema.has("anyOf")) {
            if (json.isJsonNull()) {
                return;
            }
            resolved = schema.getAsJsonArray("anyOf").get(0).getAsJsonObject();
        }
        if (resolved.has("$ref")) {
            String name = resolved.get("$ref").getAsString().substring("#/$defs/".length());
            seen.add(name);
            resolved = root.getAsJsonObject("$defs").getAsJsonObject(name);
        }
        if (json instanceof JsonObject object && resolved.has("additionalProperties")) {
            for (String member : object.keySet()) {
                compare(resolved.getAsJsonObject("additionalProperties"), object.get(member), path + "/" + member);
            }
        } else if (json instanceof JsonObject object) {
            assertThat(resolved.getAsJsonObject("properties").keySet()).as(path).isEqualTo(object.keySet());
            assertThat(resolved.getAsJsonArray("required")).as(path).hasSize(object.size());
            for (String member : object.keySet()) {
                compare(
                        resolved.getAsJsonObject("properties").getAsJsonObject(member),
                        object.get(member),
                        path + "/" + member);
            }
        } else if (json instanceof JsonArray array) {
            for (JsonElement element : array) {
                compare(resolved.getAsJsonObject("items"), element, path + "/*");
            }
        } else if (resolved.has("type")) {
            assertThat(typesOf(resolved)).as(path).contains(typeOf(json));
        }
    }

    private static Set<String> typesOf(JsonObject schema) {
        Set<String> types = new TreeSet<>();
        if (schema.get("type") instanceof JsonArray several) {
            several.forEach(type -> types.add(type.getAsString()));
        } else {
            types.add(schema.get("type").getAsString());
        }
        if (types.contains("number")) {
            types.add("integer");
        }
        return types;
    }

    private static String typeOf(JsonElement json) {
        if (json.isJsonNull()) {
            return "null";
        }
        if (json.getAsJsonPrimitive().isNumber()) {
            double number = json.getAsDouble();
            return number == Math.rint(number) ? "integer" : "number";
        }
        return json.getAsJsonPrimitive().isBoolean() ? "boolean" : "string";
    }
}
