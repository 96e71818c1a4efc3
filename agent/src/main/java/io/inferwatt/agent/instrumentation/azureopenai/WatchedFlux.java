package io.inferwatt.agent.instrumentation.azureopenai;

import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;

/** A streamed answer that is asked for when somebody subscribes; each time is a call. */
final class WatchedFlux<T> extends FluxOperator<T, T> {

    private final Asking asking;

    WatchedFlux(Flux<? extends T> pieces, Asking asking) {
        super(pieces);
        this.asking = asking;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> subscriber) {
        Watcher.watch(source, subscriber, asking, false);
    }
}
