package io.inferwatt.it.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * The page of one real agent, told again for many JVMs: labels are the same but for the host, counters go on at the pace that they had,
 * each JVM's at one of its own. Thread-safe.
 */
final class GrowingPage {

    private static final String HOST = "host=\"";
    private static final int JVMS_A_HOST = 3;
    private static final int PACES = 7;

    private final List<Line> lines;
    private final double agedSeconds;

    private GrowingPage(List<Line> lines, double agedSeconds) {
        this.lines = lines;
        this.agedSeconds = agedSeconds;
    }

    /** What is to be done with a number. */
    private enum Kind {
        SAME,
        COUNTER,
        TIMESTAMP
    }

    /** @param text a comment, or name and labels with what follows the host's name apart */
    private record Line(String text, String afterHost, double value, Kind kind) {}

    /**
     * Reads a page in the text format.
     *
     * @param agedSeconds how long it took its counters to grow from nought
     */
    static GrowingPage of(String page, double agedSeconds) {
        List<Line> lines = new ArrayList<>();
        String type = "";
        for (String text : page.lines().toList()) {
            if (text.startsWith("#")) {
                type = text.startsWith("# TYPE ") ? text.substring(text.lastIndexOf(' ') + 1) : type;
                lines.add(new Line(text, "", 0, Kind.SAME));
                continue;
            }
            int end = text.lastIndexOf(' ');
            String series = text.substring(0, end);
            int host = series.indexOf(HOST);
            int quote = host < 0 ? -1 : series.indexOf('"', host + HOST.length());
            lines.add(new Line(
                    host < 0 ? series : series.substring(0, host + HOST.length()),
                    host < 0 ? "" : series.substring(quote),
                    Double.parseDouble(text.substring(end + 1).replace("+Inf", "Infinity")),
                    kind(type, series)));
        }
        return new GrowingPage(lines, agedSeconds);
    }

    private static Kind kind(String type, String series) {
        if (series.contains("_timestamp_seconds")) {
            return Kind.TIMESTAMP;
        }
        return type.equals("gauge") || type.equals("untyped") ? Kind.SAME : Kind.COUNTER;
    }

    /** Returns how many series it has. */
    long series() {
        return lines.stream().filter(line -> !line.text.startsWith("#")).count();
    }

    /**
     * Returns the page of one JVM.
     *
     * @param jvm from 0
     * @param seconds since all of them started; never less than before
     */
    String of(int jvm, double seconds) {
        double growth = (1 + seconds / agedSeconds) * (1 + jvm % PACES) / PACES;
        StringBuilder page = new StringBuilder();
        for (Line line : lines) {
            page.append(line.text);
            if (!line.afterHost.isEmpty()) {
                page.append("host-").append(jvm / JVMS_A_HOST).append(line.afterHost);
            }
            if (!line.text.startsWith("#")) {
                page.append(' ').append(number(line, growth));
            }
            page.append('\n');
        }
        return page.toString();
    }

    private static String number(Line line, double growth) {
        double value = switch (line.kind) {
            case SAME -> line.value;
            case COUNTER -> line.value * growth;
            case TIMESTAMP -> System.currentTimeMillis() / 1e3;
        };
        return Double.isInfinite(value) ? (value > 0 ? "+Inf" : "-Inf") : String.valueOf(value);
    }
}
