package io.inferwatt.core.sampling;

import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the meter within its share of a processor: where its threads used more over {@value #WINDOW_SECONDS} s, ticks get twice as
 * long, and shorter again, one step at a time, where there is room. The first minute does not count: then code runs that is not
 * compiled yet. Sampler thread only; to be told each second.
 *
 * <p>It never swings: a tick is halved only where the share would stay below {@value #ROOM} of the allowed one even if all that the
 * sampler does were done twice as often, and ever more rarely where that went wrong before. A longer tick that saves little, because
 * requests or scrapes are what costs, is taken back for ten minutes, and for longer each time that helps as little. No tick is made so
 * long that a ring of the recorder could fill up in it; where one does, the tick is taken back within a second.
 */
final class SelfLimiter {

    /** No tick is made longer than this. */
    static final long LONGEST_TICK_NANOS = 1_000_000_000;

    static final int WINDOW_SECONDS = 30;
    static final int START_UP_SECONDS = 60;

    private static final long SECOND = 1_000_000_000;

    private static final double ROOM = 0.7;

    /** A step that leaves more than this part of the share has not helped. */
    private static final double NO_HELP = 0.9;

    /** A ring that is this full at the end of a tick would be too full after twice the time. */
    private static final double MOST_FULL = 0.4;

    private static final int LEAST_PATIENCE = 3;
    private static final int MOST_PATIENCE = 96;

    /** Windows after a step within which the opposite step means that it was wrong, or after which it is first tried again. */
    private static final int MEMORY = 20;

    private static final int LONGEST_RETRY_PAUSE = 16 * MEMORY;

    private final double allowedShare;
    private final Consumer<String> warnings;

    private long startNanos;
    private long windowNanos;
    private @Nullable Used window;
    private double fullestRing;

    private double share = Double.NaN;
    private int doublings;
    private long lengthenings;
    private double shareBeforeLengthening = Double.NaN;
    private long callsBeforeLengthening;
    private int calmWindows;
    private int patience = LEAST_PATIENCE;
    private int windowsSinceShortened = MEMORY;
    private int windowsUntilRetry;
    private int retryPause = MEMORY;
    private boolean toldLonger;
    private boolean toldNoHelp;
    private boolean toldStuck;

    /**
     * What there was so far.
     *
     * @param ownNanos processor time of all threads of the meter
     * @param samplerNanos that of the sampler's thread, part of it
     * @param dropped records that were lost because a ring was full
     * @param calls that have begun
     */
    record Used(long ownNanos, long samplerNanos, long dropped, long calls) {}

    /**
     * Begins without a limit in force.
     *
     * @param allowedShare of one core, 1 for all of it
     * @param warnings receives at most three lines: when ticks first get longer, when that first does not help, and when they first
     *     cannot get longer
     */
    SelfLimiter(double allowedShare, Consumer<String> warnings) {
        this.allowedShare = allowedShare;
        this.warnings = warnings;
    }

    /** Returns a tick that was wanted to be so long, made as long as the limit asks for. */
    long lengthened(long wantedNanos) {
        return Math.max(wantedNanos, Math.min(LONGEST_TICK_NANOS, wantedNanos << doublings));
    }

    /**
     * Takes note of what was used, and changes the length of ticks where a window has passed or records are lost.
     *
     * @param fullest part of a ring that records filled at most in any tick of this second
     * @param busyTickNanos how long a tick would be without limit while calls run
     */
    void secondPassed(long nowNanos, Used used, double fullest, long busyTickNanos) {
        Used before = window;
        if (before == null) {
            startNanos = nowNanos;
            beginWindow(nowNanos, used);
            return;
        }
        fullestRing = Math.max(fullestRing, fullest);
        if (doublings > 0 && used.dropped > before.dropped) {
            shareBeforeLengthening = Double.NaN;
            takeBack(true, busyTickNanos);
            beginWindow(nowNanos, used);
            return;
        }
        long nanos = nowNanos - windowNanos;
        if (nanos < WINDOW_SECONDS * SECOND) {
            return;
        }
        share = (double) (used.ownNanos - before.ownNanos) / nanos;
        double samplerShare = (double) (used.samplerNanos - before.samplerNanos) / nanos;
        if (windowNanos - startNanos >= START_UP_SECONDS * SECOND) {
            judge(samplerShare, used.calls - before.calls, busyTickNanos);
        }
        beginWindow(nowNanos, used);
    }

    private void beginWindow(long nowNanos, Used used) {
        windowNanos = nowNanos;
        window = used;
        fullestRing = 0;
    }

    private void judge(double samplerShare, long calls, long busyTickNanos) {
        windowsSinceShortened = Math.min(MEMORY, windowsSinceShortened + 1);
        windowsUntilRetry = Math.max(0, windowsUntilRetry - 1);
        // Of more calls no tick saves anything: they are allowed for.
        double before = shareBeforeLengthening * Math.max(1, (double) calls / Math.max(1, callsBeforeLengthening));
        shareBeforeLengthening = Double.NaN;
        if (doublings > 0 && share > allowedShare && share > NO_HELP * before) {
            takeBack(false, busyTickNanos);
            return;
        }
        if (share <= NO_HELP * before) {
            retryPause = MEMORY;
        }
        if (share > allowedShare) {
            lengthen(calls, busyTickNanos);
        } else if (doublings > 0 && share + samplerShare < ROOM * allowedShare) {
            calmWindows++;
            if (calmWindows >= patience) {
                shorten();
            }
        } else {
            calmWindows = 0;
        }
    }

    private void lengthen(long calls, long busyTickNanos) {
        calmWindows = 0;
        long old = lengthened(busyTickNanos);
        if (windowsUntilRetry > 0) {
            return;
        }
        if (old >= LONGEST_TICK_NANOS || fullestRing > MOST_FULL) {
            tellStuck(old);
            return;
        }
        // Halved too early: next time wait for longer.
        patience = windowsSinceShortened < MEMORY ? Math.min(MOST_PATIENCE, 2 * patience) : LEAST_PATIENCE;
        shareBeforeLengthening = share;
        callsBeforeLengthening = calls;
        doublings++;
        lengthenings++;
        if (!toldLonger) {
            toldLonger = true;
            warnings.accept(
                    "agent.cpu.max: the meter used " + percent(share) + " of a core in the last " + WINDOW_SECONDS
                            + " s, allowed are " + percent(allowedShare) + "; while models run it now samples every "
                            + millis(lengthened(busyTickNanos)) + " instead of " + millis(old)
                            + ": sums of energy stay exact, how they divide among models and requests gets coarser; further"
                            + " changes are not logged, inferwatt_agent_tick_interval_seconds shows them");
        }
    }

    private void tellStuck(long tickNanos) {
        if (!toldStuck) {
            toldStuck = true;
            warnings.accept(
                    "agent.cpu.max: the meter used " + percent(share) + " of a core in the last " + WINDOW_SECONDS
                            + " s, allowed are " + percent(allowedShare) + "; it goes on sampling every "
                            + millis(tickNanos) + ", since "
                            + (tickNanos >= LONGEST_TICK_NANOS
                                    ? "no tick is made longer than that"
                                    : "records of requests would be lost in longer ticks")
                            + "; allow more, or scrape more rarely; not told again");
        }
    }

    private void takeBack(boolean lost, long busyTickNanos) {
        long old = lengthened(busyTickNanos);
        shorten();
        windowsUntilRetry = retryPause;
        retryPause = Math.min(LONGEST_RETRY_PAUSE, 2 * retryPause);
        if (!toldNoHelp) {
            toldNoHelp = true;
            warnings.accept(
                    "agent.cpu.max: "
                            + (lost
                                    ? "ticks of " + millis(old) + " are too long to keep the record of each request"
                                    : "ticks of " + millis(old) + " save little of the " + percent(share)
                                            + " of a core that the" + " meter uses, requests or scrapes are what costs")
                            + "; it samples every " + millis(lengthened(busyTickNanos))
                            + " again and tries once more in ten minutes, then ever more rarely; further changes are not logged");
        }
    }

    private void shorten() {
        doublings--;
        calmWindows = 0;
        windowsSinceShortened = 0;
    }

    /** Returns the part of one core that the meter used in the last whole window; NaN before there is one. */
    double share() {
        return share;
    }

    double allowedShare() {
        return allowedShare;
    }

    /** Returns how often ticks were made longer. */
    long lengthenings() {
        return lengthenings;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, share < 0.01 ? "%.2f %%" : "%.1f %%", 100 * share);
    }

    private static String millis(long nanos) {
        return Math.round(nanos / 1e6) + " ms";
    }
}
