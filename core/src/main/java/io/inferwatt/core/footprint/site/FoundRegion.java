package io.inferwatt.core.footprint.site;

import io.inferwatt.core.footprint.remote.CloudRegions.Region;

/**
 * A cloud region that this machine is in.
 *
 * @param by who says so
 * @param how the same for a person, for instance {@code AWS_REGION of the environment}
 */
record FoundRegion(Region region, By by, String how) {

    /** Who says so; only the first is somebody's guess that a plain {@code carbon.zone} overrules. */
    enum By {
        ENVIRONMENT,
        SETTING,
        METADATA
    }

    String name() {
        return region.cloud() + '/' + region.region();
    }

    boolean isGuess() {
        return by == By.ENVIRONMENT;
    }
}
