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
     * @param findings lines for a person: what is here, what is missing, how to get it
     * @param losses those of the findings that a person is to hear unasked: a meter that is here, or that the settings
     *     point to, cannot be read
     */
    record Discovery(List<EnergyCounter> counters, List<String> findings, List<String> losses) {

        public Discovery {
            counters = List.copyOf(counters);
            findings = List.copyOf(findings);
            losses = List.copyOf(losses);
        }

        public Discovery(List<EnergyCounter> counters, List<String> findings) {
            this(counters, findings, List.of());
        }

        public static Discovery nothing(String finding) {
            return new Discovery(List.of(), List.of(finding));
        }
    }
}
