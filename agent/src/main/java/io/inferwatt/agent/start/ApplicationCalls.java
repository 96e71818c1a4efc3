package io.inferwatt.agent.start;

import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.weaving.SuppressedErrors;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.ModelKey;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Records the calls that an application tells of itself, through the dispatcher. Never throws. Costs an object for each
 * call, 24 bytes, and a look-up of the name.
 */
final class ApplicationCalls implements BiFunction<@Nullable String, long @Nullable [], Consumer<@Nullable Throwable>> {

    private static final Consumer<@Nullable Throwable> NOTHING = new Nothing();

    private final LibraryCalls calls = LibraryCalls.of("application");
    private final SuppressedErrors errors;
    private volatile boolean off;

    ApplicationCalls(SuppressedErrors errors) {
        this.errors = errors;
    }

    @Override
    public Consumer<@Nullable Throwable> apply(@Nullable String model, long @Nullable [] rowsAndRequests) {
        if (off) {
            return NOTHING;
        }
        try {
            String name = model == null || model.isBlank() ? LibraryCalls.UNNAMED : model;
            int key = calls.key(name, ModelKey.INFERENCE, null, null);
            long rows = rowsAndRequests == null || rowsAndRequests.length < 1 ? 1 : rowsAndRequests[0];
            long requests = rowsAndRequests == null || rowsAndRequests.length < 2 ? 1 : rowsAndRequests[1];
            return new End(calls, calls.startBatch(key, requests, rows), Thread.currentThread());
        } catch (RuntimeException | LinkageError broken) {
            errors.add();
            return NOTHING;
        }
    }

    /** Records nothing any more; calls in flight still end. */
    void turnOff() {
        off = true;
    }

    /** Ends one call once. An end on another thread is none: a call in flight belongs to its thread. */
    private static final class End implements Consumer<@Nullable Throwable> {

        private final LibraryCalls calls;
        private final Thread thread;
        private @Nullable InferenceCall call;

        End(LibraryCalls calls, InferenceCall call, Thread thread) {
            this.calls = calls;
            this.call = call;
            this.thread = thread;
        }

        @Override
        public void accept(@Nullable Throwable error) {
            if (Thread.currentThread() == thread) {
                calls.finish(call, error);
                call = null;
            }
        }
    }

    private static final class Nothing implements Consumer<@Nullable Throwable> {

        @Override
        public void accept(@Nullable Throwable error) {}
    }
}
