package io.inferwatt.core.footprint.live;

import io.inferwatt.core.config.InferwattConfig.Carbon;
import io.inferwatt.core.footprint.CarbonIntensitySource;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the feed that {@code carbon.source} names. */
public final class LiveSources {

    private LiveSources() {}

    /**
     * What was chosen.
     *
     * @param live null where nobody is asked
     * @param findings lines for a person about feeds that are not asked, and why
     */
    public record Choice(@Nullable LiveIntensity live, List<String> findings) {

        public Choice {
            findings = List.copyOf(findings);
        }
    }

    /** Returns the settings with the zone of a feed that knows only one, where they name none. */
    public static Carbon placed(Carbon carbon) {
        if (carbon.zone().isPresent() || carbon.source().equals(Carbon.TABLE)) {
            return carbon;
        }
        IntensityFeed feed = find(carbon.source(), new ArrayList<>());
        return feed == null || feed.zone().isEmpty()
                ? carbon
                : new Carbon(
                        Optional.of(feed.zone()),
                        carbon.intensityGramsPerKwh(),
                        carbon.region(),
                        carbon.source(),
                        carbon.url(),
                        carbon.keyFile(),
                        carbon.refresh(),
                        carbon.marketGramsPerKwh());
    }

    /**
     * Chooses by the settings, and asks nobody yet.
     *
     * @param fallback in force while the feed has told nothing that still holds
     * @param environment where the key may be
     * @param warnings receives a line for a person for each kind of failure
     */
    public static Choice of(
            Carbon carbon, CarbonIntensitySource fallback, Map<String, String> environment, Consumer<String> warnings) {
        List<String> findings = new ArrayList<>();
        if (carbon.source().equals(Carbon.TABLE)) {
            return new Choice(null, findings);
        }
        String head = "carbon.source=" + carbon.source() + ": ";
        if (carbon.intensityGramsPerKwh().isPresent()) {
            findings.add(head + "is not asked, since carbon.intensity is set");
            return new Choice(null, findings);
        }
        IntensityFeed feed = find(carbon.source(), findings);
        if (feed == null) {
            findings.add(head + "there is no such source; allowed: " + ids() + "; the table is used");
            return new Choice(null, findings);
        }
        FeedKey key = new FeedKey(carbon.keyFile(), environment);
        try {
            IntensityFeed.Asked asked = feed.open(new IntensityFeed.Settings(carbon.zone(), carbon.url(), key));
            return new Choice(
                    new LiveIntensity(
                            feed.id(),
                            asked,
                            carbon.refresh(),
                            fallback,
                            warnings,
                            System::nanoTime,
                            Clock.systemUTC(),
                            () -> ThreadLocalRandom.current().nextDouble()),
                    findings);
        } catch (FeedException e) {
            findings.add(head + e.getMessage() + "; the table is used");
        } catch (RuntimeException | LinkageError e) {
            findings.add(head + "cannot be asked (" + e + "); the table is used");
        }
        return new Choice(null, findings);
    }

    private static @Nullable IntensityFeed find(String id, List<String> problems) {
        for (IntensityFeed feed : installed(problems)) {
            if (feed.id().equals(id)) {
                return feed;
            }
        }
        return null;
    }

    private static String ids() {
        StringBuilder ids = new StringBuilder(Carbon.TABLE);
        installed(new ArrayList<>()).forEach(feed -> ids.append(", ").append(feed.id()));
        return ids.toString();
    }

    private static List<IntensityFeed> installed(List<String> problems) {
        List<IntensityFeed> feeds = new ArrayList<>();
        Iterator<IntensityFeed> loader = ServiceLoader.load(IntensityFeed.class, IntensityFeed.class.getClassLoader())
                .iterator();
        while (true) {
            try {
                if (!loader.hasNext()) {
                    return feeds;
                }
                feeds.add(loader.next());
            } catch (ServiceConfigurationError | LinkageError e) {
                problems.add("carbon.source: one of the sources cannot be loaded and is left out: " + e);
            }
        }
    }
}
