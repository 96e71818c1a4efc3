package io.inferwatt.agent.instrumentation.djl;

import io.inferwatt.agent.instrumentation.LeftCall;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.Outcome;
import org.jspecify.annotations.Nullable;

/** A prediction whose outputs are computed while they are read, on whatever thread does so. Ends once. */
final class DjlStream {

    /** Methods of the predictor that are inside each other; only its own thread counts them. */
    private int frames = 1;

    /** Whether its end will be seen; only its own thread asks. */
    private boolean watched;

    private @Nullable LeftCall call;
    private @Nullable Outcome outcome;

    void enter() {
        frames++;
    }

    /** Returns whether that was the outermost method. */
    boolean leave() {
        frames--;
        return frames == 0;
    }

    void watch() {
        watched = true;
    }

    boolean isWatched() {
        return watched;
    }

    /** Makes the calling thread work for the prediction; null while its method still runs and after its end. */
    @Nullable
    InferenceCall attach() {
        LeftCall whole = call();
        return whole == null ? null : DjlCalls.CALLS.attach(whole);
    }

    private synchronized @Nullable LeftCall call() {
        return call;
    }

    /** Tells that the method has returned; ends the call if all has been read by then. */
    synchronized void goOn(@Nullable LeftCall detached) {
        call = detached;
        if (outcome != null) {
            end(outcome);
        }
    }

    synchronized void end(Outcome how) {
        outcome = outcome == null ? how : outcome;
        if (call != null) {
            call.finish(outcome);
        }
    }
}
