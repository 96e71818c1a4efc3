package io.inferwatt.agent.instrumentation.langchain4j;

import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.core.call.CallDrain;
import io.inferwatt.core.call.Calls;

/** Where the calls of tests without weaving go, which share one loader: the first of them decides it for all. */
final class UnwovenCalls {

    private static final Calls CALLS = new Calls();
    private static final CallDrain DRAIN = new CallDrain();

    private UnwovenCalls() {}

    static void begin() {
        LibraryCalls.recordIn(CALLS);
        ended();
    }

    /** Returns how many calls have ended since this was asked before. */
    static int ended() {
        CALLS.drain(DRAIN, System.nanoTime());
        return DRAIN.recordCount();
    }
}
