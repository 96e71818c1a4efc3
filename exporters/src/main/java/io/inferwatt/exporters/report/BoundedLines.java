package io.inferwatt.exporters.report;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** The lines of a file of records, none of them longer than a record can be. One thread. */
final class BoundedLines {

    /** What stands for a line that is longer, of which no more than this gets into memory. */
    static final String TOO_LONG = "too long";

    /** A record takes half a kilobyte; names in it are of bounded length. */
    private static final int LONGEST = 1 << 20;

    private final Reader reader;
    private final char[] buffer = new char[8192];
    private int at;
    private int end;

    BoundedLines(Reader reader) {
        this.reader = reader;
    }

    /** Returns the next line without its end, {@link #TOO_LONG} itself for one that cannot be a record; null after the last. */
    @Nullable
    String next() throws IOException {
        if (!fill()) {
            return null;
        }
        StringBuilder line = new StringBuilder(512);
        boolean tooLong = false;
        do {
            int from = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            tooLong |= line.length() + at - from > LONGEST;
            if (!tooLong) {
                line.append(buffer, from, at - from);
            }
            if (at < end) {
                at++;
                break;
            }
        } while (fill());
        return tooLong ? TOO_LONG : line.toString();
    }

    private boolean fill() throws IOException {
        if (at >= end) {
            at = 0;
            end = Math.max(0, reader.read(buffer));
        }
        return at < end;
    }
}
