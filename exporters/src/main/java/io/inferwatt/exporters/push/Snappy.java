package io.inferwatt.exporters.push;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Compresses to Snappy's block format, which remote write demands. Looks back as far as two bytes tell, for repetitions of at least four
 * bytes: names of labels repeat so much that this is nearly all there is to gain. Format: google/snappy, format_description.txt.
 */
final class Snappy {

    private static final int SHORTEST_MATCH = 4;
    private static final int LONGEST_COPY = 64;
    private static final int FARTHEST = 0xffff;
    private static final int TABLE_BITS = 14;
    private static final int LONGEST_SHORT_LITERAL = 60;
    private static final int TWO_BYTE_LENGTH = 61 << 2;
    private static final int COPY_TWO_BYTE_OFFSET = 2;

    private final byte[] input;
    private final ByteArrayOutputStream out;

    private Snappy(byte[] input) {
        this.input = input;
        this.out = new ByteArrayOutputStream(input.length / 3 + 16);
    }

    static byte[] compress(byte[] input) {
        Snappy block = new Snappy(input);
        block.write();
        return block.out.toByteArray();
    }

    private void write() {
        length();
        int[] seen = new int[1 << TABLE_BITS];
        Arrays.fill(seen, -1);
        int literal = 0;
        int at = 0;
        while (at + SHORTEST_MATCH <= input.length) {
            int four = four(at);
            int slot = (four * 0x9e3779b1) >>> (Integer.SIZE - TABLE_BITS);
            int earlier = seen[slot];
            seen[slot] = at;
            if (earlier < 0 || at - earlier > FARTHEST || four(earlier) != four) {
                at++;
                continue;
            }
            int end = at + SHORTEST_MATCH;
            while (end < input.length && input[end] == input[end - at + earlier]) {
                end++;
            }
            literal(literal, at);
            copy(at - earlier, end - at);
            at = end;
            literal = end;
        }
        literal(literal, input.length);
    }

    private int four(int at) {
        return (input[at] & 0xff)
                | ((input[at + 1] & 0xff) << 8)
                | ((input[at + 2] & 0xff) << 16)
                | ((input[at + 3] & 0xff) << 24);
    }

    private void length() {
        int left = input.length;
        while (left > 0x7f) {
            out.write((left & 0x7f) | 0x80);
            left >>>= 7;
        }
        out.write(left);
    }

    private void literal(int begin, int end) {
        int at = begin;
        while (at < end) {
            int length = Math.min(end - at, 1 << 16);
            if (length <= LONGEST_SHORT_LITERAL) {
                out.write((length - 1) << 2);
            } else {
                out.write(TWO_BYTE_LENGTH);
                twoBytes(length - 1);
            }
            out.write(input, at, length);
            at += length;
        }
    }

    private void copy(int offset, int length) {
        int left = length;
        while (left > 0) {
            int piece = Math.min(left, LONGEST_COPY);
            out.write(((piece - 1) << 2) | COPY_TWO_BYTE_OFFSET);
            twoBytes(offset);
            left -= piece;
        }
    }

    private void twoBytes(int value) {
        out.write(value);
        out.write(value >>> 8);
    }
}
