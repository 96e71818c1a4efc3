package io.inferwatt.exporters.report;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import io.inferwatt.core.input.OneLine;
import io.inferwatt.core.report.disclosure.Disclosure;
import java.io.IOException;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;

/**
 * The disclosure as JSON (RFC 8259); {@code disclosure.schema.json} beside this class is its description. A figure that is not known
 * is null. Safe from all threads.
 */
public final class DisclosureJson {

    private static final Gson GSON = FigureJson.builder()
            .registerTypeAdapter(String.class, new Text())
            .disableHtmlEscaping()
            .setPrettyPrinting()
            .create();

    private DisclosureJson() {}

    public static String write(Disclosure disclosure) {
        return GSON.toJson(disclosure) + "\n";
    }

    /**
     * Reads one back.
     *
     * @throws IOException if the text is no disclosure of this version; the message says why, in one line
     */
    public static Disclosure read(String text) throws IOException {
        try {
            JsonElement parsed = JsonParser.parseReader(new StringReader(text));
            if (!(parsed instanceof JsonObject object)
                    || !(object.get("schema") instanceof JsonPrimitive schema)
                    || !schema.getAsString().equals(Disclosure.SCHEMA)) {
                throw new IOException("this is no disclosure of Inferwatt");
            }
            int version = object.get("schema_version").getAsInt();
            if (version != Disclosure.SCHEMA_VERSION) {
                throw new IOException("this is a disclosure of schema version " + version + "; allowed: "
                        + Disclosure.SCHEMA_VERSION);
            }
            Disclosure disclosure = GSON.fromJson(object, Disclosure.class);
            // Gson makes a zero of a number that is missing, which must never pass for a figure.
            String missing = missing(GSON.toJsonTree(disclosure), object, "");
            if (missing != null) {
                throw new IOException("this disclosure is damaged: " + missing + " is missing");
            }
            return disclosure;
        } catch (JsonParseException | IllegalStateException | NullPointerException | ClassCastException e) {
            throw new IOException("this is no disclosure of Inferwatt: " + why(e), e);
        } catch (RuntimeException e) {
            throw new IOException("this disclosure is damaged: " + why(e), e);
        }
    }

    /** What parsers say quotes the text, and may take several lines. */
    private static String why(RuntimeException e) {
        return OneLine.of(String.valueOf(e.getMessage()), 200);
    }

    private static @Nullable String missing(JsonElement wanted, @Nullable JsonElement found, String path) {
        if (found == null) {
            return path;
        }
        if (wanted instanceof JsonObject members && found instanceof JsonObject object) {
            for (String name : members.keySet()) {
                String missing = missing(members.get(name), object.get(name), path + "/" + name);
                if (missing != null) {
                    return missing;
                }
            }
        } else if (wanted instanceof JsonArray elements && found instanceof JsonArray array) {
            for (int i = 0; i < elements.size(); i++) {
                String missing = missing(elements.get(i), i < array.size() ? array.get(i) : null, path + "/" + i);
                if (missing != null) {
                    return missing;
                }
            }
        }
        return null;
    }

    /** Figures may be unknown, texts are there. */
    private static final class Text extends TypeAdapter<String> {

        @Override
        public void write(JsonWriter out, String text) throws IOException {
            out.value(text);
        }

        @Override
        public String read(JsonReader in) throws IOException {
            if (in.peek() == JsonToken.NULL) {
                throw new JsonParseException("a text at " + in.getPath() + " is null");
            }
            return in.nextString();
        }
    }
}
