package io.inferwatt.exporters.live;

import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.core.report.MeterSnapshot.DomainTotals;
import io.inferwatt.exporters.live.Live.History;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Power of the last {@value #KEPT_SECONDS} seconds, one point for each snapshot that somebody brings. Has no thread of its own: moments
 * that nobody saw are missing, and are told as such. Safe from all threads; holds at most {@value #MOST_POINTS} points.
 */
final class PowerHistory {

    static final int KEPT_SECONDS = 300;
    static final int MOST_POINTS = 330;

    /** Snapshots come once a second, so that over less than this one of them more or less would show. */
    private static final double LEAST_MODEL_SECONDS = 4.5;

    /** The mean over a longer time is not what is drawn now. */
    private static final double MOST_MODEL_SECONDS = 30;

    private static final double LEAST_OWN_SECONDS = 9.5;
    private static final double MOST_OWN_SECONDS = 60.5;

    private final Deque<Point> points = new ArrayDeque<>();

    /** Power at one moment; {@code seconds} is wall-clock time of the newest reading. */
    private record Point(
            double seconds,
            Map<String, Double> watts,
            double modelJoules,
            double modelWatts,
            double modelSeconds,
            double ownJoules,
            double ownCpuSeconds) {}

    /** A mean over some time, NaN where it was too short. */
    record Mean(double value, double seconds) {

        static final Mean UNKNOWN = new Mean(Double.NaN, Double.NaN);
    }

    /** Adds what a snapshot tells, once. */
    synchronized void add(MeterSnapshot snapshot) {
        double seconds = 0;
        double modelJoules = 0;
        Map<String, Double> watts = new TreeMap<>();
        for (DomainTotals domain : snapshot.domains()) {
            seconds = Math.max(seconds, domain.lastSuccessEpochSeconds());
            modelJoules += domain.modelJoules();
            if (domain.speaking()) { // one that does not know its power makes the sum unknown
                watts.merge(domain.domain().component().label(), domain.watts(), Double::sum);
            }
        }
        Point last = points.peekLast();
        if (seconds <= 0 || (last != null && seconds == last.seconds)) {
            return;
        }
        if (last != null && seconds < last.seconds) {
            points.clear(); // the clock was put back
        }
        Mean models = modelWatts(seconds, modelJoules);
        points.addLast(new Point(
                seconds,
                watts,
                modelJoules,
                models.value,
                models.seconds,
                snapshot.own().joules(),
                snapshot.own().cpuSeconds()));
        while (points.size() > MOST_POINTS || points.getFirst().seconds < seconds - KEPT_SECONDS) {
            points.removeFirst();
        }
    }

    private Mean modelWatts(double seconds, double modelJoules) {
        for (Iterator<Point> newestFirst = points.descendingIterator(); newestFirst.hasNext(); ) {
            Point past = newestFirst.next();
            double over = seconds - past.seconds;
            if (over > MOST_MODEL_SECONDS) {
                break;
            }
            if (over >= LEAST_MODEL_SECONDS) {
                return new Mean(Math.max(0, modelJoules - past.modelJoules) / over, over);
            }
        }
        return Mean.UNKNOWN;
    }

    /** Returns the power that is attributed to model calls, above idle. */
    synchronized Mean modelWatts() {
        Point last = points.peekLast();
        return last == null ? Mean.UNKNOWN : new Mean(last.modelWatts, last.modelSeconds);
    }

    /** Returns the power of the meter's own threads. */
    synchronized Mean ownWatts() {
        Point since = ownSince();
        Point last = points.peekLast();
        return since == null || last == null
                ? Mean.UNKNOWN
                : new Mean(
                        (last.ownJoules - since.ownJoules) / (last.seconds - since.seconds),
                        last.seconds - since.seconds);
    }

    /** Returns the processor cores that the meter's own threads keep busy. */
    synchronized Mean ownCores() {
        Point since = ownSince();
        Point last = points.peekLast();
        return since == null || last == null
                ? Mean.UNKNOWN
                : new Mean(
                        (last.ownCpuSeconds - since.ownCpuSeconds) / (last.seconds - since.seconds),
                        last.seconds - since.seconds);
    }

    private @Nullable Point ownSince() {
        Point last = points.peekLast();
        for (Point past : points) {
            double over = last == null ? 0 : last.seconds - past.seconds;
            if (over <= MOST_OWN_SECONDS) {
                return over >= LEAST_OWN_SECONDS ? past : null;
            }
        }
        return null;
    }

    synchronized History history() {
        List<Long> times = new ArrayList<>(points.size());
        List<Double> models = new ArrayList<>(points.size());
        Map<String, List<Double>> watts = new TreeMap<>();
        for (Point point : points) {
            point.watts.keySet().forEach(component -> watts.computeIfAbsent(component, ignored -> new ArrayList<>()));
        }
        for (Point point : points) {
            times.add(Math.round(point.seconds * 1000));
            models.add(point.modelWatts);
            watts.forEach((component, of) -> of.add(point.watts.getOrDefault(component, Double.NaN)));
        }
        return new History(times, watts, models);
    }
}
