package io.inferwatt.agent.tracing;

/**
 * Locks by span, so that only calls of one span that end in the same microsecond meet: each reads the sum on the span, adds its own and
 * writes it back.
 */
final class SpanLocks {

    private static final Object[] LOCKS = new Object[16];

    static {
        for (int i = 0; i < LOCKS.length; i++) {
            LOCKS[i] = new Object();
        }
    }

    private SpanLocks() {}

    static Object of(long spanId) {
        return LOCKS[(int) spanId & (LOCKS.length - 1)];
    }
}
