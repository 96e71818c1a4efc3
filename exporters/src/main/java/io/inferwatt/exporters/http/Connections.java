package io.inferwatt.exporters.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All open connections. When there are too many, the one that has not moved for the longest time gives way: clients that only
 * hang around never keep out one that has something to ask. Used by the loop's thread alone.
 */
final class Connections {

    private final Limits limits;
    private final List<Connection> open = new ArrayList<>();
    private volatile int count;

    Connections(Limits limits) {
        this.limits = limits;
    }

    /** Returns whether one more could be let in: all are not busy with being answered. */
    boolean couldMakeRoom() {
        return open.size() < limits.connections()
                || open.stream().anyMatch(connection -> connection.isClosed() || connection.waitsForClient());
    }

    /** Returns whether there is room for one more of this client, which may have cost another its place. */
    boolean makeRoom(Object client) {
        open.removeIf(Connection::isClosed);
        Connection oldest = null;
        Connection oldestOfClient = null;
        int ofClient = 0;
        for (Connection connection : open) {
            oldest = older(oldest, connection);
            if (connection.client().equals(client)) {
                ofClient++;
                oldestOfClient = older(oldestOfClient, connection);
            }
        }
        if (ofClient >= limits.connectionsPerClient()) {
            return giveWay(oldestOfClient);
        }
        return open.size() < limits.connections() || giveWay(oldest);
    }

    private static @Nullable Connection older(@Nullable Connection one, Connection other) {
        if (!other.waitsForClient()) {
            return one;
        }
        return one == null || other.movedNanos() - one.movedNanos() < 0 ? other : one;
    }

    private boolean giveWay(@Nullable Connection connection) {
        if (connection == null) {
            return false;
        }
        connection.abort();
        open.remove(connection);
        return true;
    }

    void add(Connection connection) {
        open.add(connection);
        count = open.size();
    }

    /** Returns how many are open; may be called from any thread. */
    int count() {
        return count;
    }

    /** Closes those whose time is over, and returns in how many nanoseconds the next one's is; negative if there is none. */
    long expire(long nowNanos) {
        long next = -1;
        for (Connection connection : open) {
            connection.expire(nowNanos);
            if (!connection.isClosed()) {
                long left = Math.max(0, connection.deadlineNanos() - nowNanos);
                next = next < 0 ? left : Math.min(next, left);
            }
        }
        open.removeIf(Connection::isClosed);
        count = open.size();
        return next;
    }

    void closeAll() {
        open.forEach(Connection::abort);
        open.clear();
        count = 0;
    }
}
