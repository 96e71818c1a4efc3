package io.inferwatt.exporters.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A page whose body serves for a second, so that many who ask cost no more than one. Where a body cannot be made, the last good one is
 * served for a minute; then there is none, status 503, so that nobody takes old figures for new ones.
 */
public final class FreshPage implements Page {

    private static final long FRESH_NANOS = 1_000_000_000;
    /** Bridges a scrape or two that fail; a monitor should see what lasts longer. */
    private static final long OLDEST_NANOS = 60_000_000_000L;

    private static final long LONGEST_WAIT_SECONDS = 2;
    private static final int WORTH_GZIP_BYTES = 1024;
    private static final int FIRST_BYTES = 1 << 14;
    private static final int MORE_BYTES = 1024;

    private final String contentType;
    private final Source source;
    private final Turn making;
    private final LongSupplier nanoTime;
    private final Consumer<Throwable> failed;
    private @Nullable Body last;

    /**
     * Makes a page.
     *
     * @param making taken while a body is made; pages with the same one are made one after the other
     * @param failed told of every failure, one after the other; what it throws is of no consequence
     */
    public FreshPage(
            String contentType, Source source, Turn making, LongSupplier nanoTime, Consumer<Throwable> failed) {
        this.contentType = contentType;
        this.source = source;
        this.making = making;
        this.nanoTime = nanoTime;
        this.failed = failed;
    }

    /** Writes a body. One caller at a time. */
    @FunctionalInterface
    public interface Source {

        void writeTo(OutputStream out) throws IOException;
    }

    @Override
    public Answer answer(Wish wish) throws IOException {
        try {
            if (!making.take(LONGEST_WAIT_SECONDS)) {
                return Answer.text(503, "another request takes too long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.text(503, "interrupted");
        }
        try {
            Body body = body();
            if (body == null) {
                return Answer.text(503, "this page could not be made");
            }
            boolean gzip = wish.gzip() && body.plain.length >= WORTH_GZIP_BYTES;
            return new Answer(200, contentType, gzip ? body.zipped() : body.plain, gzip);
        } finally {
            making.give();
        }
    }

    private @Nullable Body body() {
        Body known = last;
        long now = nanoTime.getAsLong();
        if (known != null && now - known.madeNanos < FRESH_NANOS) {
            return known;
        }
        try {
            ByteArrayOutputStream out =
                    new ByteArrayOutputStream(known == null ? FIRST_BYTES : known.plain.length + MORE_BYTES);
            source.writeTo(out);
            known = new Body(out.toByteArray(), now);
            last = known;
        } catch (IOException | RuntimeException | Error e) {
            tell(e);
            if (known != null && now - known.madeNanos >= OLDEST_NANOS) {
                known = null;
                last = null;
            }
        }
        return known;
    }

    /** Where memory is short even that may fail. */
    private void tell(Throwable e) {
        try {
            failed.accept(e);
        } catch (RuntimeException | Error untold) {
            // the page is what matters
        }
    }

    private static final class Body {

        private final byte[] plain;
        private final long madeNanos;
        private byte @Nullable [] zipped;

        Body(byte[] plain, long madeNanos) {
            this.plain = plain;
            this.madeNanos = madeNanos;
        }

        byte[] zipped() throws IOException {
            byte[] known = zipped;
            if (known == null) {
                known = gzip(plain);
                zipped = known;
            }
            return known;
        }
    }

    /** Returns a body compressed. */
    static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }
}
