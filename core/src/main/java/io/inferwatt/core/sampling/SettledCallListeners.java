package io.inferwatt.core.sampling;

import io.inferwatt.core.report.CallListener;
import io.inferwatt.core.report.SettledCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who hears of settled calls. Those who come while a meter starts hear of the calls before them too: exporters take a second or so to
 * open, in which a short job may have made all its calls. {@link #add} and {@link #complete} are for any thread, the rest for the
 * sampler's.
 */
final class SettledCallListeners {

    /** Some 2 MB. */
    static final int MOST_EARLY_CALLS = 5000;

    /** Where nobody says that all have come. */
    static final long EARLY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final List<Heard> listeners = new ArrayList<>();
    private final Queue<CallListener> coming = new ConcurrentLinkedQueue<>();
    private final Consumer<String> warnings;
    private final long beginNanos;
    private @Nullable List<SettledCall> early = new ArrayList<>();
    private long tooEarly;
    private volatile boolean complete;

    SettledCallListeners(long beginNanos, Consumer<String> warnings) {
        this.beginNanos = beginNanos;
        this.warnings = warnings;
    }

    void add(CallListener listener) {
        coming.add(listener);
    }

    /** Tells that those who come later need not hear of earlier calls. */
    void complete() {
        complete = true;
    }

    /** Lets in who has come. */
    void admit(long nowNanos) {
        boolean last = complete || nowNanos - beginNanos > EARLY_NANOS;
        List<SettledCall> before = early;
        for (CallListener next = coming.poll(); next != null; next = coming.poll()) {
            Heard listener = new Heard(next);
            if (before != null) {
                for (SettledCall call : before) {
                    tell(listener, call);
                }
                if (tooEarly > 0) {
                    warnings.accept(
                            "a listener of settled calls came late: it misses " + tooEarly + " of the first calls");
                }
            }
            listeners.add(listener);
        }
        if (last) {
            early = null;
        }
    }

    void tell(SettledCall call) {
        List<SettledCall> kept = early;
        if (kept != null) {
            if (kept.size() < MOST_EARLY_CALLS) {
                kept.add(call);
            } else {
                tooEarly++;
            }
        }
        for (Heard listener : listeners) {
            tell(listener, call);
        }
    }

    /** One listener's failure must not cost the others their calls, nor the books the rest of the tick. */
    private void tell(Heard listener, SettledCall call) {
        try {
            listener.by.settled(call);
        } catch (Throwable e) {
            if (!listener.failed) {
                listener.failed = true;
                warnings.accept(
                        "a listener of settled calls (" + listener.by.getClass().getName()
                                + ") failed, it misses calls: " + e + "; its further failures are not logged");
            }
        }
    }

    private static final class Heard {

        private final CallListener by;
        private boolean failed;

        Heard(CallListener by) {
            this.by = by;
        }
    }
}
