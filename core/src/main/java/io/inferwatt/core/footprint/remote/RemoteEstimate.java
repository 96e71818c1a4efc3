package io.inferwatt.core.footprint.remote;

import java.util.Set;

/**
 * The estimate of one call.
 *
 * @param method id of what made it: {@code tokens-mlenergy-v3}, {@code images-mlenergy-v3} or {@code tokens-ecologits-0.9}
 * @param joules IT energy, boundary {@code with_idle}: accelerators, hosts, and idle machines where the method knows of them;
 *     without cooling and power supply of the building, which the grams and litres have in them
 * @param dynamicPart part of the joules that is boundary {@code dynamic}, 0 to 1; 1 for EcoLogits, which does not model idle
 *     machines
 * @param operationalGrams CO2e of the electricity with the building's overhead, location-based
 * @param embodiedGrams CO2e of making the machines, the share of the time that the call kept them busy
 * @param liters water on site and at power plants; unknown where either is, since half of it would look like all of it
 * @param flags what lowers the trust in it beyond its band
 */
public record RemoteEstimate(
        String method,
        Range joules,
        double dynamicPart,
        Range operationalGrams,
        Range embodiedGrams,
        Range liters,
        Set<Flag> flags)
        implements RemoteResult {

    public RemoteEstimate {
        flags = Set.copyOf(flags);
    }

    /** What a person should know about an estimate. */
    public enum Flag {
        /** The answer told tokens written but not those read: they count as none, so that the figure is too low. */
        INPUT_UNKNOWN,
        /** Model or batch is outside the range that was measured. */
        EXTRAPOLATED,
        /** Nobody published the size of the model; others estimate it. */
        UNDISCLOSED_SIZE,
        /** The size is read from the name of the model. */
        SIZE_FROM_NAME,
        /** Where the model runs is not known: means of the provider are used, or of the world. */
        PROVIDER_MEAN,
        /** {@link RemoteEstimate#liters} are not known. */
        WATER_UNKNOWN
    }

    /** Returns the joules of boundary {@code dynamic}: those that would not be drawn without the call. */
    public Range dynamicJoules() {
        return joules.times(dynamicPart);
    }
}
