package io.inferwatt.agent.start;

import io.inferwatt.agent.instrumentation.HeldCall;
import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.weaving.SuppressedErrors;
import io.inferwatt.core.call.CallRejectedException;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Records the calls that an application tells of itself, through the dispatcher. Throws nothing but the rejection of a call. Costs two objects for
 * each call, some 60 bytes, and a look-up of the name.
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
            End end = new End(); // before the call begins: what has begun must be ended, even where memory is short
            end.call = calls.open(key, requests, rows);
            return end;
        } catch (CallRejectedException rejected) {
            throw new RejectedExecutionException(rejected.getMessage());
        } catch (Throwable broken) { // of want of memory or stack the application shall hear from its own code alone
            errors.add();
            return NOTHING;
        }
    }

    /** Records nothing any more; calls in flight still end. */
    void turnOff() {
        off = true;
    }

    private static final class End implements Consumer<@Nullable Throwable> {

        private @Nullable HeldCall call;

        @Override
        public void accept(@Nullable Throwable error) {
            if (call != null) {
                call.finish(error == null ? Outcome.OK : Outcome.ERROR);
            }
        }
    }

    private static final class Nothing implements Consumer<@Nullable Throwable> {

        @Override
        public void accept(@Nullable Throwable error) {}
    }
}
