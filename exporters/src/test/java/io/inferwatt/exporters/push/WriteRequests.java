package io.inferwatt.exporters.push;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.iq80.snappy.Snappy;

/** Reads messages of remote write by the published schema: strict, and independent of what writes them. */
final class WriteRequests {

    /** @param labels as {@code name=value} in the order of the message */
    record Series(List<String> labels, long bits, long millis) {

        double value() {
            return Double.longBitsToDouble(bits);
        }

        String name() {
            return label("__name__");
        }

        String label(String name) {
            return labels.stream()
                    .filter(label -> label.startsWith(name + "="))
                    .map(label -> label.substring(name.length() + 1))
                    .findFirst()
                    .orElse("");
        }
    }

    private WriteRequests() {}

    static List<Series> read(byte[] body) {
        ByteBuffer request = ByteBuffer.wrap(Snappy.uncompress(body, 0, body.length));
        List<Series> all = new ArrayList<>();
        while (request.hasRemaining()) {
            expect(request, 1, 2);
            all.add(series(message(request)));
        }
        return all;
    }

    private static Series series(ByteBuffer series) {
        List<String> labels = new ArrayList<>();
        long bits = 0;
        long millis = 0;
        int samples = 0;
        while (series.hasRemaining()) {
            long key = varint(series);
            ByteBuffer part = message(series);
            if (key == 10) {
                expect(part, 1, 2);
                String name = text(message(part));
                expect(part, 2, 2);
                labels.add(name + "=" + text(message(part)));
            } else if (key == 18) {
                samples++;
                expect(part, 1, 1);
                bits = part.order(ByteOrder.LITTLE_ENDIAN).getLong();
                expect(part, 2, 0);
                millis = varint(part);
            } else {
                throw new AssertionError("unknown field " + key);
            }
            if (part.hasRemaining()) {
                throw new AssertionError("more than there should be");
            }
        }
        if (samples != 1) {
            throw new AssertionError(samples + " samples");
        }
        return new Series(labels, bits, millis);
    }

    private static void expect(ByteBuffer bytes, int field, int type) {
        long key = varint(bytes);
        if (key != (((long) field << 3) | type)) {
            throw new AssertionError("field " + (key >> 3) + " of type " + (key & 7));
        }
    }

    private static ByteBuffer message(ByteBuffer bytes) {
        int length = (int) varint(bytes);
        ByteBuffer part = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        return part;
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }

    private static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
