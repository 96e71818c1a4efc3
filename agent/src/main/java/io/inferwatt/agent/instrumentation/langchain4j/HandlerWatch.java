package io.inferwatt.agent.instrumentation.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.output.Response;
import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.core.call.Outcome;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is done at each method of a handler. Never throws. The library calls the methods of one handler one after the other. */
final class HandlerWatch {

    @SuppressWarnings("NullAway.Init") // by begin, before anybody has the handler
    private RemoteCall call;

    /** What the application may cancel the stream with. */
    private @Nullable Object cancelledWith;

    /** What the application's handler threw last. */
    private @Nullable Throwable threw;

    /** Begins the call; the last thing in the making of a handler, so that what fails there leaves no call behind. */
    void begin(Supplier<RemoteCall> begins) {
        call = begins.get();
    }

    RemoteCall call() {
        return call;
    }

    /** @param context tells what the stream can be cancelled with, if it is of a kind that does */
    void piece(@Nullable Object context) {
        try {
            call.received();
            Object handle = context == null ? null : handleOf(context);
            if (handle != null && handle != cancelledWith) {
                cancelledWith = handle;
                ChatCalls.cancellableBy(handle, call);
            }
        } catch (RuntimeException | LinkageError notUnderstood) {
            // Then a cancelled stream is given up when it is too old.
        }
    }

    /** After the application has had a piece: it may have cancelled, by a handle that is not woven. */
    void after() {
        try {
            if (cancelledWith instanceof StreamingHandle handle && handle.isCancelled()) {
                call.finish(Outcome.CANCELLED);
            }
        } catch (RuntimeException | LinkageError notUnderstood) {
            cancelledWith = null;
        }
    }

    private static @Nullable Object handleOf(Object context) {
        if (context instanceof PartialResponseContext response) {
            return response.streamingHandle();
        }
        if (context instanceof PartialThinkingContext thinking) {
            return thinking.streamingHandle();
        }
        return context instanceof PartialToolCallContext toolCall ? toolCall.streamingHandle() : null;
    }

    /** The call ends before the application hears of it: what it does then is its own. */
    void complete(@Nullable Object response) {
        call.answered(response, HandlerWatch::tell, null);
    }

    private static void tell(RemoteCall call, Object response) {
        if (response instanceof ChatResponse answer) {
            ChatCalls.tell(call, answer);
        } else if (response instanceof Response<?> answer) {
            ChatCalls.tell(call, answer);
        }
    }

    /** Tells what the application's handler threw. The library tells it that, and the answer goes on. */
    void threw(Throwable error) {
        threw = error;
    }

    void failed(@Nullable Throwable error) {
        if (error != null && error == threw) {
            return;
        }
        call.finish(error == null ? Outcome.ERROR : RemoteCall.outcomeOf(error));
    }

    /** @param arguments of a method that this is to be told of by its name only */
    void before(String method, @Nullable Object @Nullable [] arguments) {
        Object first = arguments == null || arguments.length == 0 ? null : arguments[0];
        if (method.equals("onError")) {
            failed(first instanceof Throwable error ? error : null);
        } else if (method.equals("onCompleteResponse") || method.equals("onComplete")) {
            complete(first);
        } else if (method.startsWith("on") && !method.equals("onUnmappedRawEvent")) {
            piece(arguments == null || arguments.length < 2 ? null : arguments[1]);
        }
    }
}
