package io.inferwatt.agent.instrumentation.anthropic;

import com.anthropic.core.http.StreamResponse;
import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.agent.instrumentation.SeenPieces;
import io.inferwatt.core.call.Outcome;
import java.util.stream.Stream;

/** A streamed message, whose events are seen when the application takes them. */
final class MeteredStream<E> implements StreamResponse<E> {

    private final StreamResponse<E> events;
    private final RemoteCall call;
    private final StreamedMessage message = new StreamedMessage();

    MeteredStream(StreamResponse<E> events, RemoteCall call) {
        this.events = events;
        this.call = call;
    }

    @Override
    public Stream<E> stream() {
        return SeenPieces.of(events.stream(), call, message);
    }

    /** Before its last event that is the reader's decision; told first, since whoever reads meanwhile will fail. */
    @Override
    public void close() {
        call.finish(Outcome.CANCELLED);
        events.close();
    }
}
