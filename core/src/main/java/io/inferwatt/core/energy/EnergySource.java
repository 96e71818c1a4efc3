package io.inferwatt.core.energy;

import java.util.List;

/**
 * A way to learn the energy drawn by this machine. Implementations are found by {@link java.util.ServiceLoader}, have a
 * public constructor without parameters and live in a folder of their own.
 */
public interface EnergySource {

    /** Returns the name used in {@code energy.sources}, for instance {@code rapl} or {@code model}. */
    String id();

    /** Returns the place in the order of preference; for each domain the source with the lowest rank wins. */
    int rank();

    /**
     * Looks for counters. Cheap: file look-ups only, no native code unless files show that it will work. Never throws for
     * a meter that is missing or not readable; that is a finding. Called again about once a minute, also while counters
     * of an earlier call are in use; those must go on undisturbed.
     */
    Discovery discover(SourceContext context);

    /**
     * What was found.
     *
     * @param counters opened counters, one for each domain, perhaps none; the caller closes them
     * @param findings what is here, what is missing, how to get it; at least one
     */
    record Discovery(List<EnergyCounter> counters, List<Finding> findings) {

        public Discovery {
            counters = List.copyOf(counters);
            findings = List.copyOf(findings);
        }

        public static Discovery nothing(Finding finding) {
            return new Discovery(List.of(), List.of(finding));
        }
    }
}
