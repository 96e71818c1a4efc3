package io.inferwatt.exporters;

import java.util.concurrent.atomic.LongAdder;

/** What became of the pushes of one way, for the metrics. Nothing here falls. Safe from all threads. */
public final class PushCounts {

    private final String exporter;
    private final LongAdder done = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder dropped = new LongAdder();

    /** @param exporter value of the label: {@code pushgateway}, {@code remote_write} or {@code otlp} */
    public PushCounts(String exporter) {
        this.exporter = exporter;
    }

    public String exporter() {
        return exporter;
    }

    /** Counts a push that the server took. */
    public void countDone() {
        done.increment();
    }

    /** Counts an attempt that failed, whether or not it is made again. */
    public void countFailed() {
        failed.increment();
    }

    /** Counts a moment whose figures reach nobody any more. */
    public void countDropped() {
        dropped.increment();
    }

    public long done() {
        return done.sum();
    }

    public long failed() {
        return failed.sum();
    }

    public long dropped() {
        return dropped.sum();
    }
}
