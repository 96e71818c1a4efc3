package io.inferwatt.core.sampling;

import io.inferwatt.core.call.CallDrain;
import io.inferwatt.core.call.KeyTable;
import io.inferwatt.core.call.LocalServer;
import io.inferwatt.core.host.Listener;
import io.inferwatt.core.host.ListenerSearch;
import io.inferwatt.core.host.ServerAddress;
import io.inferwatt.core.report.MeterSnapshot.LocalServerTotals;
import io.inferwatt.core.report.MeterSnapshot.ServerState;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One address on this machine that calls ask: who asks, and which process listens there. Sampler thread only. */
final class FollowedServer {

    /** While the process is not known it is looked for no more often than this. */
    static final long RETRY_NANOS = 10_000_000_000L;

    /** Where no process holds the port all open files of the machine were looked at: less often from time to time. */
    private static final int MOST_DOUBLINGS = 5;

    private final LocalServer server;
    private final ServerAddress address;
    private final Path procRoot;
    private final Consumer<String> warnings;

    private final int[] seenTimes = new int[KeyTable.CAPACITY];
    private final boolean[] stays = new boolean[KeyTable.CAPACITY];
    private final boolean[] takesPart = new boolean[KeyTable.CAPACITY];
    private final long[] seenBegun = new long[KeyTable.CAPACITY];
    private long calls;
    private long unmeteredCalls;

    private boolean wanted;

    private @Nullable ListenerSearch search;
    private @Nullable Listener found;
    private long searchedNanos;
    private int doublings;
    private boolean told;
    private @Nullable ServerProcess process;
    private double cpuNanos;

    FollowedServer(LocalServer server, Path procRoot, Consumer<String> warnings) {
        this.server = server;
        this.address = ServerAddress.of(server.host());
        this.procRoot = procRoot;
        this.warnings = warnings;
    }

    /** Takes note of which keys have asked since the last look, or are in flight with what they asked before. */
    void lookAtCalls(CallDrain drain) {
        boolean asked = false;
        for (int key = 0; key < drain.keys(); key++) {
            int times = server.timesAsked(key);
            boolean justAsked = times != seenTimes[key];
            asked |= justAsked;
            takesPart[key] = stays[key] || justAsked;
            // A call that has asked but began after the recorder was drained: the next look tells whether it goes on.
            boolean notDrained = justAsked && drain.begun(key) == seenBegun[key];
            stays[key] = takesPart[key] && (notDrained || drain.inFlight(key) > 0);
            seenBegun[key] = drain.begun(key);
            seenTimes[key] = times;
            wanted |= stays[key];
        }
        wanted |= asked;
    }

    /** Returns whether the key is, or was since the last look, in flight with a call that asked here. */
    boolean takesPart(int key) {
        return takesPart[key];
    }

    boolean isOf(LocalServer other) {
        return server == other;
    }

    /** Counts the requests of a call that has ended; returns whether what was drawn for it is known. */
    boolean ended(long requests) {
        boolean metered = process != null || isThisProcess();
        calls += requests;
        unmeteredCalls += metered ? 0 : requests;
        return metered;
    }

    boolean isAsked(int keys) {
        for (int key = 0; key < keys; key++) {
            if (takesPart[key]) {
                return true;
            }
        }
        return false;
    }

    /** Goes on with the search if one is due; returns the process to follow once it is found, else null. */
    @Nullable
    Listener search(int mostFiles, long nowNanos) {
        if (process != null) {
            return null;
        }
        ListenerSearch current = search;
        if (current == null || found != null) {
            if (!wanted || (current != null && nowNanos - searchedNanos < RETRY_NANOS << doublings)) {
                return null;
            }
            current = new ListenerSearch(address, procRoot);
            search = current;
            found = null;
            wanted = false;
        }
        Listener result = current.step(mostFiles);
        found = result;
        if (result == null) {
            return null;
        }
        searchedNanos = nowNanos;
        doublings = result.state() == Listener.State.HIDDEN ? Math.min(MOST_DOUBLINGS, doublings + 1) : 0;
        if (result.state() == Listener.State.FOUND) {
            return result;
        }
        if (!isThisProcess() && !told) {
            told = true;
            warnings.accept(LocalServerLines.of(server.host(), result));
        }
        return null;
    }

    private boolean isThisProcess() {
        return found != null && found.state() == Listener.State.THIS_PROCESS;
    }

    void follow(ServerProcess its) {
        process = its;
    }

    @Nullable
    ServerProcess process() {
        return process;
    }

    /** Returns whether the process that was found listens here still. */
    boolean isStillThere() {
        return search != null && search.isStillHeld();
    }

    /** The process has ended, or listens no more: the next search begins with the next call, at once where one is in flight. */
    void lose() {
        process = null;
        search = null;
        found = null;
        for (boolean inFlight : stays) {
            wanted |= inFlight;
        }
    }

    void close() {
        ListenerSearch underWay = search;
        if (underWay != null) {
            underWay.close();
        }
    }

    void booked(double nanos) {
        cpuNanos += nanos;
    }

    LocalServerTotals totals() {
        ServerProcess its = process;
        Listener last = found;
        ServerState state = its != null
                ? ServerState.METERED
                : isThisProcess()
                        ? ServerState.THIS_PROCESS
                        : last == null ? ServerState.LOOKING : ServerState.NOT_FOUND;
        return new LocalServerTotals(
                server.host(),
                state,
                its == null ? 0 : its.pid(),
                its != null ? its.name() : last == null ? "" : last.name(),
                cpuNanos / 1e9,
                calls,
                unmeteredCalls);
    }
}
