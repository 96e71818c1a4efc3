package io.inferwatt.core.energy;

/**
 * A counter together with the source that offers it.
 *
 * @param preference place of the source in the order in force, lower is better
 */
record CounterOffer(EnergySource origin, int preference, EnergyCounter counter) {}
