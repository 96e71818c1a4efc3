package io.inferwatt.core.facade;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the agent's dispatcher offers to applications. Safe from all threads.
 *
 * @param begin of model calls
 * @param allowed whether something of a budget is left; null of an agent that knows no budgets
 */
record AgentEntries(VarHandle begin, @Nullable VarHandle allowed) {

    /** @throws ReflectiveOperationException if the class is no dispatcher */
    static AgentEntries of(Class<?> dispatcher) throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        return new AgentEntries(
                lookup.findStaticVarHandle(dispatcher, "begin", BiFunction.class), allowed(lookup, dispatcher));
    }

    private static @Nullable VarHandle allowed(MethodHandles.Lookup lookup, Class<?> dispatcher) {
        try {
            return lookup.findStaticVarHandle(dispatcher, "allowed", Predicate.class);
        } catch (ReflectiveOperationException olderAgent) {
            return null;
        }
    }

    @SuppressWarnings("unchecked")
    @Nullable
    Consumer<@Nullable Throwable> begin(String model, long rows, long requests) {
        var entry = (BiFunction<String, long[], Consumer<@Nullable Throwable>>) begin.getVolatile();
        return entry == null ? null : entry.apply(model, new long[] {rows, requests});
    }

    @SuppressWarnings("unchecked")
    boolean allows(String question) {
        var entry = allowed == null ? null : (Predicate<String>) allowed.getVolatile();
        return entry == null || entry.test(question);
    }
}
