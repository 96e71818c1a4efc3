package io.inferwatt.agent.instrumentation.azureopenai;

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
        Watcher.watch(source, subscriber, asking, true);
    }
}
