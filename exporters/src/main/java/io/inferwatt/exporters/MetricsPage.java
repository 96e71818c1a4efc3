package io.inferwatt.exporters;

import io.inferwatt.exporters.http.FreshPage;
import io.inferwatt.exporters.http.Page;
import io.inferwatt.exporters.http.Turn;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * {@code /metrics}. A body serves for a second, so several scrapers cost no more than one. When rendering fails the last
 * good body is served for a minute, then status 503; each failure is counted, and the first one told.
 */
final class MetricsPage implements Page {

    private final LongAdder failures;
    private final Consumer<String> warnings;
    private final Page text;
    private final Page openMetrics;
    private boolean told;

    /** @param failures counts every failed rendering */
    MetricsPage(Exposition exposition, LongAdder failures, LongSupplier nanoTime, Consumer<String> warnings) {
        this.failures = failures;
        this.warnings = warnings;
        Turn rendering = new Turn();
        this.text = page(ExpositionFormat.TEXT, exposition, rendering, nanoTime);
        this.openMetrics = page(ExpositionFormat.OPEN_METRICS, exposition, rendering, nanoTime);
    }

    private Page page(ExpositionFormat format, Exposition exposition, Turn rendering, LongSupplier nanoTime) {
        return new FreshPage(
                format.contentType(), out -> exposition.writeTo(out, format), rendering, nanoTime, this::failed);
    }

    @Override
    public Answer answer(Wish wish) throws IOException {
        return (ExpositionFormat.of(wish.accept()) == ExpositionFormat.OPEN_METRICS ? openMetrics : text).answer(wish);
    }

    private void failed(Throwable cause) {
        failures.increment();
        if (!told) {
            warnings.accept("/metrics could not be written (" + cause
                    + "); the last good body is served for a minute, then status 503 until it can be written again;"
                    + " further failures are only counted");
            told = true;
        }
    }

    /** Writes all metrics. One caller at a time. */
    interface Exposition {

        void writeTo(OutputStream out, ExpositionFormat format) throws IOException;
    }
}
