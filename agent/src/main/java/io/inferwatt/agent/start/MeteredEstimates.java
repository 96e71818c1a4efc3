package io.inferwatt.agent.start;

import io.inferwatt.agent.instrumentation.Estimator;
import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.footprint.remote.DeferredEstimates;
import io.inferwatt.core.footprint.remote.RemoteEstimates;
import io.inferwatt.core.footprint.remote.RemoteResult;
import org.jspecify.annotations.Nullable;

/**
 * The meter's own estimates, as soon as the meter has read their tables.
 *
 * @param estimates asked on threads of the application
 */
record MeteredEstimates(DeferredEstimates estimates) implements Estimator {

    @Override
    public @Nullable RemoteResult estimate(
            RemoteTarget target, TokenUsage tokens, long images, double durationSeconds, boolean failed) {
        RemoteEstimates known = estimates.ifRead();
        return known == null ? null : known.estimate(target, tokens, images, durationSeconds, failed);
    }
}
