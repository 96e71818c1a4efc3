package io.inferwatt.core.simulation;

/**
 * The hardware and everything on it that is not a model.
 *
 * @param cores processors; models on a GPU use none of them
 * @param idleWatts what it draws when nothing runs
 * @param drift idle power swings by this part of itself
 * @param driftSeconds period of that swing
 * @param others other processes
 * @param runtime this JVM outside model calls
 */
record Machine(int cores, double idleWatts, double drift, double driftSeconds, Neighbours others, Neighbours runtime) {

    /** Idle 20 W, other processes 5 W give or take 2 W over a second, and a JVM that collects garbage now and then. */
    static Machine withCores(int cores) {
        return new Machine(cores, 20, 0, 60, Neighbours.drawing(5, 2, 1, 12), new Neighbours(0.1, 0.05, 0.3, 8));
    }

    /** A GPU that nobody else uses. */
    static Machine gpu(double idleWatts) {
        return new Machine(1, idleWatts, 0, 60, Neighbours.NONE, Neighbours.NONE);
    }

    Machine with(Neighbours otherProcesses) {
        return new Machine(cores, idleWatts, drift, driftSeconds, otherProcesses, runtime);
    }

    Machine drifting(double part, double periodSeconds) {
        return new Machine(cores, idleWatts, part, periodSeconds, others, runtime);
    }

    double idleJoules(double untilSeconds) {
        double phase = 2 * Math.PI * untilSeconds / driftSeconds;
        return idleWatts * (untilSeconds + drift * driftSeconds / (2 * Math.PI) * (1 - StrictMath.cos(phase)));
    }
}
