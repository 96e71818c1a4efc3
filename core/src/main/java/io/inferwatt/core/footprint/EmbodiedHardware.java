package io.inferwatt.core.footprint;

import io.inferwatt.core.energy.Domain;

/**
 * What making this machine emitted, spread evenly over its life: {@code M = TE * dt / EL * share} of ISO/IEC 21031:2024. While time
 * passes, it is divided like the energy of the same domain, so what an idle machine wears off stays with idle.
 */
@FunctionalInterface
public interface EmbodiedHardware {

    /** Knows nothing of it. */
    EmbodiedHardware UNKNOWN = new EmbodiedHardware() {
        @Override
        public double gramsPerSecond(Domain domain) {
            return 0;
        }

        @Override
        public boolean isKnown() {
            return false;
        }
    };

    /** Returns grams of CO2e for each second of a domain's life; 0 where they are in another domain's figure, or not known. */
    double gramsPerSecond(Domain domain);

    /** Returns whether anybody knows what making the machine emitted: only then is 0 a figure. */
    default boolean isKnown() {
        return true;
    }
}
