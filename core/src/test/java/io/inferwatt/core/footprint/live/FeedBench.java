package io.inferwatt.core.footprint.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.config.InferwattConfig.Carbon;
import io.inferwatt.core.footprint.CarbonIntensity;
import io.inferwatt.core.footprint.CarbonIntensitySource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A live intensity over a real server, with a clock that the test turns and Korea's figure of the table behind it. */
final class FeedBench {

    static final String SECRET = "s3cr3t-Key:with-Password";

    final List<String> warnings = new ArrayList<>();
    long nanos = 1_000_000_000L;
    Instant now = Instant.parse("2026-11-30T08:00:00Z");
    final LiveIntensity live;

    FeedBench(IntensityFeed feed, String zone, String url) {
        CarbonIntensity korea = new CarbonIntensity(417.06, "KR", "table", "Ember", OptionalInt.of(2025));
        try {
            live = new LiveIntensity(
                    feed.id(),
                    feed.open(new IntensityFeed.Settings(
                            zone.isEmpty() ? Optional.empty() : Optional.of(zone),
                            Optional.of(url),
                            new FeedKey(Optional.empty(), Map.of(FeedKey.VARIABLE, SECRET)))),
                    Duration.ofMinutes(5),
                    CarbonIntensitySource.fixed(korea),
                    warnings::add,
                    () -> nanos,
                    new TurnedClock(),
                    () -> 1);
        } catch (FeedException e) {
            throw new AssertionError(e);
        }
    }

    /** Asks, and says what is in force after that: figure, zone and label. */
    String ask() {
        live.refresh();
        return inForce();
    }

    String inForce() {
        CarbonIntensity now = live.current();
        assertThat(live.described().gramsPerKwh()).isEqualTo(now.gramsPerKwh());
        assertThat(String.join("\n", live.findings()) + warnings + live.described())
                .doesNotContain("s3cr3t")
                .doesNotContain("Password");
        return now.gramsPerKwh() + " " + now.zone() + " " + now.source();
    }

    void pass(Duration time) {
        nanos += time.toNanos();
        now = now.plus(time);
    }

    private final class TurnedClock extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    static Carbon carbon(String source, String zone, String url) {
        return new Carbon(
                zone.isEmpty() ? Optional.empty() : Optional.of(zone),
                OptionalDouble.empty(),
                "off",
                source,
                url.isEmpty() ? Optional.empty() : Optional.of(url),
                Optional.empty(),
                Duration.ofSeconds(10),
                OptionalDouble.empty());
    }
}
