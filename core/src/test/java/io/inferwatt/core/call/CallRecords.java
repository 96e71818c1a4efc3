package io.inferwatt.core.call;

/** Records of ended calls for tests outside this package. */
public final class CallRecords {

    private CallRecords() {}

    public static CallRecord of(int key, Outcome outcome, long beginNanos, long endNanos, long units) {
        InferenceCall call = new InferenceCall(new ThreadCalls(Thread.currentThread(), false, new TargetTable()));
        call.open("test", key, 1, units);
        call.begin(beginNanos, 0);
        long[] array = new long[CallRecorder.RECORD];
        CallRecord.write(call, array, 0, CallRecord.packed(call, outcome), endNanos);
        CallRecord record = new CallRecord();
        record.pointAt(array, 0);
        return record;
    }

    /** Makes a table with this many models beside {@link ModelKey#OTHER}. */
    public static KeyTable keys(int models) {
        KeyTable keys = new KeyTable();
        for (int model = 0; model < models; model++) {
            keys.number(ModelKey.of("model" + model));
        }
        return keys;
    }
}
