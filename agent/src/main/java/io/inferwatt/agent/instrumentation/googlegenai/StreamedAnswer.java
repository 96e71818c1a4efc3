package io.inferwatt.agent.instrumentation.googlegenai;

import com.google.genai.types.Candidate;
import com.google.genai.types.GenerateContentResponse;
import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.TokenUsage;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** An answer whose chunks the application reads one after another. Each may tell the tokens up to then: the last word counts. */
final class StreamedAnswer {

    private final RemoteCall call;
    private volatile boolean complete;

    StreamedAnswer(RemoteCall call) {
        this.call = call;
    }

    void read(@Nullable Object chunk, @Nullable Throwable error) {
        if (error != null) {
            call.finish(error instanceof NoSuchElementException ? Outcome.OK : RemoteCall.outcomeOf(error));
        } else if (chunk instanceof GenerateContentResponse response) {
            call.received();
            call.hear(response, (told, piece) -> read(piece));
        }
    }

    private void read(GenerateContentResponse response) {
        call.answeredBy(GeminiUsage.model(response));
        TokenUsage tokens = GeminiUsage.of(response);
        if (!tokens.equals(TokenUsage.NONE)) {
            call.tokens(tokens.input(), tokens.cachedInput(), tokens.output(), tokens.reasoning());
        }
        complete |= says(response);
    }

    /** Returns whether a chunk says that the answer ends with it. */
    private static boolean says(GenerateContentResponse response) {
        List<Candidate> candidates = response.candidates().orElse(List.of());
        return !candidates.isEmpty() && candidates.get(0).finishReason().isPresent();
    }

    void end(@Nullable Throwable error) {
        call.finish(error);
    }

    /** Who has read the last chunk need not ask for more; before it the end is the reader's decision. */
    void closed() {
        call.finish(complete ? Outcome.OK : Outcome.CANCELLED);
    }
}
