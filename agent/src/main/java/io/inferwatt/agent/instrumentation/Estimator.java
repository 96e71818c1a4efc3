package io.inferwatt.agent.instrumentation;

import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.footprint.remote.RemoteEstimates;
import io.inferwatt.core.footprint.remote.RemoteResult;
import org.jspecify.annotations.Nullable;

/** Says what a call of a remote model drew; {@link RemoteEstimates#estimate}. Safe from all threads, waits for nobody. */
@FunctionalInterface
public interface Estimator {

    /** See {@link RemoteEstimates#estimate}; null as long as the tables have not been read. */
    @Nullable
    RemoteResult estimate(RemoteTarget target, TokenUsage tokens, long images, double durationSeconds, boolean failed);
}
