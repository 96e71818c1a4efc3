package io.inferwatt.exporters.report;

import com.google.gson.JsonObject;
import com.google.gson.stream.JsonWriter;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.report.SettledCall;
import io.inferwatt.core.report.disclosure.Disclosure.Factors;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request as a line of JSON; {@code record.schema.json} beside this class and {@code docs/records.md} are its description. What
 * is not known is absent, and named in {@code unknown} where a reader would expect it.
 */
public final class RecordLine {

    /** Goes up when a member changes its meaning or goes, not when one is added. */
    public static final int VERSION = 1;

    private static final int HASH_LENGTH = 16;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** More is no figure of one request, and with fewer digits sums are exact. */
    private static final double MOST = 1e15;

    private RecordLine() {}

    /**
     * Writes a line, without its end.
     *
     * @param endMillis wall-clock time of its end
     * @param sources ids of the sources in force
     * @param service empty if it has no name
     */
    public static String write(SettledCall call, long endMillis, List<String> sources, String service) {
        return write(call, endMillis, sources, service, null);
    }

    /**
     * Writes a line that tells the factors as well.
     *
     * @param factors in force for this record and those that follow in its file, up to the next that tells them; null to tell none
     */
    public static String write(
            SettledCall call, long endMillis, List<String> sources, String service, @Nullable Factors factors) {
        StringWriter text = new StringWriter(512);
        try (JsonWriter json = new JsonWriter(text)) {
            json.setHtmlSafe(false);
            write(json, call, endMillis, sources, service, factors);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a string takes everything
        }
        return text.toString();
    }

    private static void write(
            JsonWriter json,
            SettledCall call,
            long endMillis,
            List<String> sources,
            String service,
            @Nullable Factors factors)
            throws IOException {
        List<String> unknown = new ArrayList<>();
        json.beginObject().name("v").value(VERSION);
        json.name("time").value(TIME.format(Instant.ofEpochMilli(endMillis)));
        json.name("seconds").value(call.durationSeconds());
        json.name("model").value(call.key().model());
        json.name("operation").value(call.key().operation());
        json.name("outcome").value(call.outcome().label());
        json.name("requests").value(call.requests());
        json.name("items").value(call.units());
        if (!call.whole()) {
            json.name("whole").value(false);
        }
        if (call.tenant().isKnown()) {
            String name = call.tenant().name();
            json.name("tenant")
                    .value(
                            name.isEmpty()
                                    ? HexFormat.of().toHexDigits(call.tenant().hash())
                                    : name);
            if (looksHashed(name)) {
                json.name("tenant_named").value(true);
            }
        }
        json.name("boundary").value("with_idle");
        joules(json, call, unknown);
        remote(json, call, unknown);
        footprint(json, call, unknown);
        json.name("quality").value(call.quality().label());
        json.name("sources").beginArray();
        for (String source : sources) {
            json.value(source);
        }
        json.endArray();
        tokens(json, call.tokens());
        if (call.firstTokenSeconds() >= 0) {
            json.name("ttft").value(call.firstTokenSeconds());
        }
        if ((call.traceIdHigh() | call.traceIdLow()) != 0) {
            HexFormat hex = HexFormat.of();
            json.name("trace_id").value(hex.toHexDigits(call.traceIdHigh()) + hex.toHexDigits(call.traceIdLow()));
            if (call.spanId() != 0) {
                json.name("span_id").value(hex.toHexDigits(call.spanId()));
            }
        }
        if (!service.isEmpty()) {
            json.name("service").value(service);
        }
        if (factors != null) {
            RecordedFactors.write(json, factors);
        }
        if (!unknown.isEmpty()) {
            json.name("unknown").beginArray();
            for (String name : unknown) {
                json.value(name);
            }
            json.endArray();
        }
        json.endObject();
    }

    private static void joules(JsonWriter json, SettledCall call, List<String> unknown) throws IOException {
        if (!Double.isFinite(call.joulesWithIdle())) {
            unknown.add("joules");
            return;
        }
        json.name("joules").beginObject().name("local").value(call.joulesWithIdle());
        above(json, "cpu", call.byComponent().cpu());
        above(json, "dram", call.byComponent().dram());
        above(json, "gpu", call.byComponent().gpu());
        above(json, "other", call.byComponent().other());
        json.endObject();
    }

    private static void remote(JsonWriter json, SettledCall call, List<String> unknown) throws IOException {
        if (!Double.isFinite(call.remoteBand().central())) {
            unknown.add("remote");
        } else if (!call.remoteMethod().isEmpty()) {
            json.name("remote").beginObject();
            json.name("low").value(call.remoteBand().low());
            json.name("central").value(call.remoteBand().central());
            json.name("high").value(call.remoteBand().high());
            json.name("method").value(call.remoteMethod()).endObject();
        }
    }

