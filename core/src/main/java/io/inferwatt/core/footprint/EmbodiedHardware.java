package io.inferwatt.core.footprint;

import io.inferwatt.core.energy.Domain;

/**
 * What making this machine emitted, spread evenly over its life: {@code M = TE * dt / EL * share} of ISO/IEC 21031:2024. While time
 * passes, it is divided like the energy of the same domain, so what an idle machine wears off stays with idle.
 */
@FunctionalInterface
public interface EmbodiedHardware {

    /** Knows nothing of it. */
    EmbodiedHardware UNKNOWN = domain -> 0;

    /** Returns grams of CO2e for each second of a domain's life; 0 where they are in another domain's figure, or not known. */
    double gramsPerSecond(Domain domain);
}
