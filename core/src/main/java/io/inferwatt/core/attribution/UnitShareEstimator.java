package io.inferwatt.core.attribution;

import io.inferwatt.core.config.AttributionMethod;

/**
 * For devices whose work leaves no processor time here, such as GPUs: idle power first, the rest in proportion to units
 * in flight. What is drawn above idle while nothing is in flight belongs to other processes.
 */
final class UnitShareEstimator implements PowerEstimator {

    private final AttributionMethod method;

    UnitShareEstimator(AttributionMethod method) {
        this.method = method;
    }

    @Override
    public AttributionMethod method() {
        return method;
    }

    @Override
    public void explain(double joules, double idleWatts, double uncertaintyWatts, TickFeatures tick, double[] shares) {
        double idle = Double.isNaN(idleWatts) ? 0 : Math.min(joules, idleWatts * tick.seconds);
        double units = 0;
        for (int key = 0; key < tick.keys; key++) {
            units += tick.unitSeconds[key];
        }
        shares[Columns.IDLE] = idle;
        shares[Columns.RUNTIME] = 0;
        shares[Columns.OTHER] = units > 0 ? 0 : joules - idle;
        for (int key = 0; key < tick.keys; key++) {
            shares[Columns.MODELS + key] = units > 0 ? (joules - idle) * tick.unitSeconds[key] / units : 0;
        }
    }

    @Override
    public void activity(TickFeatures tick, double[] activity) {
        activity[Columns.RUNTIME] = 0;
        activity[Columns.OTHER] = 0;
        System.arraycopy(tick.unitSeconds, 0, activity, Columns.MODELS, tick.keys);
    }
}
