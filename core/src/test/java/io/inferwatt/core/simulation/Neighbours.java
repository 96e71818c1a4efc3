package io.inferwatt.core.simulation;

/**
 * Processor use that no call explains: it wanders around a mean (an Ornstein-Uhlenbeck process) and never falls below 0.
 *
 * @param cores mean processor use
 * @param spread standard deviation of it
 * @param memorySeconds how long it stays where it is
 * @param wattsPerCore what a core of it draws
 */
record Neighbours(double cores, double spread, double memorySeconds, double wattsPerCore) {

    static final Neighbours NONE = new Neighbours(0, 0, 1, 0);

    /** Other processes, in watts instead of cores. */
    static Neighbours drawing(double watts, double spreadWatts, double memorySeconds, double wattsPerCore) {
        return new Neighbours(watts / wattsPerCore, spreadWatts / wattsPerCore, memorySeconds, wattsPerCore);
    }
}
