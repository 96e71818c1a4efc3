package io.inferwatt.core.attribution;

import io.inferwatt.core.energy.Quality;

/** The final energy of one call; used again for the next. */
public final class CallEnergy {

    private double joules;
    private double idleShareJoules;
    private Quality quality = Quality.MEASURED;

    void set(double dynamic, double idleShare, boolean known, Quality worst) {
        joules = known ? Math.max(0, dynamic) : Double.NaN;
        idleShareJoules = known ? Math.max(0, idleShare) : Double.NaN;
        quality = worst;
    }

    /** Returns the share above idle, or NaN if no reading covers any part of the call. */
    public double joules() {
        return joules;
    }

    public double joulesWithIdle() {
        return joules + idleShareJoules;
    }

    public Quality quality() {
        return quality;
    }
}
