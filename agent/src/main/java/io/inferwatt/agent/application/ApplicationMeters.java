package io.inferwatt.agent.application;

import io.inferwatt.core.thread.SteadyThread;
import io.inferwatt.exporters.application.ForwardingRegistry;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Puts the meters into the registries of the application's Micrometer, as these come up, on a daemon thread of its own: filters and
 * registries are code of the application, which may wait for anything. {@link #livesIn} is for any thread.
 */
public final class ApplicationMeters {

    /** Values wait no longer than this. */
    private static final long FORWARD_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** A registry comes up once; who looks at its figures usually does so every 15 s or more, and must find new models there. */
    private static final int FORWARDS_A_LOOK = 4;

    private static final LivingCopies METRICS = new LivingCopies("io.micrometer.core.instrument.Metrics");

    private final ForwardingRegistry meters;
    private final Runnable refresh;
    private final Consumer<String> log;
    private final List<WeakReference<Class<?>>> known = new ArrayList<>();
    private boolean failed;

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

    /** Starts the thread, and tells {@code ownThreads} of it: its work is the meter's own. */
    public void start(Consumer<Thread> ownThreads) {
        Thread thread = new SteadyThread("inferwatt-application", this::run);
        // What it runs is the application's, which may look for its own classes through it.
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        ownThreads.accept(thread);
        thread.start();
    }

    private void run() {
        for (int turn = 0; ; turn++) {
            try {
                if (turn % FORWARDS_A_LOOK == 0) {
                    look();
                }
                meters.forward();
            } catch (Throwable broken) {
                tell(broken);
            }
            LockSupport.parkNanos(FORWARD_NANOS);
        }
    }

    private void tell(Throwable broken) {
        if (!failed) {
            failed = true;
            log.accept("export.application: failed (" + broken + "); tried again, further failures are not logged");
        }
    }

    /** Looks for new registries, lets go of old ones, and refreshes the meters if there are any. One thread. */
    public void look() {
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
    }

    private void add(Class<?> metrics) {
        if (MicrometerCopy.of(metrics).isEmpty()) {
            log.accept("export.application: the application's Micrometer is older than 1.5 or otherwise unusual; its"
                    + " registry is left alone");
            return;
        }
        long before = meters.failures();
        meters.add(new ApplicationMicrometer(metrics));
        long refused = meters.failures() - before;
        log.accept("export.application: the meters are in the application's global registry of Micrometer as well"
                + (refused == 0 ? "" : ", but for " + refused + " that it refused"));
    }
}
