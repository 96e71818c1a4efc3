package io.inferwatt.exporters;

import io.inferwatt.exporters.http.Page;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code /metrics}. A body serves for a second, so several scrapers cost no more than one. When rendering fails the last
 * good body is served, the failure counted, and the first one told.
 */
final class MetricsPage implements Page {

    private static final long FRESH_NANOS = 1_000_000_000;
    private static final long RENDER_WAIT_SECONDS = 2;
    private static final int WORTH_GZIP_BYTES = 1024;

    private final Exposition exposition;
    private final LongAdder failures;
    private final LongSupplier nanoTime;
    private final Consumer<String> warnings;
    private final ReentrantLock rendering = new ReentrantLock();
    private final Map<ExpositionFormat, Body> bodies = new EnumMap<>(ExpositionFormat.class);
    private boolean told;

    /** @param failures counts every failed rendering */
    MetricsPage(Exposition exposition, LongAdder failures, LongSupplier nanoTime, Consumer<String> warnings) {
        this.exposition = exposition;
        this.failures = failures;
        this.nanoTime = nanoTime;
        this.warnings = warnings;
    }

    @Override
    public Answer answer(Wish wish) throws IOException {
        ExpositionFormat format = ExpositionFormat.of(wish.accept());
        try {
            if (!rendering.tryLock(RENDER_WAIT_SECONDS, TimeUnit.SECONDS)) {
                return Answer.text(503, "another scrape takes too long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.text(503, "interrupted");
        }
        try {
            Body body = body(format);
            return body == null ? Answer.text(503, "the metrics could not be written") : body.answer(wish, format);
        } finally {
            rendering.unlock();
        }
    }

    private @Nullable Body body(ExpositionFormat format) {
        Body last = bodies.get(format);
        long now = nanoTime.getAsLong();
        if (last != null && now - last.renderedNanos < FRESH_NANOS) {
            return last;
        }
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream(last == null ? 1 << 14 : last.plain.length + 1024);
            exposition.writeTo(out, format);
            Body body = new Body(out.toByteArray(), now);
            bodies.put(format, body);
            return body;
        } catch (IOException | RuntimeException | LinkageError e) {
            failures.increment();
            tell(e);
            return last;
        }
    }

    private void tell(Throwable cause) {
        if (!told) {
            told = true;
            warnings.accept("/metrics could not be written (" + cause
                    + "); the last good body is served, further failures are only counted");
        }
    }

    /** Writes all metrics. One caller at a time. */
    interface Exposition {

        void writeTo(OutputStream out, ExpositionFormat format) throws IOException;
    }

    private static final class Body {

        private final byte[] plain;
        private final long renderedNanos;
        private byte @Nullable [] zipped;

        Body(byte[] plain, long renderedNanos) {
            this.plain = plain;
            this.renderedNanos = renderedNanos;
        }

        Answer answer(Wish wish, ExpositionFormat format) throws IOException {
            boolean gzip = wish.gzip() && plain.length >= WORTH_GZIP_BYTES;
            return new Answer(200, format.contentType(), gzip ? zipped() : plain, gzip);
        }

        private byte[] zipped() throws IOException {
            byte[] known = zipped;
            if (known != null) {
                return known;
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 4);
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(plain);
            }
            byte[] fresh = out.toByteArray();
            zipped = fresh;
            return fresh;
        }
    }
}
