package io.inferwatt.agent.instrumentation.bedrock;

import io.inferwatt.agent.instrumentation.RemoteCall;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.eventstream.EventStreamResponseHandler;
import software.amazon.awssdk.core.async.SdkPublisher;

/**
 * Passes on to the application's handler all that comes from the SDK, and tells the call what is in the events. The SDK may
 * begin anew with another stream after an error; that is still the same call, which ends with the SDK's future.
 */
abstract class WatchedHandler<R, E> implements EventStreamResponseHandler<R, E> {

    private final EventStreamResponseHandler<R, E> handler;
    private final RemoteCall call;

    /** @param begin begins the call, when nothing else can fail any more */
    WatchedHandler(EventStreamResponseHandler<R, E> handler, Supplier<RemoteCall> begin) {
        this.handler = handler;
        this.call = begin.get();
    }

    RemoteCall call() {
        return call;
    }

    /**
     * Tells the call what an event says; may throw.
     *
     * @return whether that was the last word, after which a reader misses nothing who goes away
     */
    abstract boolean hear(E event);

    @Override
    public final void responseReceived(R response) {
        handler.responseReceived(response);
    }

    @Override
    public final void onEventStream(SdkPublisher<E> publisher) {
        handler.onEventStream(new WatchedEvents<>(publisher, this));
    }

    @Override
    public final void exceptionOccurred(Throwable throwable) {
        handler.exceptionOccurred(throwable);
    }

    @Override
    public final void complete() {
        handler.complete();
    }
}
