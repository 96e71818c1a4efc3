package io.inferwatt.core.footprint.live;

import io.inferwatt.core.footprint.CarbonIntensity;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who can be asked for the carbon intensity of a grid, again and again. Found as a service ({@code META-INF/services}) on the
 * class path of this library and chosen by {@code carbon.source}. When to ask, for how long a figure holds, what happens in between and
 * who is told of failures is up to {@link LiveIntensity}: a feed asks once and says what came of it.
 */
public interface IntensityFeed {

    /** Returns the value of {@code carbon.source} that chooses it, in lower case. */
    String id();

    /** Returns the zone that it always speaks of, as for {@code carbon.zone}; empty where the settings choose one. */
    default String zone() {
        return "";
    }

    /**
     * Prepares asking; asks nobody yet.
     *
     * @throws FeedException of kind {@link FeedException.Kind#SETTINGS} if it cannot be asked with these settings
     */
    Asked open(Settings settings) throws FeedException;

    /** A feed that is ready. One thread at a time. */
    interface Asked {

        /** Returns who is asked, for people: a host or a path, without anything secret. */
        String where();

        /** Returns what a reader of its figures must know, as a sentence without a full stop; empty for nothing. */
        default String caution() {
            return "";
        }

        /**
         * Asks once. Implausible figures need not be looked for.
         *
         * @throws IOException if nobody answers; the message holds no secret
         * @throws FeedException if what is answered is of no use
         */
        Told ask() throws IOException, FeedException;
    }

    /**
     * A figure as it was told.
     *
     * @param of the moment or the beginning of the time that it speaks of; null where it holds until another one is told
     */
    record Told(CarbonIntensity intensity, @Nullable Instant of) {}

    /**
     * What the user says of it.
     *
     * @param zone {@code carbon.zone}, in the words of the feed
     * @param url {@code carbon.url}
     */
    record Settings(Optional<String> zone, Optional<String> url, FeedKey key) {}
}
