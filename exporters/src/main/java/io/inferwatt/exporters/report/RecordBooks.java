package io.inferwatt.exporters.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.inferwatt.core.report.disclosure.Disclosure;
import io.inferwatt.core.report.disclosure.Disclosure.About;
import io.inferwatt.core.report.disclosure.Disclosure.Factors;
import io.inferwatt.core.report.disclosure.Disclosure.Meter;
import io.inferwatt.core.report.disclosure.Disclosure.NotKnown;
import io.inferwatt.core.report.disclosure.Disclosure.Period;
import io.inferwatt.core.report.disclosure.Disclosure.Reason;
import io.inferwatt.core.report.disclosure.DisclosureDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Adds records up. One thread. */
final class RecordBooks {

    private final Map<String, RecordSum> models = new LinkedHashMap<>();
    private final Map<String, Double> sources = new TreeMap<>();
    private final TreeSet<String> services = new TreeSet<>();
    private final TenantSums tenants = new TenantSums();
    private final FactorBooks factors = new FactorBooks();
    private @Nullable Instant first;
    private @Nullable Instant last;
    private final List<String> cut = new ArrayList<>();
    private long records;
    private long skipped;
    private long unread;
    private long unestimated;

    /** Adds a record; throws an unchecked exception, and adds nothing, where one of its members is missing or of another type. */
    void add(JsonObject record, Instant end) {
        RecordLine.Read read = RecordLine.read(record);
        String names = sourceNames(record) + "\n" + read.quality();
        String service = record.has("service") ? record.get("service").getAsString() : "";
        RecordSum sum = models.computeIfAbsent(read.model() + "/" + read.operation(), ignored -> new RecordSum(read));
        sum.add(read, factors.inForce());
        factors.add(read, end);
        tenants.add(read);
        Instant begin = end.minus(Duration.ofNanos(Math.round(read.seconds() * 1e9)));
        first = first == null || begin.isBefore(first) ? begin : first;
        last = last == null || end.isAfter(last) ? end : last;
        records++;
        if (read.remoteUnknown()) {
            unestimated += Math.max(1, read.requests()); // a part told apart has no request of its own
        } else if (Double.isNaN(read.localJoules())) {
            unread += read.requests();
        }
        if (!service.isEmpty()) {
            services.add(service);
        }
        if (read.localJoules() > 0) {
            sources.merge(names, read.localJoules(), Double::sum);
        }
    }

    private static String sourceNames(JsonObject record) {
        List<String> names = new ArrayList<>();
        if (record.get("sources") instanceof JsonArray array) {
            for (JsonElement name : array) {
                names.add(name.getAsString());
            }
        }
        return String.join(" + ", names);
    }

    /** Notes a line that cannot be read; it may have told factors, so that these are not known from here on. */
    void skip() {
        skipped++;
        factors.forget();
    }

    /** Begins a file, which tells factors of its own. */
    void beginFile(String series) {
        factors.beginFile(series);
    }

    /** Takes what is in force from the next record on. */
    void inForce(Factors told) {
        factors.inForce(told);
    }

    /** Notes a file that could not be read to its end. */
    void cut(String file) {
        cut.add(file);
    }

    int cutFiles() {
        return cut.size();
    }

    long records() {
        return records;
    }

    long skipped() {
        return skipped;
    }

    Disclosure disclosure(
            String version, String origin, @Nullable Instant since, @Nullable Instant until, Instant now) {
        Instant begin = since == null ? first : since;
        Instant end = until == null ? last : until;
        double unknown = Double.NaN;
        return new DisclosureDraft(
                        new About(String.join(", ", services), "", version, "records", origin, Times.text(now)),
                        new Period(
                                begin == null ? "" : Times.text(begin),
                                end == null ? "" : Times.text(end),
                                begin == null || end == null
                                        ? unknown
                                        : Duration.between(begin, end).toMillis() / 1e3),
                        factors.factors(),
                        meters(),
                        List.of(),
                        models.values().stream().map(RecordSum::line).toList(),
                        tenants.tenants(),
                        notKnown(),
                        false)
                .finish();
    }

    private List<Meter> meters() {
        List<Meter> meters = new ArrayList<>();
        sources.forEach((names, joules) -> {
            int end = names.indexOf('\n');
            meters.add(new Meter(
                    "this machine",
                    "",
                    names.substring(0, end),
                    names.substring(end + 1),
                    "",
                    joules,
                    Double.NaN,
                    Double.NaN,
                    Double.NaN,
                    true,
                    List.of()));
        });
        return meters;
    }

    private NotKnown notKnown() {
        List<Reason> reasons = new ArrayList<>();
        if (unread > 0) {
            reasons.add(new Reason("no_reading", unread));
        }
        if (unestimated > 0) {
            reasons.add(new Reason("no_estimate", unestimated));
        }
        List<String> notes = new ArrayList<>(List.of(
                "Records hold no bands of what this machine drew: only those of estimates are known.",
                "Records hold requests alone: what the machine drew for nobody is not in them.",
                "Where a request asked a machine elsewhere, its grams and litres stand with that machine's."));
        if (!cut.isEmpty()) {
            notes.add((cut.size() == 1 ? "1 file is" : cut.size() + " files are")
                    + " cut or damaged; what comes after the damage is not in the figures: " + String.join(", ", cut));
        }
        return new NotKnown(unread + (double) unestimated, reasons, Double.NaN, Double.NaN, Double.NaN, skipped, notes);
    }
}
