package io.inferwatt.agent.instrumentation.langchain4j;

import io.inferwatt.core.call.DetachedCall;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** What is remembered of an embedding model. Lock-free. */
final class KnownModel {

    /** Passes calls on to another model, which is metered instead. */
    static final int NOT_METERED = -1;

    final int key;

    /** Whether calls may wait for the threads of its pool, since those are seen at work. */
    final boolean poolIsSeen;

    /** Where it asks, if it is the client of a remote model: then it has no key. */
    final @Nullable RemoteModel remote;

    /** Segments given to the model's pool, oldest first; pools take them in about this order, so that a look-up is short. */
    private final Queue<SegmentTask> waiting = new ConcurrentLinkedQueue<>();

    KnownModel(int key, boolean poolIsSeen) {
        this(key, poolIsSeen, null);
    }

    private KnownModel(int key, boolean poolIsSeen, @Nullable RemoteModel remote) {
        this.key = key;
        this.poolIsSeen = poolIsSeen;
        this.remote = remote;
    }

    static KnownModel client(RemoteModel remote) {
        return new KnownModel(NOT_METERED, false, remote);
    }

    SegmentTask wait(DetachedCall call, @Nullable Object segment) {
        SegmentTask task = new SegmentTask(this, call, segment);
        call.hold();
        waiting.add(task);
        return task;
    }

    /**
     * Returns a task of this segment and takes it off, or null if there is none. Where two calls at once have the very same
     * segment either may get the work of the other, which is as much.
     */
    @Nullable
    SegmentTask take(@Nullable Object segment) {
        Iterator<SegmentTask> tasks = waiting.iterator();
        while (tasks.hasNext()) {
            SegmentTask task = tasks.next();
            if (task.isDropped() || !task.call.inFlight()) {
                drop(task);
            } else if (task.isOf(segment) && waiting.remove(task)) {
                return task;
            }
        }
        return null;
    }

    /** Forgets a task that will never run, or whose call was given up. */
    void drop(SegmentTask task) {
        if (waiting.remove(task)) {
            task.call.release();
        }
    }
}
