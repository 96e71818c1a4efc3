package io.inferwatt.agent.weaving;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the errors of advice and weaving that the application never saw; {@code
 * inferwatt_agent_instrumentation_errors_total}. Safe from all threads.
 */
public final class SuppressedErrors {

    private final LongAdder total = new LongAdder();

    public void add() {
        total.increment();
    }

    /** Returns the errors since the JVM started; never decreases. */
    public long total() {
        return total.sum();
    }
}
