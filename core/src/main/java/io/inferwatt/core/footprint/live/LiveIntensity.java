package io.inferwatt.core.footprint.live;

import io.inferwatt.core.footprint.CarbonIntensity;
import io.inferwatt.core.footprint.CarbonIntensity.Feed;
import io.inferwatt.core.footprint.CarbonIntensitySource;
import io.inferwatt.core.footprint.live.FeedException.Kind;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The intensity of this hour by a feed. A figure holds for six hours from the time that it speaks of; then, and before the first one, that
 * of the tables is in force under its own label. Ages grow by the clock that never jumps. {@link #refresh} is for one thread that may wait; all else is quick,
 * takes no lock, and is safe from all threads.
 */
public final class LiveIntensity implements CarbonIntensitySource {

    /** Longer than most outages; the load of a grid looks much the same again after a day, not after half of one. */
    static final Duration HOLDS = Duration.ofHours(6);

    private final String id;
    private final IntensityFeed.Asked feed;
    private final CarbonIntensitySource fallback;
    private final Pace pace;
    private final LongSupplier nanoTime;
    private final Clock clock;
    private final Consumer<String> warnings;
    /** What a person has heard of; once is enough. */
    private final Set<Kind> told = EnumSet.noneOf(Kind.class);

    private boolean toldOfEnd;
    private volatile @Nullable Answer latest;
    private volatile String trouble = "";
    private final AtomicLong failures = new AtomicLong();

    /** @param nanos when the time began that the figure speaks of, or when it was told where it speaks of none */
    private record Answer(CarbonIntensity intensity, long nanos) {}

    LiveIntensity(
            String id,
            IntensityFeed.Asked feed,
            Duration refresh,
            CarbonIntensitySource fallback,
            Consumer<String> warnings,
            LongSupplier nanoTime,
            Clock clock,
            DoubleSupplier random) {
        this.id = id;
        this.feed = feed;
        this.fallback = fallback;
        this.pace = new Pace(refresh, random);
        this.warnings = warnings;
        this.nanoTime = nanoTime;
        this.clock = clock;
    }

    @Override
    public CarbonIntensity current() {
        Answer answer = latest;
        return answer != null && holds(answer) ? answer.intensity() : fallback.current();
    }

    @Override
    public CarbonIntensity described() {
        Answer answer = latest;
        Feed asked = answer == null
                ? new Feed(id, "", "", Double.NaN, failures.get())
                : new Feed(
                        id, answer.intensity().zone(), answer.intensity().source(), ageSeconds(answer), failures.get());
        return (answer != null && holds(answer) ? answer.intensity() : fallback.current()).with(asked);
    }

    private boolean holds(Answer answer) {
        return nanoTime.getAsLong() - answer.nanos() <= HOLDS.toNanos();
    }

    private double ageSeconds(Answer answer) {
        return Math.max(0, nanoTime.getAsLong() - answer.nanos()) / 1e9;
    }

    /**
     * Asks once. Never throws for what the feed or its server does.
     *
     * @return after how long to ask again
     */
    public Duration refresh() {
        long nanos = nanoTime.getAsLong();
        try {
            IntensityFeed.Told told = feed.ask();
            CarbonIntensity intensity = told.intensity();
            if (!Plausible.isGrid(intensity.gramsPerKwh())) {
                throw new FeedException(Kind.IMPLAUSIBLE, "no grid has " + intensity.gramsPerKwh() + " g/kWh");
            }
            latest = new Answer(intensity, nanos - age(told.of()).toNanos());
            trouble = "";
            toldOfEnd = false;
            return pace.afterSuccess();
        } catch (FeedException e) {
            return failed(e.kind(), String.valueOf(e.getMessage()), e.retryAfterSeconds());
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                return pace.afterNothingNew(); // the meter is being closed: nobody's failure
            }
            return failed(Kind.UNAVAILABLE, feed.where() + " does not answer (" + shortly(e) + ")", 0);
        } catch (NoClassDefFoundError e) {
            return failed(Kind.KEY, "Gson is missing on the class path (com.google.code.gson:gson)", 0);
        } catch (RuntimeException e) {
            // Its message may hold anything, a header's value for instance.
            return failed(Kind.IMPLAUSIBLE, "asking failed with " + e.getClass().getSimpleName(), 0);
        }
    }

    /** Of a server that repeats an old figure its age is that of the figure, not of the asking. */
    private Duration age(@Nullable Instant of) throws FeedException {
        Duration age = of == null ? Duration.ZERO : Duration.between(of, clock.instant());
        if (age.compareTo(HOLDS) > 0) {
            throw new FeedException(
                    Kind.UNAVAILABLE,
                    feed.where() + " tells a figure of " + of + ", more than " + HOLDS.toHours()
                            + " hours ago by the clock of this machine");
        }
        return age.isNegative() ? Duration.ZERO : age;
    }

    private static String shortly(IOException e) {
        String message = e.getMessage();
        String name = e.getClass().getSimpleName();
        return message == null ? name : name + ": " + message;
    }

    private Duration failed(Kind kind, String message, long retryAfterSeconds) {
        trouble = message;
        if (kind == Kind.NOT_YET) {
            return pace.afterNothingNew();
        }
        failures.incrementAndGet();
        Answer answer = latest;
        boolean ended = answer != null && !holds(answer);
        if (told.add(kind) || (ended && !toldOfEnd)) {
            toldOfEnd = ended;
            warnings.accept("carbon.source=" + id + ": " + message + "; " + inForce(answer)
                    + "; it is asked again, further failures of this kind are not logged");
        }
        return kind == Kind.KEY ? pace.afterRefusal(retryAfterSeconds) : pace.afterFailure(retryAfterSeconds);
    }

    private String inForce(@Nullable Answer answer) {
        CarbonIntensity now = current();
        String figure = now.gramsPerKwh() + " g/kWh of zone " + now.zone() + " (" + now.source() + ")";
        return answer == null || !holds(answer)
                ? figure + " is used until it tells a figure"
                : "its latest figure, " + figure + ", is used for up to " + HOLDS.toHours() + " hours";
    }

    /** Returns lines for a person: what is in force by whom, how old, and what goes wrong. */
    public List<String> findings() {
        List<String> findings = new ArrayList<>();
        Answer answer = latest;
        String head = "carbon.source=" + id + ": ";
        if (answer != null && holds(answer)) {
            findings.add(head + answer.intensity().gramsPerKwh() + " g CO2e/kWh of zone "
                    + answer.intensity().zone() + " is in force, " + Math.round(ageSeconds(answer))
                    + " s old; it wins over the table; " + answer.intensity().citation());
        } else if (answer != null) {
            findings.add(head + "its latest figure is older than " + HOLDS.toHours()
                    + " hours, so that of the table or the settings is in force");
        } else {
            findings.add(head + "is asked while a meter runs, at " + feed.where()
                    + "; it has told no figure yet, so that of the table or the settings is in force");
        }
        if (!feed.caution().isEmpty()) {
            findings.add(head + feed.caution());
        }
        String wrong = trouble;
        if (!wrong.isEmpty()) {
            findings.add(head + wrong);
        }
        return findings;
    }
}
