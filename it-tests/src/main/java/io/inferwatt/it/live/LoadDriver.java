package io.inferwatt.it.live;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Advances the counter of a zone by what a {@link PowerLaw} says of the processor time that the kernel accounts to threads
 * and processes, and keeps the true joules of each. It knows nothing of a meter.
 *
 * <p>Where the kernel offers no {@linkplain PerfClock exact clock}, its account of a thread that runs is up to some milliseconds behind, and so
 * is the counter; nothing is lost.
 */
public final class LoadDriver implements AutoCloseable {

    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /**
     * The models are looked at in each step, all else in every so many: some 30 threads, and the machine's account. This way it takes some
     * 5 % of a processor, which is the other processes' load.
     */
    private static final int REST_EVERY = 4;

    /** A step of 10 ms is spread over some 30 ms. */
    private static final double NEWEST_OF_OTHERS = 1.0 / 32;

    /** Idle is spread over what worked in the same window: over less than a meter's tick it would follow single threads. */
    private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final PowerLaw law;
    private final FakeZone.Needle needle;
    private final CpuFile stat;
    private final long startNanos = System.nanoTime();
    private final long busyBefore;
    private final Thread thread = new Thread(this::run, "load-driver");
    private final List<TrueEnergy> history = Collections.synchronizedList(new ArrayList<>());
    private volatile @Nullable ProcessWork process;
    private volatile @Nullable IOException failure;
    private volatile boolean closing;

    private final long[] nanos;
    private final double[] models;
    private final double[] idleShares;
    private long steps;
    private long busyNanos;
    private double runtime;
    private double other;
    private TrueEnergy windowBegin;
    private long windowBeginNanos = startNanos;

    private LoadDriver(PowerLaw law, FakeZone.Needle needle) throws IOException {
        this.law = law;
        this.needle = needle;
        this.stat = CpuFile.open(Path.of("/proc/stat"));
        this.busyBefore = stat.busyNanos();
        this.nanos = new long[law.modelWatts().size()];
        this.models = new double[nanos.length];
        this.idleShares = new double[nanos.length];
        this.windowBegin = now(0);
        history.add(windowBegin);
        thread.setDaemon(true);
    }

    /** Starts with what idles and what all processes do. */
    public static LoadDriver start(PowerLaw law, FakeZone zone) throws IOException {
        LoadDriver driver = new LoadDriver(law, zone.needle());
        driver.thread.start();
        return driver;
    }

    /** Tells the application apart from the other processes from now on. */
    void follow(long pid) {
        process = new ProcessWork(pid);
    }

    /** Tells the models apart from the rest of the application from now on. */
    void assign(List<ModelThread> threads, CallBoard board) {
        ProcessWork followed = process;
        if (followed == null) {
            throw new IllegalStateException("which process?");
        }
        synchronized (this) {
            followed.assign(threads, board);
        }
    }

    private void run() {
        try {
            while (!closing) {
                synchronized (this) {
                    step(System.nanoTime());
                }
                LockSupport.parkNanos(STEP_NANOS);
            }
        } catch (IOException broken) {
            failure = broken;
        }
    }

    /** What is the difference of two clocks wavers; each cause has the highest joules that it ever had. */
    private void step(long nowNanos) throws IOException {
        boolean restToo = steps++ % REST_EVERY == 0;
        if (restToo) {
            busyNanos = stat.busyNanos() - busyBefore;
        }
        ProcessWork followed = process;
        Arrays.fill(nanos, 0);
        long total = 0;
        if (followed != null) {
            followed.read(restToo);
            followed.addModelsTo(nanos);
            total = followed.totalNanos();
        }
        long rest = total;
        for (int i = 0; i < models.length; i++) {
            rest -= nanos[i];
            models[i] = Math.max(models[i], law.modelWatts().get(i) * nanos[i] / 1e9);
        }
        runtime = Math.max(runtime, law.restWatts() * rest / 1e9);
        // The machine's account has steps of 10 ms, power has none.
        other += Math.max(0, law.othersWatts() * (busyNanos - total) / 1e9 - other) * NEWEST_OF_OTHERS;
        TrueEnergy now = now(law.idleWatts() * (nowNanos - startNanos) / 1e9);
        if (nowNanos - windowBeginNanos >= WINDOW_NANOS) {
            now = spreadIdle(now);
            windowBegin = now;
            windowBeginNanos = nowNanos;
        }
        needle.show(Math.round(now.total() * 1e6));
        history.add(now);
    }

    private TrueEnergy spreadIdle(TrueEnergy now) {
        double dynamic = now.dynamic() - windowBegin.dynamic();
        if (dynamic > 0) {
            double idlePerJoule = (now.idle() - windowBegin.idle()) / dynamic;
            for (int i = 0; i < models.length; i++) {
                idleShares[i] +=
                        idlePerJoule * (models[i] - windowBegin.models().get(i));
            }
        }
        return now(now.idle());
    }

    private TrueEnergy now(double idle) {
        Instant instant = Instant.now();
        double epochSeconds = instant.getEpochSecond() + instant.getNano() / 1e9;
        return new TrueEnergy(epochSeconds, boxed(models), boxed(idleShares), runtime, other, idle);
    }

    private static List<Double> boxed(double[] values) {
        List<Double> boxed = new ArrayList<>();
        for (double value : values) {
            boxed.add(value);
        }
        return boxed;
    }

    /** Returns what the counter had shown at a moment. */
    TrueEnergy at(double epochSeconds) throws IOException {
        IOException broken = failure;
        if (broken != null) {
            throw broken;
        }
        synchronized (history) {
            int i = history.size() - 1;
            while (i > 0 && history.get(i).epochSeconds() > epochSeconds) {
                i--;
            }
            return history.get(i);
        }
    }

    /** Returns whether the counter is driven by clocks that are exact while threads run. */
    public boolean isExact() {
        ProcessWork followed = process;
        synchronized (this) {
            return followed != null && followed.isExact();
        }
    }

    /** Returns by how much processor time the counter was behind when a call ended, call by call. */
    public List<Double> lagsMillis() {
        ProcessWork followed = process;
        synchronized (this) {
            return followed == null ? List.of() : followed.lagsMillis();
        }
    }

    @Override
    public void close() throws IOException {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        ProcessWork followed = process;
        if (followed != null) {
            followed.close();
        }
        needle.close();
        stat.close();
    }
}
