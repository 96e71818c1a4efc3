package io.inferwatt.core.call;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whose tokens count where a call tells those of its answer, and calls inside it that went on elsewhere tell the same ones: of the
 * side that tells first. Safe from all threads; never waits.
 */
final class FirstWord {

    private static final int NOBODY = 0;
    private static final int OUTSIDE = 1;
    private static final int INSIDE = 2;

    private final AtomicInteger told = new AtomicInteger(NOBODY);

    /** Tells that the outer call knows its tokens; returns whether they count. */
    boolean outside() {
        return told.compareAndSet(NOBODY, OUTSIDE) || told.get() == OUTSIDE;
    }

    /** Tells that a call inside knows its tokens; returns whether they count, as those of all inside then do. */
    boolean inside() {
        return told.compareAndSet(NOBODY, INSIDE) || told.get() == INSIDE;
    }
}
