package io.inferwatt.agent.instrumentation.langchain4j;

import dev.langchain4j.model.StreamingResponseHandler;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.Response;
import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.agent.instrumentation.RemoteCalls;
import io.inferwatt.agent.instrumentation.WeakIdentityMap;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.RemoteTarget.Work;
import java.util.Collection;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What the advice on LangChain4j's clients of remote models does, embeddings aside: begins and ends calls. */
final class ChatCalls {

    static final RemoteCalls CALLS = RemoteCalls.of("langchain4j");

    /** Of kinds of work that OpenTelemetry has no word for. */
    private static final String RERANK = "rerank";

    private static final String MODERATION = "moderation";

    /** The streams that an application may cancel, by what it cancels them with. */
    private static final WeakIdentityMap<Object, RemoteCall> CANCELLABLE = new WeakIdentityMap<>();

    private ChatCalls() {}

    static @Nullable Object chat(Object model, @Nullable ChatRequest request) {
        RemoteModel known = RemoteModels.of(model);
        return known == null ? null : chat(known, request);
    }

    private static RemoteCall chat(RemoteModel known, @Nullable ChatRequest request) {
        // What the library refuses, such as null, it refuses itself: the error is the application's, not ours.
        String requested = request == null ? null : request.modelName();
        String name = requested == null || requested.isBlank() ? known.name() : requested;
        return CALLS.start(known.server(), name, RemoteCalls.CHAT, Work.TEXT, 1);
    }

    static void answered(@Nullable Object call, @Nullable ChatResponse response, @Nullable Throwable error) {
        if (call != null) {
            ((RemoteCall) call).answered(response, ChatCalls::tell, error);
        }
    }

    static void answersLater(
            @Nullable Object call, @Nullable CompletionStage<ChatResponse> answer, @Nullable Throwable error) {
        if (call == null) {
            return;
        }
        RemoteCall asked = (RemoteCall) call;
        if (answer == null || error != null) {
            asked.finish(error);
        } else {
            asked.detachUntil(answer, ChatCalls::tell);
        }
    }

    static void tell(RemoteCall call, ChatResponse response) {
        if (response.metadata() != null) {
            call.answeredBy(response.modelName());
            ReportedUsage.tell(call, response.tokenUsage());
        }
    }

    /** Returns what the library gets instead of the handler; null for the handler itself. */
    static @Nullable StreamingChatResponseHandler stream(
            Object model, @Nullable ChatRequest request, @Nullable StreamingChatResponseHandler handler) {
        RemoteModel known = handler == null ? null : RemoteModels.of(model);
        if (known == null || handler == null) {
            return null;
        }
        return WatchedHandlers.of(handler, () -> chat(known, request));
    }

    static @Nullable StreamingResponseHandler<?> streamText(
            Object model, @Nullable StreamingResponseHandler<?> handler) {
        RemoteModel known = handler == null ? null : RemoteModels.of(model);
        if (known == null || handler == null) {
            return null;
        }
        return WatchedHandlers.ofText(handler, () -> complete(known));
    }

    static void streams(@Nullable Object watchedHandler, @Nullable Throwable error) {
        RemoteCall call = watchedHandler == null ? null : WatchedHandlers.callOf(watchedHandler);
        if (call != null && error != null) {
            call.finish(error);
        } else if (call != null) {
            call.detach();
        }
    }

    /** Takes note of what a stream can be cancelled with. */
    static void cancellableBy(Object handle, RemoteCall call) {
        CANCELLABLE.put(handle, call);
    }

    static void cancelled(Object handle) {
        RemoteCall call = CANCELLABLE.remove(handle);
        if (call != null) {
            call.finish(Outcome.CANCELLED);
        }
    }

    static @Nullable Object images(Object model, int number) {
        RemoteModel known = RemoteModels.of(model);
        return known == null
                ? null
                : CALLS.start(
                        known.server(),
                        known.name(),
                        RemoteCalls.IMAGE_GENERATION,
                        Work.IMAGE,
                        number,
                        known.imageSize());
    }

    static @Nullable Object text(Object model) {
        RemoteModel known = RemoteModels.of(model);
        return known == null ? null : complete(known);
    }

    private static RemoteCall complete(RemoteModel known) {
        return CALLS.start(known.server(), known.name(), RemoteCalls.TEXT_COMPLETION, Work.TEXT, 1);
    }

    static @Nullable Object score(Object model, @Nullable Collection<?> texts) {
        return other(model, RERANK, texts == null ? 1 : texts.size());
    }

    static @Nullable Object moderate(Object model) {
        return other(model, MODERATION, 1);
    }

    private static @Nullable Object other(Object model, String operation, long units) {
        RemoteModel known = RemoteModels.of(model);
        return known == null ? null : CALLS.start(known.server(), known.name(), operation, Work.OTHER, units);
    }

    static void responded(@Nullable Object call, @Nullable Response<?> response, @Nullable Throwable error) {
        if (call != null) {
            ((RemoteCall) call).answered(response, ChatCalls::tell, error);
        }
    }

    static void tell(RemoteCall call, Response<?> response) {
        ReportedUsage.tell(call, response.tokenUsage());
    }
}
