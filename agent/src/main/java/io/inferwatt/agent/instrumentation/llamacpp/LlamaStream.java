package io.inferwatt.agent.instrumentation.llamacpp;

import io.inferwatt.agent.instrumentation.LeftCall;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.TokenUsage;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** An answer on its way, without the iterator that brings it. Safe from all threads. */
final class LlamaStream {

    private final LeftCall call;
    private final Set<LlamaStream> streams;
    private final AtomicLong outputs = new AtomicLong();

    /** @param streams where it is listed until it ends */
    LlamaStream(LeftCall call, Set<LlamaStream> streams) {
        this.call = call;
        this.streams = streams;
    }

    LeftCall call() {
        return call;
    }

    boolean inFlight() {
        return call.call().inFlight();
    }

    /** Counts at once, so that the tokens of a stream that is dropped half-way are known. */
    void countOutput() {
        call.call().tokens(TokenUsage.UNKNOWN, TokenUsage.UNKNOWN, outputs.incrementAndGet(), TokenUsage.UNKNOWN);
    }

    void end(Outcome outcome) {
        streams.remove(this);
        call.finish(outcome);
    }
}
