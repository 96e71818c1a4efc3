package io.inferwatt.core.facade;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds the agent's entry for applications, which is in one of two places, or nowhere. Safe from all threads. */
final class AgentEntry {

    private static final String[] PLACES = {"java.lang.InferwattDispatcher", "inferwatt.InferwattDispatcher"};

    /** An agent may be attached later, but a look for a class that is not there costs microseconds. */
    private static final long BETWEEN_LOOKS_NANOS = 10_000_000_000L;

    private static volatile @Nullable Entries entries;
    private static volatile long lookedNanos = System.nanoTime() - BETWEEN_LOOKS_NANOS - 1;

    private AgentEntry() {}

    /** @param allowed null of an agent that knows no budgets */
    private record Entries(VarHandle begin, @Nullable VarHandle allowed) {}

    @SuppressWarnings("unchecked")
    static @Nullable Consumer<@Nullable Throwable> begin(String model, long rows, long requests) {
        Entries found = entries();
        if (found == null) {
            return null;
        }
        var begin = (BiFunction<String, long[], Consumer<@Nullable Throwable>>)
                found.begin().getVolatile();
        return begin == null ? null : begin.apply(model, new long[] {rows, requests});
    }

    /** @param question as the dispatcher takes it */
    @SuppressWarnings("unchecked")
    static boolean allowed(String question) {
        Entries found = entries();
        VarHandle handle = found == null ? null : found.allowed();
        var allowed = handle == null ? null : (Predicate<String>) handle.getVolatile();
        return allowed == null || allowed.test(question);
    }

    private static @Nullable Entries entries() {
        Entries known = entries;
        long now = System.nanoTime();
        if (known != null || now - lookedNanos < BETWEEN_LOOKS_NANOS) {
            return known;
        }
        lookedNanos = now;
        for (String place : PLACES) {
            try {
                Class<?> dispatcher = Class.forName(place, true, null);
                known = new Entries(
                        MethodHandles.publicLookup().findStaticVarHandle(dispatcher, "begin", BiFunction.class),
                        allowed(dispatcher));
                entries = known;
                return known;
            } catch (ReflectiveOperationException notThere) {
                // The next place, or none: then there is no agent, or one that does not meter.
            }
        }
        return null;
    }

    private static @Nullable VarHandle allowed(Class<?> dispatcher) {
        try {
            return MethodHandles.publicLookup().findStaticVarHandle(dispatcher, "allowed", Predicate.class);
        } catch (ReflectiveOperationException olderAgent) {
            return null;
        }
    }
}
