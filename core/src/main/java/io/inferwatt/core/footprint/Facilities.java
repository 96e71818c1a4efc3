package io.inferwatt.core.footprint;

import io.inferwatt.core.host.HostFacts;
import java.util.List;
import java.util.OptionalDouble;

/** Chooses the facility: the PUE in the settings, else an industry mean by whether the machine is virtual. */
public final class Facilities {

    /** Mean of public clouds, IDC, as quoted by AWS. */
    private static final double CLOUD_PUE = 1.25;

    /** Mean of data centres on premises, IDC, as quoted by AWS. */
    private static final double ON_PREMISES_PUE = 1.63;

    /**
     * What was chosen.
     *
     * @param findings lines for a person: which figure is in force and why
     */
    public record Choice(Facility facility, List<String> findings) {

        public Choice {
            findings = List.copyOf(findings);
        }
    }

    private Facilities() {}

    /** Chooses by {@code facility.pue}, where set, and by what the machine is; of water nothing is known by that. */
    public static Choice of(OptionalDouble configuredPue, HostFacts facts) {
        if (configuredPue.isPresent()) {
            double pue = configuredPue.getAsDouble();
            return new Choice(
                    new Facility(pue, "configured"), List.of("PUE: " + pue + " as configured by facility.pue"));
        }
        return facts.virtualization() == null
                ? assumed(ON_PREMISES_PUE, "default-on-premises", "this machine seems not to be virtual", "on premises")
                : assumed(
                        CLOUD_PUE,
                        "default-cloud",
                        "this machine is virtual (" + facts.virtualization() + ")",
                        "public cloud");
    }

    private static Choice assumed(double pue, String source, String because, String place) {
        return new Choice(
                new Facility(pue, source),
                List.of("PUE: facility.pue is not set and " + because + ", so " + pue
                        + " is assumed, the mean of an unknown facility of the kind '" + place
                        + "' (IDC, as quoted by AWS); set facility.pue to the building's own"));
    }
}
