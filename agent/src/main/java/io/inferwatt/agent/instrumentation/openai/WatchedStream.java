package io.inferwatt.agent.instrumentation.openai;

import com.openai.core.http.StreamResponse;
import io.inferwatt.agent.instrumentation.SeenPieces;
import io.inferwatt.core.call.Outcome;
import java.util.stream.Stream;

/** A streamed answer as the application gets it: all of it, and nothing before it is asked for. */
final class WatchedStream<T> implements StreamResponse<T> {

    private final StreamResponse<T> stream;
    private final OpenAiCall call;

    WatchedStream(StreamResponse<T> stream, OpenAiCall call) {
        this.stream = stream;
        this.call = call;
    }

    @Override
    public Stream<T> stream() {
        return SeenPieces.of(stream.stream(), call.call, call::tellPiece);
    }

    /** Before its end that is the application's decision; told first, since whoever reads meanwhile will fail. */
    @Override
    public void close() {
        call.finish(Outcome.CANCELLED);
        stream.close();
    }

    @Override
    public String toString() {
        return stream.toString();
    }
}
