package io.inferwatt.agent.instrumentation.opentelemetry;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** An application that may be traced with OpenTelemetry, whose classes only it sees. */
public interface TracedApplication {

    /** A span that has ended. */
    record Ended(String traceId, String spanId, Map<String, Object> attributes) {}

    /** Makes an SDK that samples all spans, or none, and starts no span. */
    void makeSdk(boolean sampled);

    /**
     * Works in a span of this thread.
     *
     * @param mark name of an attribute that it has from the beginning; empty for none
     * @param work given what ends the span; it ends by itself after that
     */
    void inSpan(String name, String kind, String mark, Consumer<Runnable> work);

    /** Returns work that is done in this thread's span on whatever thread does it. */
    Runnable inThisSpan(Runnable work);

    /** Returns the spans that ended, in that order. */
    List<Ended> ended();

    /** Asks OpenTelemetry for a storage of its own for the current span, and returns whether it was let. */
    boolean mayStillWrapItsStorage();

    /** Makes OpenTelemetry fail whenever it is asked for the current span; before the first span. */
    void failWhenAskedForTheSpan(boolean fails);
}
