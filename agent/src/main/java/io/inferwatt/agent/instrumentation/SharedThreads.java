package io.inferwatt.agent.instrumentation;

import io.inferwatt.core.call.EnginePool;
import io.inferwatt.core.call.InferenceCall;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Native threads that compute for all models of an engine, started in one go or in several. They are never given up, so only for
 * threads that stay as long as the engine does.
 */
public final class SharedThreads {

    private volatile EnginePool[] pools = {};

    /** Adds what an engine started; nothing, if it started no thread or nobody looked. */
    public synchronized void add(@Nullable EnginePool started) {
        if (started != null && started.threadIds().length > 0) {
            EnginePool[] more = Arrays.copyOf(pools, pools.length + 1);
            more[pools.length] = started;
            pools = more;
        }
    }

    public boolean isEmpty() {
        return pools.length == 0;
    }

    /** Lets a call have its part of what these threads do until it ends. */
    public void usedBy(InferenceCall call) {
        for (EnginePool pool : pools) {
            pool.usedBy(call);
        }
    }
}
