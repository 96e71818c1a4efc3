package io.inferwatt.core.facade;

import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A model call that the application tells the agent of, because no library that the agent knows is called. Calls of known
 * libraries inside, on the same thread, are part of it. Without an agent it does nothing. Belongs to one thread; ended by
 * another one it ends, but what it drew is estimated by the time it took. When its thread ends before it does, it counts as given up.
 *
 * <pre>{@code
 * try (MeteredCall call = MeteredCall.begin("fraud-v3", rows.size())) {
 *     return scorer.score(rows);
 * }
 * }</pre>
 *
 * <p>A call that fails counts as successful unless {@link #failed} is told.
 */
public final class MeteredCall implements AutoCloseable {

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static final AgentEntry<BiFunction<String, long[], Consumer<@Nullable Throwable>>> BEGIN =
            new AgentEntry("begin", BiFunction.class);

    private static final MeteredCall NONE = new MeteredCall();

    private @Nullable Consumer<@Nullable Throwable> end;
    private @Nullable Throwable error;

    private MeteredCall() {}

    /** Begins a call of one row. */
    public static MeteredCall begin(String model) {
        return begin(model, 1);
    }

    /** Begins a call of so many batch rows. */
    public static MeteredCall begin(String model, long rows) {
        return begin(model, rows, 1);
    }

    /**
     * Begins a call in which a server has gathered the requests of many clients; they share its energy evenly.
     *
     * @param model its name, which becomes a label of metrics: never what it is asked
     * @param rows batch rows of all requests
     * @param requests how many requests it stands for
     */
    public static MeteredCall begin(String model, long rows, long requests) {
        return begin(BEGIN.get(), model, rows, requests);
    }

    /** @param begin the agent's, null where there is none */
    static MeteredCall begin(
            @Nullable BiFunction<String, long[], Consumer<@Nullable Throwable>> begin,
            String model,
            long rows,
            long requests) {
        if (begin == null) {
            return NONE;
        }
        MeteredCall call;
        long[] counts;
        try {
            // Before the call begins: what has begun must be ended.
            call = new MeteredCall();
            counts = new long[] {rows, requests};
        } catch (OutOfMemoryError unmetered) {
            return NONE; // it is the application that needs the memory
        }
        call.end = begin.apply(model, counts);
        return call;
    }

    /** Tells that the call failed; to be said before {@link #close}. */
    public void failed(Throwable why) {
        if (end != null) {
            error = why;
        }
    }

    /** Ends the call; does nothing the second time. */
    @Override
    public void close() {
        if (end != null) {
            end.accept(error);
        }
    }
}
