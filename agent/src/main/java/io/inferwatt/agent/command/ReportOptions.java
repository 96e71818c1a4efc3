package io.inferwatt.agent.command;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@code report} is to read, and how to show it.
 *
 * @param from address of a running JVM, path of records, or {@code prometheus:} and an address; empty for this machine's JVM
 * @param since beginning of the period, null for all there is
 * @param until its end, null for now
 * @param selector labels that the series of a Prometheus server must have, such as {@code job="shop"}; empty for all
 * @param out file, empty for standard output
 */
record ReportOptions(
        String from, @Nullable Instant since, @Nullable Instant until, String selector, Format format, String out) {

    private static final String ALLOWED =
            "--from URL|PATH|prometheus:URL, --since TIME, --until TIME, --selector LABELS, --format text|html|csv|json,"
                    + " --out FILE";

    /** How it is shown. */
    enum Format {
        TEXT,
        HTML,
        CSV,
        JSON
    }

    /** @param now what times such as {@code 24h} count back from */
    static ReportOptions of(List<String> words, Instant now) throws MisunderstoodException {
        String from = "";
        String since = "";
        String until = "";
        String selector = "";
        String format = "";
        String out = "";
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            int sign = word.startsWith("--") ? word.indexOf('=') : -1;
            String name = sign < 0 ? word : word.substring(0, sign);
            if (!List.of("--from", "--since", "--until", "--selector", "--format", "--out")
                    .contains(name)) {
                throw new MisunderstoodException("report: unknown option '" + word + "'; allowed: " + ALLOWED);
            }
            String value = sign >= 0 ? word.substring(sign + 1) : rest.hasNext() ? rest.next() : "";
            if (value.isBlank()) {
                throw new MisunderstoodException("report: " + name + " needs a value; allowed: " + ALLOWED);
            }
            switch (name) {
                case "--from" -> from = value;
                case "--since" -> since = value;
                case "--until" -> until = value;
                case "--selector" -> selector = value;
                case "--format" -> format = value;
                default -> out = value;
            }
        }
        Instant begin = since.isEmpty() ? null : ReportTime.of("--since", since, now);
        Instant end = until.isEmpty() ? null : ReportTime.of("--until", until, now);
        if (begin != null && !begin.isBefore(end == null ? now : end)) {
            throw new MisunderstoodException("report: --since " + since + " is not before "
                    + (end == null ? "now" : "--until " + until) + "; allowed: a period with a length");
        }
        return new ReportOptions(from, begin, end, selector, format(format, out), out);
    }

    /** The name of the file tells where the option does not. */
    private static Format format(String text, String out) throws MisunderstoodException {
        String wanted = text.toUpperCase(Locale.ROOT);
        if (wanted.isEmpty()) {
            int dot = out.lastIndexOf('.');
            wanted = dot < 0 ? "TEXT" : out.substring(dot + 1).toUpperCase(Locale.ROOT);
        }
        for (Format format : Format.values()) {
            if (format.name().equals(wanted)) {
                return format;
            }
        }
        if (text.isEmpty()) {
            return Format.TEXT;
        }
        throw new MisunderstoodException(
                "report: --format '" + text + "' is not known; allowed: text, html, csv, json");
    }
}
