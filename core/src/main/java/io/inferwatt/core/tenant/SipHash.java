package io.inferwatt.core.tenant;

/**
 * SipHash-2-4 of a text, a keyed hash for short inputs (Aumasson and Bernstein, INDOCRYPT 2012): without the key nobody can tell which
 * of the names one knows belongs to a hash. Each char is two bytes, the lower one first; allocates nothing.
 */
final class SipHash {

    private final long key0;
    private final long key1;

    SipHash(long key0, long key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    long hash(CharSequence text) {
        long v0 = key0 ^ 0x736f6d6570736575L;
        long v1 = key1 ^ 0x646f72616e646f6dL;
        long v2 = key0 ^ 0x6c7967656e657261L;
        long v3 = key1 ^ 0x7465646279746573L;
        int length = text.length();
        int blocks = length / 4;
        for (int block = 0; block <= blocks; block++) {
            // Four chars are a block; the last one holds what is left, and the length in bytes on top.
            long m = block < blocks
                    ? chars(text, 4 * block, 4)
                    : chars(text, 4 * block, length % 4) | (2L * length) << 56;
            int rounds = block < blocks ? 2 : 6;
            v3 ^= m;
            for (int round = 0; round < rounds; round++) {
                if (round == 2) {
                    v0 ^= m;
                    v2 ^= 0xff;
                }
                v0 += v1;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v0 = Long.rotateLeft(v0, 32);
                v2 += v3;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 += v3;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v2 += v1;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v2 = Long.rotateLeft(v2, 32);
            }
            if (block < blocks) {
                v0 ^= m;
            }
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private static long chars(CharSequence text, int from, int count) {
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            bytes |= (long) text.charAt(from + i) << (16 * i);
        }
        return bytes;
    }
}
