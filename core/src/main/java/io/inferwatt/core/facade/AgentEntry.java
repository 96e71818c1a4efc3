package io.inferwatt.core.facade;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the agent's entries for applications, which are in one of two places, or nowhere. Safe from all threads. */
final class AgentEntry {

    private static final String[] PLACES = {"java.lang.InferwattDispatcher", "inferwatt.InferwattDispatcher"};

    /** An agent may be attached later, but a look for a class that is not there costs microseconds. */
    private static final long BETWEEN_LOOKS_NANOS = 10_000_000_000L;

    private static volatile @Nullable AgentEntries entries;
    private static volatile long lookedNanos = System.nanoTime() - BETWEEN_LOOKS_NANOS - 1;

    private AgentEntry() {}

    static @Nullable Consumer<@Nullable Throwable> begin(String model, long rows, long requests) {
        AgentEntries found = entries();
        return found == null ? null : found.begin(model, rows, requests);
    }

    /** @param question as the dispatcher takes it */
    static boolean allows(String question) {
        AgentEntries found = entries();
        return found == null || found.allows(question);
    }

    private static @Nullable AgentEntries entries() {
        AgentEntries known = entries;
        long now = System.nanoTime();
        if (known != null || now - lookedNanos < BETWEEN_LOOKS_NANOS) {
            return known;
        }
        lookedNanos = now;
        for (String place : PLACES) {
            try {
                known = AgentEntries.of(Class.forName(place, true, null));
                entries = known;
                return known;
            } catch (ReflectiveOperationException notThere) {
                // The next place, or none: then there is no agent, or one that does not meter.
            }
        }
        return null;
    }
}
