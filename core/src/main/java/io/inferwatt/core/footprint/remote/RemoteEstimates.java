package io.inferwatt.core.footprint.remote;

import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.footprint.CarbonIntensity;
import java.util.OptionalInt;

/** Placeholder until the tables come. */
public final class RemoteEstimates {

    public RemoteResult estimate(
            RemoteTarget target, TokenUsage tokens, long images, double durationSeconds, boolean failed) {
        return new Unestimated(Unestimated.Reason.UNKNOWN_MODEL);
    }

    public RemotePlace place(RemoteTarget target) {
        return new RemotePlace(
                "unknown",
                "",
                new CarbonIntensity(458, "world", "table", "none", OptionalInt.empty()),
                Range.exactly(1.25),
                Range.UNKNOWN,
                Double.NaN,
                "",
                "",
                true);
    }
}
