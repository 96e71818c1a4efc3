package io.inferwatt.core.simulation;

/** How well a JVM sees processor time. */
enum Clocks {
    /** Every thread, the process and the machine to the nanosecond; no operating system has such. */
    EXACT,
    /** With native access: threads and process to the nanosecond, the machine in steps of 10 ms. */
    NATIVE,
    /**
     * Without native access: process and machine in steps of 10 ms, an engine's threads 0.6 to 5 ms behind while they
     * run, Java threads exact.
     */
    PLAIN
}
