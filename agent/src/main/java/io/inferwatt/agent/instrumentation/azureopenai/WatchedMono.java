package io.inferwatt.agent.instrumentation.azureopenai;

import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.core.call.CallRejectedException;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;

/** An answer that is asked for when somebody subscribes; each time is a call. */
final class WatchedMono<T> extends MonoOperator<T, T> {

    private final Asking asking;

    WatchedMono(Mono<? extends T> answer, Asking asking) {
        super(answer);
        this.asking = asking;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> subscriber) {
        RemoteCall call;
        try {
            call = Watcher.start(asking);
        } catch (CallRejectedException rejected) {
            Watcher.reject(subscriber, rejected);
            return;
        }
        if (call == null) {
            source.subscribe(subscriber);
            return;
        }
        @Nullable Throwable failed = null;
        try {
            source.subscribe(new Watcher<>(subscriber, call, true));
        } catch (RuntimeException | Error thrown) {
            failed = thrown;
            throw thrown;
        } finally {
            Watcher.subscribed(call, failed);
        }
    }
}
