package io.inferwatt.core.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** Cuts what comes from outside before anything is done with it whose time or memory grows faster than the input. */
public final class Bounded {

    private Bounded() {}

    /** Returns the first characters of a text; the same object if there are no more. */
    public static String text(String text, int most) {
        return text.length() > most ? text.substring(0, most) : text;
    }

    /**
     * Returns the first characters of a text in lower case, without white space around it. For some letters the JDK copies the whole
     * text once for each of them.
     */
    public static String lowerCase(String text, int most) {
        return text(text.strip(), most).toLowerCase(Locale.ROOT);
    }

    /** Returns a stream that ends after so many bytes, if not before. */
    public static InputStream stream(InputStream in, long most) {
        return new FirstBytes(in, most);
    }

    private static final class FirstBytes extends FilterInputStream {

        private long left;

        FirstBytes(InputStream in, long most) {
            super(in);
            left = most;
        }

        @Override
        public int read() throws IOException {
            int next = left > 0 ? in.read() : -1;
            left -= next < 0 ? 0 : 1;
            return next;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (left <= 0) {
                return length == 0 ? 0 : -1;
            }
            int got = in.read(into, from, (int) Math.min(left, length));
            left -= Math.max(0, got);
            return got;
        }

        @Override
        public long skip(long bytes) throws IOException {
            long skipped = in.skip(Math.min(left, bytes));
            left -= skipped;
            return skipped;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(left, in.available());
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
