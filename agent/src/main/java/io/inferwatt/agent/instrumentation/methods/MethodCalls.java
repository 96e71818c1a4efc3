package io.inferwatt.agent.instrumentation.methods;

import io.inferwatt.agent.instrumentation.LeftCall;
import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.core.call.Outcome;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What the advice on methods of the settings does: finds what a site calls for, begins and ends calls. */
final class MethodCalls {

    static final LibraryCalls CALLS = LibraryCalls.of(MethodsModule.NAME);

    private static final ConcurrentHashMap<String, MeteredMethod> METHODS = new ConcurrentHashMap<>();

    private MethodCalls() {}

    /** Parameters as those of the advice. */
    static Object start(
            String site,
            @Nullable Object self,
            @Nullable Object model,
            long modelBits,
            @Nullable Object units,
            long unitsNumber,
            @Nullable Object requests,
            long requestsNumber) {
        MeteredMethod method = METHODS.get(site);
        if (method == null) {
            method = MeteredMethod.of(site);
            METHODS.put(site, method);
        }
        int key = method.key(self, model, modelBits);
        long batched = Amount.of(requests, requestsNumber);
        return CALLS.startBatch(key, batched, Math.max(batched, Amount.of(units, unitsNumber)));
    }

    /** A future is the answer to come: the call goes on until it is there, and the application gets the same future. */
    static void finish(@Nullable Object call, @Nullable Object returned, @Nullable Throwable error) {
        if (error == null && call != null && returned instanceof CompletionStage<?> answer) {
            LeftCall detached = CALLS.detach(call);
            if (detached != null) {
                endWith(answer, detached);
            }
            return;
        }
        CALLS.finish(call, error);
    }

    private static void endWith(CompletionStage<?> answer, LeftCall call) {
        try {
            answer.whenComplete(new Ending(call));
        } catch (RuntimeException | Error refused) {
            // By a stage of the application's own making, or for want of memory.
            call.finish(Outcome.OK);
        }
    }

    private record Ending(LeftCall call) implements BiConsumer<Object, Throwable> {

        @Override
        public void accept(@Nullable Object value, @Nullable Throwable error) {
            call.finish(
                    error == null
                            ? Outcome.OK
                            : error instanceof CancellationException ? Outcome.CANCELLED : Outcome.ERROR);
        }
    }
}
