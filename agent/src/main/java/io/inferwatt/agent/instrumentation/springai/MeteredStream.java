package io.inferwatt.agent.instrumentation.springai;

import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.core.call.CallRejectedException;
import io.inferwatt.core.call.Outcome;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;

/**
 * A streamed answer, passed on as it is. Each subscription is a call; one that a client makes inside, to go on after a tool was
 * called, is part of the call around it.
 */
final class MeteredStream extends FluxOperator<ChatResponse, ChatResponse> {

    private final RemoteModel known;
    private final String model;

    MeteredStream(Flux<ChatResponse> answer, RemoteModel known, String model) {
        super(answer);
        this.known = known;
        this.model = model;
    }

    @Override
    public void subscribe(CoreSubscriber<? super ChatResponse> actual) {
        StreamedCall around = MeteredSubscriber.around(actual.currentContext());
        StreamedCall call;
        try {
            call = around == null ? begin() : around;
        } catch (CallRejectedException rejected) {
            Operators.error(actual, new RejectedExecutionException(rejected.getMessage()));
            return;
        }
        if (call == null) {
            source.subscribe(actual);
            return;
        }
        CoreSubscriber<? super ChatResponse> subscriber = around == null ? new MeteredSubscriber(actual, call) : actual;
        boolean worked = call.enter();
        boolean subscribed = false;
        try {
            source.subscribe(subscriber);
            subscribed = true;
        } finally {
            call.leave(worked);
            if (!subscribed) {
                call.end(Outcome.ERROR);
            }
        }
    }

    private @Nullable StreamedCall begin() {
        try {
            RemoteCall call = ChatCalls.chat(known, model);
            call.detach();
            return new StreamedCall(call, known);
        } catch (CallRejectedException rejected) {
            throw rejected;
        } catch (RuntimeException | LinkageError notMetered) {
            return null;
        }
    }
}
