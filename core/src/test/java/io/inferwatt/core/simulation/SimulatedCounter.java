package io.inferwatt.core.simulation;

/** An energy counter that looks at the true energy now and then and shows it with its own delay, steps and faults. */
interface SimulatedCounter {

    /** Returns when it looks next. */
    double nextSampleSeconds();

    /** Tells it the true joules at that moment. */
    void sample(double joules);

    /** Returns what it shows; times must not go back. */
    long microjoules(double seconds);
}
