package io.inferwatt.agent.instrumentation.googlegenai;

import com.google.genai.types.GenerateContentResponse;
import io.inferwatt.agent.instrumentation.Begun;
import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.core.call.TokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * One {@code generateContent} of the application. Where the model calls functions of the application the client sends it several
 * requests, one a round: the answer tells only the tokens of the last. Safe from all threads.
 */
final class Generation implements Begun {

    private final RemoteCall call;
    private final @Nullable Generation around;
    private int rounds;
    private boolean allTold = true;
    private TokenUsage sum = TokenUsage.NONE;

    /** @param around the generation that this one began in, on the same thread: a function that its model called */
    Generation(RemoteCall call, @Nullable Generation around) {
        this.call = call;
        this.around = around;
    }

    RemoteCall call() {
        return call;
    }

    @Override
    public void lost() {
        call.lost();
    }

    @Nullable
    Generation around() {
        return around;
    }

    GenerateContentResponse added(GenerateContentResponse response) {
        add(response);
        return response;
    }

    void add(@Nullable GenerateContentResponse response) {
        if (response != null) {
            add(GeminiUsage.of(response));
        }
    }

    private synchronized void add(TokenUsage round) {
        rounds++;
        allTold &= !round.equals(TokenUsage.NONE);
        sum = new TokenUsage(
                sum(sum.input(), round.input()),
                sum(sum.cachedInput(), round.cachedInput()),
                sum(sum.output(), round.output()),
                sum(sum.reasoning(), round.reasoning()));
    }

    private static long sum(long a, long b) {
        return a == TokenUsage.UNKNOWN ? b : b == TokenUsage.UNKNOWN ? a : a + b;
    }

    /** Tells the call what is known by now; the last round's answer comes to the application as well. */
    void tell(@Nullable GenerateContentResponse answer) {
        if (answer != null && rounds() == 0) {
            add(answer); // a version that sends its requests in another way
        }
        if (call.isInner()) {
            if (around != null && rounds() > 0) {
                around.add(tokens());
            }
            return;
        }
        call.answeredBy(GeminiUsage.model(answer));
        TokenUsage tokens = tokens();
        call.tokens(tokens.input(), tokens.cachedInput(), tokens.output(), tokens.reasoning());
    }

    private synchronized int rounds() {
        return rounds;
    }

    /** A sum that lacks a round would be too small. */
    private synchronized TokenUsage tokens() {
        return allTold ? sum : TokenUsage.NONE;
    }
}
