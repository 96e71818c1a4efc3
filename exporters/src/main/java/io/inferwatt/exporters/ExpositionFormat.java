package io.inferwatt.exporters;

import java.util.Locale;

/** The formats of {@code /metrics}. Protobuf is never offered: its writer is not among our dependencies. */
enum ExpositionFormat {
    TEXT("text/plain; version=0.0.4; charset=utf-8"),
    OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

    private final String contentType;

    ExpositionFormat(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    /** Returns OpenMetrics where the client asks for it by name and ranks it no lower than text; text in all other cases. */
    static ExpositionFormat of(String accept) {
        double openMetrics = 0;
        double text = 0;
        for (String part : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
            String type = part.split(";", 2)[0].strip();
            if (type.equals("application/openmetrics-text")) {
                openMetrics = Math.max(openMetrics, weight(part));
            } else if (type.equals("text/plain")) {
                text = Math.max(text, weight(part));
            }
        }
        return openMetrics > 0 && openMetrics >= text ? OPEN_METRICS : TEXT;
    }

    private static double weight(String part) {
        for (String parameter : part.split(";", -1)) {
            String stripped = parameter.strip();
            if (stripped.startsWith("q=")) {
                try {
                    return Double.parseDouble(stripped.substring(2));
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