    private static void footprint(JsonWriter json, SettledCall call, List<String> unknown) throws IOException {
        json.name("co2e_grams").beginObject();
        if (Double.isFinite(call.footprint().operationalGrams())) {
            json.name("operational").value(call.footprint().operationalGrams());
        }
        if (call.footprint().gramsInPart() || !Double.isFinite(call.footprint().operationalGrams())) {
            unknown.add("co2e_grams.operational");
        }
        // No method of remote models says 0, so that is only somebody's figure for this machine.
        boolean ofThisMachineAlone = call.remoteMethod().isEmpty();
        if (call.footprint().embodiedGrams() > 0
                || (ofThisMachineAlone && call.footprint().embodiedGrams() == 0)) {
            json.name("embodied").value(call.footprint().embodiedGrams());
        } else {
            unknown.add("co2e_grams.embodied");
        }
        if (Double.isFinite(call.footprint().marketGrams())) {
            json.name("market").value(call.footprint().marketGrams());
        }
        json.endObject();
        if (Double.isFinite(call.footprint().liters())) {
            json.name("liters").value(call.footprint().liters());
        }
        if (call.footprint().litersInPart() || !Double.isFinite(call.footprint().liters())) {
            unknown.add("liters");
        }
    }

    private static void tokens(JsonWriter json, TokenUsage tokens) throws IOException {
        if (tokens.input() < 0 && tokens.output() < 0) {
            return;
        }
        json.name("tokens").beginObject();
        known(json, "input", tokens.input());
        known(json, "cached", tokens.cachedInput());
        known(json, "output", tokens.output());
        known(json, "reasoning", tokens.reasoning());
        json.endObject();
    }

    private static void above(JsonWriter json, String name, double value) throws IOException {
        if (value > 0 && Double.isFinite(value)) {
            json.name(name).value(value);
        }
    }

    private static void known(JsonWriter json, String name, long count) throws IOException {
        if (count >= 0) {
            json.name(name).value(count);
        }
    }

    /** Returns whether a tenant's name would be taken for the hash of one. */
    private static boolean looksHashed(String tenant) {
        return tenant.length() == HASH_LENGTH && tenant.chars().allMatch(each -> Character.digit(each, 16) >= 0);
    }

    /**
     * What a disclosure needs of a record. Figures that are not known are NaN.
     *
     * @param whole whether the figures are all of its requests
     * @param tenant empty for nobody
     * @param hashed whether that is a hash
     * @param remoteUnknown whether it asked a machine elsewhere and there is no estimate
     * @param method of the estimate, empty without one
     */
    record Read(
            String model,
            String operation,
            String outcome,
            long requests,
            long items,
            double seconds,
            boolean whole,
            String tenant,
            boolean hashed,
            String quality,
            double localJoules,
            boolean remoteUnknown,
            String method,
            double remoteLow,
            double remoteCentral,
            double remoteHigh,
            double operationalGrams,
            double embodiedGrams,
            double marketGrams,
            double liters,
            double inputTokens,
            double cachedTokens,
            double outputTokens,
            double reasoningTokens) {

        boolean hasRemote() {
            return remoteUnknown || !method.isEmpty();
        }

        double totalJoules() {
            return localJoules + (remoteUnknown ? Double.NaN : method.isEmpty() ? 0 : remoteCentral);
        }
    }

    static Read read(JsonObject record) {
        JsonObject remote = record.has("remote") ? record.getAsJsonObject("remote") : new JsonObject();
        JsonObject grams = record.has("co2e_grams") ? record.getAsJsonObject("co2e_grams") : new JsonObject();
        JsonObject tokens = record.has("tokens") ? record.getAsJsonObject("tokens") : new JsonObject();
        boolean remoteUnknown = record.has("unknown")
                && record.getAsJsonArray("unknown").asList().stream()
                        .anyMatch(name -> name.getAsString().equals("remote"));
        String tenant = record.has("tenant") ? record.get("tenant").getAsString() : "";
        return new Read(
                record.get("model").getAsString(),
                record.get("operation").getAsString(),
                record.get("outcome").getAsString(),
                count(record, "requests"),
                count(record, "items"),
                amount(record.get("seconds").getAsDouble()),
                !record.has("whole") || record.get("whole").getAsBoolean(),
                tenant,
                looksHashed(tenant) && !record.has("tenant_named"),
                record.get("quality").getAsString(),
                record.has("joules") ? figure(record.getAsJsonObject("joules"), "local") : Double.NaN,
                remoteUnknown,
                remote.has("method") ? remote.get("method").getAsString() : "",
                figure(remote, "low"),
                figure(remote, "central"),
                figure(remote, "high"),
                figure(grams, "operational"),
                figure(grams, "embodied"),
                figure(grams, "market"),
                figure(record, "liters"),
                figure(tokens, "input"),
                figure(tokens, "cached"),
                figure(tokens, "output"),
                figure(tokens, "reasoning"));
    }

    /** No figure of a record is below zero or without end; one that is was written by somebody else, or damaged. */
    static double amount(double value) {
        if (!(value >= 0 && value <= MOST)) {
            throw new NumberFormatException("no amount");
        }
        return value;
    }

    private static long count(JsonObject record, String name) {
        long count = record.get(name).getAsLong();
        if (count < 0 || count > MOST) {
            throw new NumberFormatException("no count");
        }
        return count;
    }

    private static double figure(JsonObject object, String name) {
        return object.has(name) ? amount(object.get(name).getAsDouble()) : Double.NaN;
    }
}
