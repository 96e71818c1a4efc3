package io.inferwatt.core.call;

/** A window onto the record of one ended call, moved from record to record instead of allocating. */
public final class CallRecord {

    // 32 bits of requests, 24 of the key, 8 of the outcome.
    private static final int REQUESTS_KEY_OUTCOME = 0;
    private static final int BEGIN = 1;
    private static final int BOOKED = 2;
    private static final int END = 3;
    private static final int UNITS = 4;
    private static final int INPUT = 5;
    private static final int CACHED = 6;
    private static final int OUTPUT = 7;
    private static final int REASONING = 8;
    private static final int TRACE_HIGH = 9;
    private static final int TRACE_LOW = 10;
    private static final int SPAN = 11;

    private long[] records = new long[CallRecorder.RECORD];
    private int offset;

    void pointAt(long[] array, int at) {
        records = array;
        offset = at;
    }

    static void write(InferenceCall call, long[] array, int at, Outcome outcome, long endNanos) {
        array[at + REQUESTS_KEY_OUTCOME] = call.requests << 32 | (long) call.key << 8 | outcome.code;
        array[at + BEGIN] = call.beginNanos;
        array[at + BOOKED] = call.bookedNanos;
        array[at + END] = endNanos;
        array[at + UNITS] = call.units;
        array[at + INPUT] = call.inputTokens;
        array[at + CACHED] = call.cachedTokens;
        array[at + OUTPUT] = call.outputTokens;
        array[at + REASONING] = call.reasoningTokens;
        array[at + TRACE_HIGH] = call.traceIdHigh;
        array[at + TRACE_LOW] = call.traceIdLow;
        array[at + SPAN] = call.spanId;
    }

    static long endNanos(long[] array, int at) {
        return array[at + END];
    }

    public int key() {
        return (int) (records[offset + REQUESTS_KEY_OUTCOME] >>> 8) & 0xff_ffff;
    }

    public Outcome outcome() {
        return Outcome.of((int) (records[offset + REQUESTS_KEY_OUTCOME] & 0xff));
    }

    /** Returns how many requests this was; they share tokens, units and energy evenly. */
    public long requests() {
        return records[offset + REQUESTS_KEY_OUTCOME] >>> 32;
    }

    public long beginNanos() {
        return records[offset + BEGIN];
    }

    /** Returns since when the call counts under its key; later than its begin if the key became known only inside. */
    public long bookedNanos() {
        return records[offset + BOOKED];
    }

    public long endNanos() {
        return records[offset + END];
    }

    public long units() {
        return records[offset + UNITS];
    }

    public long inputTokens() {
        return records[offset + INPUT];
    }

    public long cachedTokens() {
        return records[offset + CACHED];
    }

    public long outputTokens() {
        return records[offset + OUTPUT];
    }

    public long reasoningTokens() {
        return records[offset + REASONING];
    }

    public long traceIdHigh() {
        return records[offset + TRACE_HIGH];
    }

    public long traceIdLow() {
        return records[offset + TRACE_LOW];
    }

    public long spanId() {
        return records[offset + SPAN];
    }
}
