package io.inferwatt.core.call;

/** A window onto the record of one ended call, moved from record to record instead of allocating. */
public final class CallRecord {

    // One bit for parts told apart, 31 of requests, 16 of the target, 12 of the key, 4 of the outcome.
    private static final int PACKED = 0;
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
    private static final int FIRST_TOKEN = 12;
    private static final int TENANT = 13;

    private long[] records = new long[CallRecorder.RECORD];
    private int offset;

    void pointAt(long[] array, int at) {
        records = array;
        offset = at;
    }

    /** Returns the first of the numbers that a record is made of. */
    static long packed(InferenceCall call, Outcome outcome) {
        return (call.parted ? 1L << 63 : 0)
                | call.requests << 32
                | (long) call.target << 16
                | (long) call.key << 4
                | outcome.code;
    }

    /** Decides nothing, as {@link CallRecorder} asks for. */
    static void write(InferenceCall call, long[] array, int at, long packed, long endNanos) {
        array[at + PACKED] = packed;
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
        array[at + FIRST_TOKEN] = call.firstTokenNanos;
        array[at + TENANT] = call.tenant;
    }

    static long endNanos(long[] array, int at) {
        return array[at + END];
    }

    public int key() {
        return (int) (records[offset + PACKED] >>> 4) & 0xfff;
    }

    public Outcome outcome() {
        return Outcome.of((int) (records[offset + PACKED] & 0xf));
    }

    /** Returns the number of the {@link RemoteTarget}, or {@link TargetTable#NONE}. */
    public int target() {
        return (int) (records[offset + PACKED] >>> 16) & 0xffff;
    }

    /**
     * Returns how many requests this was; they share tokens, units and energy evenly. None if it is what one call among others
     * asked of a remote model for the request that they all belong to.
     */
    public long requests() {
        return records[offset + PACKED] >>> 32 & Integer.MAX_VALUE;
    }

    /** Returns whether what is told here is all of its requests: no part of one, and none whose parts are told apart. */
    public boolean isWhole() {
        return records[offset + PACKED] >= 0 && requests() > 0;
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

    /** Returns when the first piece of a streamed answer came, 0 if not told. */
    public long firstTokenNanos() {
        return records[offset + FIRST_TOKEN];
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

    /** Returns the hash of the tenant, 0 for nobody. */
    public long tenant() {
        return records[offset + TENANT];
    }

    public long spanId() {
        return records[offset + SPAN];
    }
}
