package io.inferwatt.core.attribution;

import io.inferwatt.core.config.AttributionMethod;

/**
 * As {@link CpuShareEstimator}, but what falls to all models together is divided by time in flight: each call pays the
 * same for a second, whatever it computes. A baseline to compare with.
 */
final class EqualEstimator implements PowerEstimator {

    private final CpuShareEstimator byCpu = new CpuShareEstimator();

    @Override
    public AttributionMethod method() {
        return AttributionMethod.EQUAL;
    }

    @Override
    public void explain(double joules, double idleWatts, double uncertaintyWatts, TickFeatures tick, double[] shares) {
        byCpu.explain(joules, idleWatts, uncertaintyWatts, tick, shares);
        divideByTimeInFlight(tick, shares);
    }

    @Override
    public void activity(TickFeatures tick, double[] activity) {
        byCpu.activity(tick, activity);
        divideByTimeInFlight(tick, activity);
    }

    private static void divideByTimeInFlight(TickFeatures tick, double[] shares) {
        double inFlight = 0;
        double models = 0;
        for (int key = 0; key < tick.keys; key++) {
            inFlight += tick.inFlightSeconds[key];
            models += tick.remote[key] ? 0 : shares[Columns.MODELS + key];
        }
        if (inFlight > 0) {
            for (int key = 0; key < tick.keys; key++) {
                if (!tick.remote[key]) {
                    shares[Columns.MODELS + key] = models * tick.inFlightSeconds[key] / inFlight;
                }
            }
        }
    }
}
