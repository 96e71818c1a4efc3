package io.inferwatt.agent.instrumentation.azureopenai;

import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.core.call.CallRejectedException;
import io.inferwatt.core.call.Outcome;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CorePublisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/** Passes on what comes and takes note of it, which keeps nothing from the application even if it fails. */
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
     * Subscribes to an answer, watched.
     *
     * @param single whether the first that comes is the whole answer
     */
    static <T> void watch(
            CorePublisher<? extends T> answer, CoreSubscriber<? super T> subscriber, Asking asking, boolean single) {
        RemoteCall call;
        try {
            call = start(asking);
        } catch (CallRejectedException rejected) {
            // The error of its answer, as an application expects it of a publisher.
            Operators.error(subscriber, new RejectedExecutionException(rejected.getMessage()));
            return;
        }
        if (call == null) {
            answer.subscribe(subscriber);
            return;
        }
        @Nullable Throwable failed = null;
        try {
            answer.subscribe(new Watcher<>(subscriber, call, single));
        } catch (RuntimeException | Error thrown) {
            failed = thrown;
            throw thrown;
        } finally {
            subscribed(call, failed);
        }
    }

    /**
     * Begins a call on the thread that subscribes; null if that fails, which is not the application's concern.
     *
     * @throws CallRejectedException if the call must not begin, which is
     */
    private static @Nullable RemoteCall start(Asking asking) {
        try {
            return asking.start();
        } catch (CallRejectedException rejected) {
            throw rejected;
        } catch (RuntimeException | LinkageError ours) {
            return null;
        }
    }

    /** Takes the call off the thread that has subscribed; what comes then comes on any thread. */
    private static void subscribed(RemoteCall call, @Nullable Throwable failed) {
        guarded(() -> {
            if (failed == null) {
                call.detach();
            } else {
                call.finish(failed);
            }
        });
    }

    private static void guarded(Runnable ours) {
        try {
            ours.run();
        } catch (RuntimeException | LinkageError notMetered) {
            // The application's answer goes on.
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
        guarded(() -> heard(piece));
        subscriber.onNext(piece);
    }

    private void heard(T piece) {
        if (single) {
            call.answered(piece, Answers::tell, null);
        } else {
            call.received();
            call.hear(piece, Answers::tell);
        }
    }

    @Override
    public void onError(Throwable error) {
        guarded(() -> call.finish(error));
        subscriber.onError(error);
    }

    @Override
    public void onComplete() {
        guarded(() -> call.finish(Outcome.OK));
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
        guarded(() -> call.finish(Outcome.CANCELLED));
        if (subscription != null) {
            subscription.cancel();
        }
    }
}
