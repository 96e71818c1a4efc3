package io.inferwatt.agent.instrumentation.langchain4j;

import io.inferwatt.core.call.DetachedCall;
import io.inferwatt.core.call.InferenceCall;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** A segment that waits for a thread of its model's pool, and the call it belongs to, which does not end before. */
final class SegmentTask extends WeakReference<Object> {

    private static final Object NULL_SEGMENT = new Object();

    final KnownModel model;
    final DetachedCall call;

    /** For the thread that works on it. */
    @Nullable
    InferenceCall part;

    SegmentTask(KnownModel model, DetachedCall call, @Nullable Object segment) {
        super(segment == null ? NULL_SEGMENT : segment);
        this.model = model;
        this.call = call;
    }

    boolean isOf(@Nullable Object segment) {
        return refersTo(segment == null ? NULL_SEGMENT : segment);
    }

    /** Returns whether nobody can work on it any more: a task that runs holds its segment. */
    boolean isDropped() {
        return refersTo(null);
    }
}
