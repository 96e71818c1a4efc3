package io.inferwatt.agent.instrumentation.openai;

import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.core.call.Outcome;
import org.jspecify.annotations.Nullable;

/** A call, and how its answer is read. What happens in the application's own code must not fail, so nothing here throws. */
final class OpenAiCall {

    final RemoteCall call;

    private final Endpoint endpoint;

    OpenAiCall(RemoteCall call, Endpoint endpoint) {
        this.call = call;
        this.endpoint = endpoint;
    }

    /** Takes note of the answer. */
    void heard(@Nullable Object answer) {
        try {
            if (answer != null) {
                endpoint.tell(call, answer);
            }
        } catch (RuntimeException | LinkageError notUnderstood) {
            // Its tokens are not known then; the application gets its answer.
        }
    }

    /** Takes note of a piece of a streamed answer. */
    void heardPiece(@Nullable Object piece) {
        try {
            if (piece != null && endpoint.isOutput(piece)) {
                call.received();
            }
        } catch (RuntimeException | LinkageError notUnderstood) {
            call.received();
        }
        heard(piece);
    }

    void finish(@Nullable Throwable error) {
        call.finish(error);
    }

    void finish(Outcome outcome) {
        call.finish(outcome);
    }
}
