package io.inferwatt.core.attribution;

import io.inferwatt.core.config.AttributionMethod;

/**
 * Idle power first, the rest in proportion to processor time: a model that draws more power for a second of processor
 * time than another is billed too little.
 */
final class CpuShareEstimator implements PowerEstimator {

    @Override
    public AttributionMethod method() {
        return AttributionMethod.CPU_SHARE;
    }

    @Override
    public void explain(double joules, double idleWatts, double uncertaintyWatts, TickFeatures tick, double[] shares) {
        double idle = Double.isNaN(idleWatts) ? 0 : Math.min(joules, idleWatts * tick.seconds);
        double cpuSeconds = tick.allCpuSeconds();
        double joulesPerCpuSecond = cpuSeconds > 0 ? (joules - idle) / cpuSeconds : 0;
        shares[Columns.IDLE] = idle;
        shares[Columns.RUNTIME] = joulesPerCpuSecond * tick.runtimeCpuSeconds;
        shares[Columns.OTHER] = joulesPerCpuSecond * tick.otherCpuSeconds;
        for (int key = 0; key < tick.keys; key++) {
            shares[Columns.MODELS + key] = joulesPerCpuSecond * tick.cpuSeconds[key];
        }
    }

    @Override
    public void activity(TickFeatures tick, double[] activity) {
        activity[Columns.RUNTIME] = tick.runtimeCpuSeconds;
        activity[Columns.OTHER] = tick.otherCpuSeconds;
        System.arraycopy(tick.cpuSeconds, 0, activity, Columns.MODELS, tick.keys);
    }
}
