package io.inferwatt.core.facade;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** One of the agent's entries for applications, which are in one of two places, or nowhere. Safe from all threads. */
final class AgentEntry<T> {

    private static final String[] DISPATCHERS = {"java.lang.InferwattDispatcher", "inferwatt.InferwattDispatcher"};

    /** An agent may be attached later, but a look for a class that is not there costs microseconds. */
    private static final long BETWEEN_LOOKS_NANOS = 10_000_000_000L;

    private final @Nullable ClassLoader loader;
    private final String[] places;
    private final String name;
    private final Class<T> type;
    private volatile @Nullable VarHandle entry;
    private volatile long lookedNanos = System.nanoTime() - BETWEEN_LOOKS_NANOS - 1;

    /**
     * Names an entry.
     *
     * @param name of the field
     * @param type of the field, a type of {@code java.util.function}
     */
    AgentEntry(String name, Class<T> type) {
        this(name, type, null, DISPATCHERS);
    }

    /** @param loader where to look, null for the JDK's own classes */
    AgentEntry(String name, Class<T> type, @Nullable ClassLoader loader, String... places) {
        this.loader = loader;
        this.places = places;
        this.name = name;
        this.type = type;
    }

    /** Returns what the agent has put there, null without an agent that meters. */
    @Nullable
    T get() {
        VarHandle found = find();
        return found == null ? null : type.cast(found.getVolatile());
    }

    private @Nullable VarHandle find() {
        VarHandle known = entry;
        long now = System.nanoTime();
        if (known != null || now - lookedNanos < BETWEEN_LOOKS_NANOS) {
            return known;
        }
        for (String place : places) {
            try {
                known = MethodHandles.publicLookup()
                        .findStaticVarHandle(Class.forName(place, true, loader), name, type);
                entry = known;
                return known;
            } catch (ReflectiveOperationException | LinkageError | OutOfMemoryError notThere) {
                // The next place, or none: then there is no agent, or one that does not meter, or no memory to look.
            }
        }
        // Not before: a thread that asks while another one looks for the first time must look too, or it would go
        // unmetered.
        lookedNanos = now;
        return null;
    }
}
