package io.inferwatt.agent.instrumentation.openai;

import io.inferwatt.agent.instrumentation.Begun;
import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.core.call.Outcome;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A call, and how its answer is read. What happens in the application's own code must not fail, so nothing here throws. */
final class OpenAiCall implements Begun {

    final RemoteCall call;

    private final Endpoint endpoint;

    OpenAiCall(RemoteCall call, Endpoint endpoint) {
        this.call = call;
        this.endpoint = endpoint;
    }

    /** Ends it by its whole answer, or by what its method threw. */
    void answered(@Nullable Object answer, @Nullable Throwable error) {
        call.answered(answer, endpoint::tell, error);
    }

    /** Lets it go on until its answer is there. */
    void detachUntil(CompletableFuture<?> answer) {
        call.detachUntil(answer, endpoint::tell);
    }

    /** Takes note of a piece of a streamed answer. */
    void heardPiece(@Nullable Object piece) {
        call.hear(piece, this::tellPiece);
    }

    /** Tells a call what a piece of its answer says; may throw. */
    void tellPiece(RemoteCall asked, Object piece) {
        if (endpoint.isOutput(piece)) {
            asked.received();
        }
        endpoint.tell(asked, piece);
    }

    @Override
    public void lost() {
        call.lost();
    }

    void finish(@Nullable Throwable error) {
        call.finish(error);
    }

    void finish(Outcome outcome) {
        call.finish(outcome);
    }
}
