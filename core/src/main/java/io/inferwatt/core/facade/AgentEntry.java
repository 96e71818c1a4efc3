package io.inferwatt.core.facade;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the agent's entry for applications, which is in one of two places, or nowhere. Safe from all threads. */
final class AgentEntry {

    private static final String[] PLACES = {"java.lang.InferwattDispatcher", "inferwatt.InferwattDispatcher"};

    /** An agent may be attached later, but a look for a class that is not there costs microseconds. */
    private static final long BETWEEN_LOOKS_NANOS = 10_000_000_000L;

    private static volatile @Nullable VarHandle entry;
    private static volatile long lookedNanos = System.nanoTime() - BETWEEN_LOOKS_NANOS - 1;

    private AgentEntry() {}

    @SuppressWarnings("unchecked")
    static @Nullable Consumer<@Nullable Throwable> begin(String model, long rows, long requests) {
        VarHandle found = entry();
        if (found == null) {
            return null;
        }
        var begin = (BiFunction<String, long[], Consumer<@Nullable Throwable>>) found.getVolatile();
        return begin == null ? null : begin.apply(model, new long[] {rows, requests});
    }

    private static @Nullable VarHandle entry() {
        VarHandle known = entry;
        long now = System.nanoTime();
        if (known != null || now - lookedNanos < BETWEEN_LOOKS_NANOS) {
            return known;
        }
        lookedNanos = now;
        for (String place : PLACES) {
            try {
                known = MethodHandles.publicLookup()
                        .findStaticVarHandle(Class.forName(place, true, null), "begin", BiFunction.class);
                entry = known;
                return known;
            } catch (ReflectiveOperationException notThere) {
                // The next place, or none: then there is no agent, or one that does not meter.
            }
        }
        return null;
    }
}
