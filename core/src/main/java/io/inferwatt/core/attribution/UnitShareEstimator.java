package io.inferwatt.core.attribution;

import io.inferwatt.core.config.AttributionMethod;

/**
 * For devices whose work leaves no processor time here, such as GPUs: idle power first, the rest in proportion to units
 * in flight. What is drawn above idle while nothing is in flight belongs to other processes, and of the rest as much as they
 * worked beside the time in which anything of ours was in flight.
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
        double inFlight = 0;
        for (int key = 0; key < tick.keys; key++) {
            units += tick.unitSeconds[key];
            inFlight += tick.inFlightSeconds[key];
        }
        double dynamic = joules - idle;
        double others = units > 0 ? dynamic * othersPart(tick, Math.min(tick.seconds, inFlight)) : dynamic;
        shares[Columns.IDLE] = idle;
        shares[Columns.RUNTIME] = 0;
        shares[Columns.OTHER] = others;
        for (int key = 0; key < tick.keys; key++) {
            shares[Columns.MODELS + key] = units > 0 ? (dynamic - others) * tick.unitSeconds[key] / units : 0;
        }
    }

    private static double othersPart(TickFeatures tick, double ownSeconds) {
        double sum = tick.otherDeviceSeconds + ownSeconds;
        return sum > 0 ? tick.otherDeviceSeconds / sum : 0;
    }

    @Override
    public void activity(TickFeatures tick, double[] activity) {
        activity[Columns.RUNTIME] = 0;
        activity[Columns.OTHER] = tick.otherDeviceSeconds;
        System.arraycopy(tick.unitSeconds, 0, activity, Columns.MODELS, tick.keys);
    }
}
