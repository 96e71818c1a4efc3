package io.inferwatt.core.report;

/**
 * Hears of every root call once, after its energy is final, and of those parts of one that are told apart. Runs on the sampler thread: must be quick, must not wait,
 * must not throw.
 */
@FunctionalInterface
public interface CallListener {

    void settled(SettledCall call);
}
