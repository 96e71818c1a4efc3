package io.inferwatt.core.energy.nvml;

import io.inferwatt.core.host.ServingProcesses;

/**
 * How much other processes compute on one GPU. The driver keeps samples for each process, each over the time since the one
 * before; their share of that time is handed out evenly until the next samples come. One thread at a time.
 */
final class GpuNeighbours {

    /** The driver samples every 1/6 to 1 s, depending on the GPU (NVML API Reference Guide): more looks see no more. */
    static final long LOOK_NANOS = 150_000_000L;
    /** The longest sampling period: after a pause the first sample of a process covers no more than this. */
    private static final long LONGEST_SAMPLE_MICROS = 1_000_000;
    /** The driver may gather samples between the answer that says how many there are and the next question. */
    private static final int ATTEMPTS = 3;

    private static final int MOST_PERCENT = 100;
    private static final double WHOLE_GPU = 1e-9; // seconds of work in a nanosecond
    private static final double MOST_PENDING_SECONDS = 2;

    private final NvmlApi api;
    private final long ownPid;
    private final ServingProcesses serving;

    private boolean started;
    private boolean refused;
    private boolean known;
    private boolean anchored;
    private long lookedNanos;
    private long lastNanos;
    private long seenMicros;
    private double pendingSeconds;
    private double secondsPerNano;
    private double otherSeconds;

    /**
     * @param ownPid the number by which the driver knows this process, or {@link HostPid#UNKNOWN}
     * @param serving processes that are no neighbours while they are in there
     */
    GpuNeighbours(NvmlApi api, long ownPid, ServingProcesses serving) {
        this.serving = serving;
        this.api = api;
        this.ownPid = ownPid;
        this.refused = ownPid == HostPid.UNKNOWN;
    }

    /** Returns whether others and their work can be told. */
    boolean areKnown() {
        return known;
    }

    /** Returns the work of others in the time between the latest two calls of {@link #advance}, in seconds of the whole GPU. */
    double otherSeconds() {
        return otherSeconds;
    }

    void advance(long device, long nowNanos) {
        if (refused) {
            return;
        }
        long nanos = nowNanos - lastNanos;
        if (!started || nowNanos - lookedNanos >= LOOK_NANOS) {
            look(device, nowNanos);
        }
        otherSeconds = Math.min(pendingSeconds, secondsPerNano * nanos);
        pendingSeconds -= otherSeconds;
        lastNanos = nowNanos;
        started = true;
    }

    /** Asks no more: whatever goes wrong here must not cost the reading of the energy. */
    void giveUp() {
        refused = true;
        known = false;
        pendingSeconds = 0;
        otherSeconds = 0;
    }

    private void look(long device, long nowNanos) {
        long pauseNanos = nowNanos - lookedNanos;
        lookedNanos = nowNanos;
        int code = api.processUtilization(device, seenMicros);
        for (int i = 1; i < ATTEMPTS && code == Codes.INSUFFICIENT_SIZE; i++) {
            code = api.processUtilization(device, seenMicros);
        }
        known = code == Codes.SUCCESS || code == Codes.NOT_FOUND;
        // One that is never content with the size is broken.
        refused = Codes.isRefusal(code) || code == Codes.INSUFFICIENT_SIZE;
        if (refused) {
            pendingSeconds = 0;
        }
        if (code == Codes.SUCCESS) {
            take((int) api.value(), pauseNanos);
        }
        anchored |= known;
    }

    private void take(int samples, long pauseNanos) {
        long newest = seenMicros;
        double seconds = 0;
        for (int i = 0; i < samples; i++) {
            newest = Math.max(newest, api.sampleMicros(i));
            if (api.samplePid(i) != (int) ownPid && !serving.contains(api.samplePid(i))) {
                int percent = Math.max(0, Math.min(MOST_PERCENT, api.samplePercent(i)));
                seconds += percent / 1e2 * micros(i, samples) / 1e6;
            }
        }
        long coveredNanos = Math.min(newest - seenMicros, LONGEST_SAMPLE_MICROS) * 1000;
        seenMicros = newest;
        if (anchored) { // the first answer is all that the driver remembers, from before this meter
            // Processes that compute side by side may add up to more than the whole GPU; more than all is nothing to
            // hand out.
            pendingSeconds = Math.min(pendingSeconds + seconds, MOST_PENDING_SECONDS);
            long nanos = Math.max(coveredNanos, Math.min(pauseNanos, LOOK_NANOS));
            secondsPerNano = Math.min(pendingSeconds / Math.max(1, nanos), WHOLE_GPU);
        }
    }

    /** Returns how long a sample covers: since the same process' previous one, or since the newest seen before. */
    private long micros(int index, int samples) {
        long end = api.sampleMicros(index);
        long begin = seenMicros;
        for (int i = 0; i < samples; i++) {
            long other = api.sampleMicros(i);
            if (other < end && other > begin && api.samplePid(i) == api.samplePid(index)) {
                begin = other;
            }
        }
        return Math.max(0, Math.min(end - begin, LONGEST_SAMPLE_MICROS));
    }
}
