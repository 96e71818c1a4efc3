package io.inferwatt.agent.instrumentation.ollama4j;

import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.TokenUsage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one call of the application exchanges with the server: one request, or several where the model asks for tools, which the
 * library runs in between. For the thread that talks to the server.
 */
final class Exchange {

    private final RemoteCall call;

    /** Methods of the library that are inside each other. */
    private int frames = 1;

    /** Whether a thread of the library's own does nothing but read the answer. */
    private final boolean readsAlone;

    private boolean streams;
    private long input = TokenUsage.UNKNOWN;
    private long output = TokenUsage.UNKNOWN;

    private Exchange(RemoteCall call, boolean readsAlone) {
        this.call = call;
        this.readsAlone = readsAlone;
        this.streams = readsAlone;
    }

    static Exchange of(RemoteCall call) {
        return new Exchange(call, false);
    }

    static Exchange ofReader(RemoteCall call) {
        return new Exchange(call, true);
    }

    boolean readsAlone() {
        return readsAlone;
    }

    void enter() {
        frames++;
    }

    /** Returns whether that was the outermost method. */
    boolean leave() {
        frames--;
        return frames == 0;
    }

    /** Tells that the answer comes in pieces. */
    void stream() {
        streams = true;
    }

    void piece() {
        if (streams) {
            call.received();
        }
    }

    /** Takes note of an answer; null tells nothing. */
    void hear(@Nullable Object answer, Consumer<Object> heard) {
        call.hear(answer, (told, whole) -> heard.accept(whole));
    }

    void answeredBy(@Nullable String model) {
        call.answeredBy(model);
    }

    /** Adds what one request read and wrote; null where the server does not say, as for a prompt that it still knows. */
    void add(@Nullable Integer promptTokens, @Nullable Integer answerTokens) {
        input = sum(input, promptTokens);
        output = sum(output, answerTokens);
        tell();
    }

    /** Tells what the only request read and wrote. */
    void set(@Nullable Integer promptTokens, @Nullable Integer answerTokens) {
        input = sum(TokenUsage.UNKNOWN, promptTokens);
        output = sum(TokenUsage.UNKNOWN, answerTokens);
        tell();
    }

    /** Thinking is part of what is written, and not told apart. */
    private void tell() {
        call.tokens(input, TokenUsage.UNKNOWN, output, TokenUsage.UNKNOWN);
    }

    void end(@Nullable Throwable error) {
        call.finish(error);
    }

    void end(Outcome outcome) {
        call.finish(outcome);
    }

    private static long sum(long before, @Nullable Integer more) {
        return more == null ? before : Math.max(0, before) + more;
    }
}
