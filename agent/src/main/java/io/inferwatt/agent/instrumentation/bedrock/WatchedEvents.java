package io.inferwatt.agent.instrumentation.bedrock;

import io.inferwatt.core.call.Outcome;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.SdkPublisher;

/** The events of a stream, unchanged and as they are asked for; who reads them is listened to. */
final class WatchedEvents<E> implements SdkPublisher<E> {

    private final SdkPublisher<E> events;
    private final WatchedHandler<?, E> handler;

    WatchedEvents(SdkPublisher<E> events, WatchedHandler<?, E> handler) {
        this.events = events;
        this.handler = handler;
    }

    @Override
    public void subscribe(@Nullable Subscriber<? super E> reader) {
        // Without a reader the SDK complains as it always does.
        events.subscribe(reader == null ? null : new Reader<>(reader, handler));
    }

    /** Signals come one after the other, as reactive streams demand; only {@link #cancel} may come beside them. */
    private static final class Reader<E> implements Subscriber<E>, Subscription {

        private final Subscriber<? super E> reader;
        private final WatchedHandler<?, E> handler;
        private volatile @Nullable Subscription subscription;
        private volatile boolean heardAll;

        Reader(Subscriber<? super E> reader, WatchedHandler<?, E> handler) {
            this.reader = reader;
            this.handler = handler;
        }

        @Override
        public void onSubscribe(Subscription events) {
            subscription = events;
            reader.onSubscribe(this);
        }

        @Override
        public void onNext(E event) {
            handler.call().hear(event, (call, piece) -> {
                call.received();
                heardAll |= handler.hear(piece);
            });
            reader.onNext(event);
        }

        @Override
        public void onError(Throwable error) {
            reader.onError(error);
        }

        @Override
        public void onComplete() {
            reader.onComplete();
        }

        @Override
        public void request(long count) {
            Subscription events = subscription;
            if (events != null) {
                events.request(count);
            }
        }

        /** The SDK takes this for a good end, and so it is when nothing was missed. */
        @Override
        public void cancel() {
            Subscription events = subscription;
            if (!heardAll) {
                handler.call().finish(Outcome.CANCELLED);
            }
            if (events != null) {
                events.cancel();
            }
        }
    }
}
