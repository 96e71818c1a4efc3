package io.inferwatt.agent.instrumentation.llamacpp;

import io.inferwatt.agent.instrumentation.LeftCall;
import io.inferwatt.core.call.EnginePool;
import io.inferwatt.core.call.Outcome;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What is remembered of a model, without the model itself. Safe from all threads. */
final class LlamaEngine {

    final int key;
    final @Nullable EnginePool pool;
    private final Set<LlamaStream> streams = ConcurrentHashMap.newKeySet();

    /** @param pool its native threads, null if it was loaded before the agent came */
    LlamaEngine(int key, @Nullable EnginePool pool) {
        this.key = key;
        this.pool = pool;
    }

    LlamaStream begin(LeftCall call) {
        for (Iterator<LlamaStream> all = streams.iterator(); all.hasNext(); ) {
            if (!all.next().inFlight()) {
                all.remove(); // dropped by the application and given up meanwhile
            }
        }
        LlamaStream stream = new LlamaStream(call, streams);
        streams.add(stream);
        return stream;
    }

    /** Ends the streams that nobody can read on. */
    void close() {
        for (LlamaStream stream : streams) {
            stream.end(Outcome.CANCELLED);
        }
        if (pool != null) {
            pool.close();
        }
    }
}
