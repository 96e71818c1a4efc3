package io.inferwatt.agent.instrumentation.azureopenai;

import com.azure.core.util.IterableStream;
import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.core.call.Outcome;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A streamed answer as the application gets it: all of it, and nothing before it is asked for. */
final class WatchedIterable<T> extends IterableStream<T> {

    private final IterableStream<T> pieces;
    private final RemoteCall call;

    WatchedIterable(IterableStream<T> pieces, RemoteCall call) {
        super(List.of());
        this.pieces = pieces;
        this.call = call;
    }

    /** Closing the stream before its end is the application's decision. */
    @Override
    public Stream<T> stream() {
        Stream<T> stream = pieces.stream();
        Iterator<T> watched = new Watched<>(stream.iterator(), call);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(watched, Spliterator.ORDERED), false)
                .onClose(() -> {
                    call.finish(Outcome.CANCELLED);
                    stream.close();
                });
    }

    @Override
    public Iterator<T> iterator() {
        return new Watched<>(pieces.iterator(), call);
    }

    private record Watched<T>(Iterator<T> pieces, RemoteCall call) implements Iterator<T> {

        @Override
        public boolean hasNext() {
            try {
                boolean more = pieces.hasNext();
                if (!more) {
                    call.finish(Outcome.OK);
                }
                return more;
            } catch (RuntimeException | Error thrown) {
                call.finish(thrown);
                throw thrown;
            }
        }

        @Override
        public T next() {
            T piece = pieces.next();
            call.received();
            call.hear(piece, Answers::tell);
            return piece;
        }
    }
}
