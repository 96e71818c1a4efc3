package io.inferwatt.core.footprint;

/**
 * Tells the grid intensity for energy drawn now in one place. Called about once a second by the sampler, and by any thread with
 * each remote call: returns at once what is known, and never waits for a newer figure.
 */
public interface CarbonIntensitySource {

    CarbonIntensity current();

    /** Returns {@link #current} with a word about who is asked, for reports; allocates. */
    default CarbonIntensity described() {
        return current();
    }

    /** Returns a source that always tells the same figure. */
    static CarbonIntensitySource fixed(CarbonIntensity intensity) {
        return new FixedIntensity(intensity);
    }
}
