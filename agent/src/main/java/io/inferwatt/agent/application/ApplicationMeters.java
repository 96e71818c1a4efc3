package io.inferwatt.agent.application;

import io.inferwatt.exporters.application.ForwardingRegistry;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Puts the meters into the registries of the application's Micrometer, as these come up. {@link #livesIn} is for any thread,
 * {@link #look} for one.
 */
public final class ApplicationMeters {

    /** A registry comes up once; who looks at its figures usually does so every 15 s or more, and must find new models there. */
    private static final Duration LOOK = Duration.ofSeconds(2);

    private static final LivingCopies METRICS = new LivingCopies("io.micrometer.core.instrument.Metrics");

    private final ForwardingRegistry meters;
    private final Runnable refresh;
    private final Consumer<String> log;
    private final List<WeakReference<Class<?>>> known = new ArrayList<>();

    /**
     * Makes one that has found none yet.
     *
     * @param refresh brings the meters up to date, and makes those of models that are new
     * @param log takes a line for each registry that is found
     */
    public ApplicationMeters(ForwardingRegistry meters, Runnable refresh, Consumer<String> log) {
        this.meters = meters;
        this.refresh = refresh;
        this.log = log;
    }

    /** Tells that a copy of Micrometer is being used, and where its classes are; held weakly. */
    public static void livesIn(ClassLoader loader) {
        METRICS.livesIn(loader);
    }

    /** Forgets where it lives; what has the meters keeps them. */
    public static void forget() {
        METRICS.forget();
    }

    /**
     * Looks for new registries, lets go of old ones, and refreshes the meters if there are any.
     *
     * @return after how long to look again
     */
    public Duration look() {
        known.removeIf(each -> each.refersTo(null));
        meters.removeGone();
        for (int i = 0; i < METRICS.count(); i++) {
            Class<?> metrics = METRICS.get(i);
            if (metrics != null && known.stream().noneMatch(each -> each.refersTo(metrics))) {
                known.add(new WeakReference<>(metrics));
                add(metrics);
            }
        }
        if (!known.isEmpty()) {
            refresh.run();
        }
        return LOOK;
    }

    private void add(Class<?> metrics) {
        if (MicrometerCopy.of(metrics).isPresent()) {
            meters.add(new ApplicationMicrometer(metrics));
            log.accept("export.application: the meters are in the application's global registry of Micrometer as well");
        } else {
            log.accept(
                    "export.application: the application's Micrometer is older than 1.5 or otherwise unusual; its registry is left"
                            + " alone");
        }
    }
}
