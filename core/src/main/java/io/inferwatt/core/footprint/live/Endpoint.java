package io.inferwatt.core.footprint.live;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.inferwatt.core.footprint.live.FeedException.Kind;
import io.inferwatt.core.net.HttpAnswer;
import io.inferwatt.core.net.HttpRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The address of a service that answers with JSON. Bodies of answers never get into messages: some services repeat the key in them.
 *
 * @param base without a slash at its end
 */
record Endpoint(URI base) {

    private static final Gson GSON = new Gson();

    /** @param instead what the settings say */
    static Endpoint of(String usual, Optional<String> instead) throws FeedException {
        return new Endpoint(uri(instead.orElse(usual)));
    }

    static URI uri(String text) throws FeedException {
        String base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        try {
            URI uri = new URI(base);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // As any other text that is none.
        }
        throw new FeedException(Kind.SETTINGS, "carbon.url is no URL with http or https and a host");
    }

    /** Returns the host, without port 80 or 443 and without anything that may be secret. */
    String where() {
        return base.getHost() + (base.getPort() < 0 ? "" : ":" + base.getPort());
    }

    HttpRequest get(String path) {
        return HttpRequest.get(URI.create(base + path));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Sends a request and returns the object in the answer. */
    JsonObject object(HttpRequest request) throws IOException, FeedException {
        return object(body(request), where());
    }

    /** Sends a request and returns the body of an answer that is no refusal. */
    String body(HttpRequest request) throws IOException, FeedException {
        HttpAnswer answer = request.send();
        if (answer.isOk()) {
            return answer.body();
        }
        if (answer.status() == 401 || answer.status() == 403) {
            throw new FeedException(
                    Kind.KEY,
                    where() + " does not accept the key (status " + answer.status()
                            + "); check that it is right, not expired, and good for this zone",
                    answer.retryAfterSeconds());
        }
        throw new FeedException(
                Kind.UNAVAILABLE, where() + " answers with status " + answer.status(), answer.retryAfterSeconds());
    }

    /** @param where who said so, for the message */
    static JsonObject object(String body, String where) throws FeedException {
        try {
            JsonElement parsed = GSON.fromJson(body, JsonElement.class);
            if (parsed != null && parsed.isJsonObject()) {
                return parsed.getAsJsonObject();
            }
        } catch (JsonParseException | StackOverflowError e) {
            // As any other text that is none; the message would quote it.
        }
        throw implausible("what " + where + " tells is no JSON object");
    }

    /** Returns a member; throws if there is none. */
    static JsonElement member(JsonElement of, String name) throws FeedException {
        JsonElement found = of.isJsonObject() ? of.getAsJsonObject().get(name) : null;
        if (found == null || found.isJsonNull()) {
            throw implausible("the answer has no " + name);
        }
        return found;
    }

    /** Returns the first element of an array; throws if there is none. */
    static JsonElement first(JsonElement array, String name) throws FeedException {
        if (!array.isJsonArray() || array.getAsJsonArray().isEmpty()) {
            throw implausible("the answer has nothing in " + name);
        }
        return array.getAsJsonArray().get(0);
    }

    static double number(JsonElement of, String name) throws FeedException {
        JsonElement found = member(of, name);
        if (!found.isJsonPrimitive() || !found.getAsJsonPrimitive().isNumber()) {
            throw implausible("the answer has no number in " + name);
        }
        return found.getAsDouble();
    }

    static String text(JsonElement of, String name) throws FeedException {
        JsonElement found = member(of, name);
        if (!found.isJsonPrimitive()) {
            throw implausible("the answer has no text in " + name);
        }
        return found.getAsString();
    }

    /** Throws if an answer speaks of something else than was asked. */
    static void expect(String what, String asked, String told) throws FeedException {
        if (!asked.equalsIgnoreCase(told)) {
            throw implausible("the answer has another " + what + " than was asked for (" + asked + ")");
        }
    }

    /** Returns the member as a text for people, short; empty if there is none. */
    static String remark(JsonObject of, String name) {
        JsonElement found = of.get(name);
        if (found == null || !found.isJsonPrimitive()) {
            return "";
        }
        String text = found.getAsString();
        boolean plain = text.length() <= 40 && text.chars().allMatch(c -> c >= ' ' && c <= '~');
        return plain ? text : "";
    }

    /** Returns the member as a moment; null if there is none with an offset, such as {@code 2026-11-30T08:00Z}. */
    static @Nullable Instant time(JsonElement of, String name) {
        JsonElement found = of.isJsonObject() ? of.getAsJsonObject().get(name) : null;
        if (found == null || !found.isJsonPrimitive()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(found.getAsString()).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static FeedException implausible(String message) {
        return new FeedException(Kind.IMPLAUSIBLE, message);
    }
}
