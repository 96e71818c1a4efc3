package io.inferwatt.agent.instrumentation.springai;

import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.core.call.Outcome;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.ai.chat.model.ChatResponse;
import reactor.core.CoreSubscriber;
import reactor.util.context.Context;

/** Passes on the signals of a streamed answer in both directions, and sees pieces and end. */
final class MeteredSubscriber implements CoreSubscriber<ChatResponse>, Subscription {

    /** Under this key the context of all that a metered stream subscribes to has its call. */
    private static final Object AROUND = new Object();

    private final CoreSubscriber<? super ChatResponse> actual;
    private final StreamedCall call;
    private final Context context;
    private Subscription answer = NONE;

    /** Before there is one; by the rules of reactive streams it is never asked. */
    private static final Subscription NONE = new Subscription() {

        @Override
        public void request(long pieces) {}

        @Override
        public void cancel() {}
    };

    MeteredSubscriber(CoreSubscriber<? super ChatResponse> actual, StreamedCall call) {
        this.actual = actual;
        this.call = call;
        this.context = actual.currentContext().put(AROUND, call);
    }

    /** Returns the call that a subscription is inside of, if any. */
    static @Nullable StreamedCall around(Context context) {
        Object call = context.getOrDefault(AROUND, null);
        return call instanceof StreamedCall around ? around : null;
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        answer = subscription;
        actual.onSubscribe(this);
    }

    @Override
    public void onNext(ChatResponse response) {
        call.piece(response);
        call.pause();
        actual.onNext(response);
    }

    @Override
    public void onError(Throwable error) {
        call.pause();
        call.end(RemoteCall.outcomeOf(error));
        actual.onError(error);
    }

    @Override
    public void onComplete() {
        call.pause();
        call.end(Outcome.OK);
        actual.onComplete();
    }

    @Override
    public void request(long pieces) {
        boolean worked = call.enter();
        try {
            answer.request(pieces);
        } finally {
            call.leave(worked);
        }
    }

    /** The client hears of it first, so that what it knows of the answer is told before the call ends. */
    @Override
    public void cancel() {
        try {
            answer.cancel();
        } finally {
            call.end(Outcome.CANCELLED);
        }
    }
}
