package io.inferwatt.agent.instrumentation.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.inferwatt.agent.instrumentation.RemoteCall;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the application's handler of a streamed answer and passes all on. Made only where the library's interface has
 * just these methods.
 */
final class WatchedChatHandler implements StreamingChatResponseHandler {

    private final StreamingChatResponseHandler handler;
    private final HandlerWatch watch;

    WatchedChatHandler(StreamingChatResponseHandler handler, HandlerWatch watch) {
        this.handler = handler;
        this.watch = watch;
    }

    RemoteCall call() {
        return watch.call();
    }

    @Override
    public void onPartialResponse(String text) {
        piece(null, () -> handler.onPartialResponse(text));
    }

    @Override
    public void onPartialResponse(PartialResponse response, PartialResponseContext context) {
        piece(context, () -> handler.onPartialResponse(response, context));
    }

    @Override
    public void onPartialThinking(PartialThinking thinking) {
        piece(null, () -> handler.onPartialThinking(thinking));
    }

    @Override
    public void onPartialThinking(PartialThinking thinking, PartialThinkingContext context) {
        piece(context, () -> handler.onPartialThinking(thinking, context));
    }

    @Override
    public void onPartialToolCall(PartialToolCall toolCall) {
        piece(null, () -> handler.onPartialToolCall(toolCall));
    }

    @Override
    public void onPartialToolCall(PartialToolCall toolCall, PartialToolCallContext context) {
        piece(context, () -> handler.onPartialToolCall(toolCall, context));
    }

    @Override
    public void onCompleteToolCall(CompleteToolCall toolCall) {
        piece(null, () -> handler.onCompleteToolCall(toolCall));
    }

    @Override
    public void onUnmappedRawEvent(Object event) {
        handler.onUnmappedRawEvent(event);
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        watch.complete(response);
        handler.onCompleteResponse(response);
    }

    @Override
    public void onError(Throwable error) {
        watch.failed(error);
        handler.onError(error);
    }

    private void piece(@Nullable Object context, Runnable passOn) {
        watch.piece(context);
        try {
            passOn.run();
        } catch (Throwable thrown) {
            watch.threw(thrown);
            throw thrown;
        }
        watch.after();
    }
}
