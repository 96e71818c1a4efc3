package io.inferwatt.agent.command;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.Strictness;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs commands as {@code java -D... -jar} would, and keeps what they print. */
final class Terminal {

    private static final Gson STRICT =
            new GsonBuilder().setStrictness(Strictness.STRICT).create();

    private final Map<String, String> properties = new HashMap<>();
    private byte[] in = {};
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Charset charset = StandardCharsets.UTF_8;

    Terminal set(String key, Object value) {
        properties.put("inferwatt." + key, value.toString());
        return this;
    }

    Terminal encoding(Charset encoding) {
        charset = encoding;
        return this;
    }

    Terminal type(String text) {
        in = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    /** Returns the exit code. */
    int run(String... arguments) {
        return new CommandLine(
                        new ByteArrayInputStream(in),
                        new PrintStream(out, false, charset),
                        new PrintStream(err, false, charset),
                        charset,
                        properties,
                        Map.of())
                .applyAsInt(arguments);
    }

    String out() {
        return out.toString(charset);
    }

    List<String> lines() {
        return out().lines().toList();
    }

    String err() {
        return err.toString(charset);
    }

    /** Returns all of standard output as one document. */
    JsonObject json() {
        return STRICT.fromJson(out(), JsonObject.class);
    }
}
