package io.inferwatt.agent.instrumentation.azureopenai;

import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.core.call.CallRejectedException;
import io.inferwatt.core.call.Outcome;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** Passes on what comes and takes note of it. */
final class Watcher<T> implements CoreSubscriber<T>, Subscription {

    private final CoreSubscriber<? super T> subscriber;
    private final RemoteCall call;
    private final boolean single;
    private @Nullable Subscription subscription;

    /** @param single whether the first that comes is the whole answer */
    Watcher(CoreSubscriber<? super T> subscriber, RemoteCall call, boolean single) {
        this.subscriber = subscriber;
        this.call = call;
        this.single = single;
    }

    /**
     * Begins a call on the thread that subscribes; null if that fails, which is not the application's concern.
     *
     * @throws CallRejectedException if the call must not begin, which is
     */
    static @Nullable RemoteCall start(Asking asking) {
        try {
            return asking.start();
        } catch (CallRejectedException rejected) {
            throw rejected;
        } catch (RuntimeException | LinkageError ours) {
            return null;
        }
    }

    /** Tells a subscriber, as the error of its answer, that the call must not begin. */
    static void reject(CoreSubscriber<?> subscriber, CallRejectedException rejected) {
        Operators.error(subscriber, new RejectedExecutionException(rejected.getMessage()));
    }

    /** Takes the call off the thread that has subscribed; what comes then comes on any thread. */
    static void subscribed(RemoteCall call, @Nullable Throwable failed) {
        if (failed == null) {
            call.detach();
        } else {
            call.finish(failed);
        }
    }

    @Override
    public Context currentContext() {
        return subscriber.currentContext();
    }

    @Override
    public void onSubscribe(Subscription upstream) {
        subscription = upstream;
        subscriber.onSubscribe(this);
    }

    @Override
    public void onNext(T piece) {
        Answers.tell(call, piece);
        if (single) {
            call.finish(Outcome.OK);
        } else {
            call.received();
        }
        subscriber.onNext(piece);
    }

    @Override
    public void onError(Throwable error) {
        call.finish(error);
        subscriber.onError(error);
    }

    @Override
    public void onComplete() {
        call.finish(Outcome.OK);
        subscriber.onComplete();
    }

    @Override
    public void request(long pieces) {
        if (subscription != null) {
            subscription.request(pieces);
        }
    }

    @Override
    public void cancel() {
        call.finish(Outcome.CANCELLED);
        if (subscription != null) {
            subscription.cancel();
        }
    }
}
