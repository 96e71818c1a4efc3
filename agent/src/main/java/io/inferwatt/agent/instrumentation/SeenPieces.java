package io.inferwatt.agent.instrumentation;

import io.inferwatt.core.call.Outcome;
import java.util.Comparator;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Passes on the pieces of a streamed answer as they are read, and takes note of them and of their end. A reader that fails on a
 * piece, or closes the stream before its end, has cancelled the call.
 */
public final class SeenPieces<T> implements Spliterator<T> {

    private final Spliterator<T> pieces;
    private final RemoteCall call;
    private final RemoteCall.Answer<? super T> heard;

    private SeenPieces(Spliterator<T> pieces, RemoteCall call, RemoteCall.Answer<? super T> heard) {
        this.pieces = pieces;
        this.call = call;
        this.heard = heard;
    }

    /**
     * Returns a stream for the application: all of the given one, and nothing before it is asked for.
     *
     * @param call detached
     * @param heard told of each piece before the application gets it
     */
    public static <T> Stream<T> of(Stream<T> pieces, RemoteCall call, RemoteCall.Answer<? super T> heard) {
        boolean parallel = pieces.isParallel();
        return StreamSupport.stream(new SeenPieces<>(pieces.spliterator(), call, heard), parallel)
                .onClose(new Closing(pieces, call));
    }

    /** The thread works for the call only until there is a piece: what the reader does with it is its own. */
    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
        Piece<T> piece = new Piece<>();
        if (!read(piece)) {
            return false;
        }
        call.hear(piece.value, heard);
        boolean taken = false;
        try {
            action.accept(piece.value);
            taken = true;
        } finally {
            if (!taken) {
                call.finish(Outcome.CANCELLED);
            }
        }
        return true;
    }

    private boolean read(Piece<T> piece) {
        ThreadWork work = call.attachThread();
        boolean more = false;
        Throwable failed = null;
        try {
            more = pieces.tryAdvance(piece);
            return more;
        } catch (Throwable thrown) {
            failed = thrown;
            throw thrown;
        } finally {
            RemoteCall.detachThread(work);
            if (!more) {
                call.finish(failed);
            }
        }
    }

    /** They come in order. */
    @Override
    public @Nullable Spliterator<T> trySplit() {
        return null;
    }

    @Override
    public long estimateSize() {
        return pieces.estimateSize();
    }

    @Override
    public int characteristics() {
        return pieces.characteristics();
    }

    @Override
    public @Nullable Comparator<? super T> getComparator() {
        return pieces.getComparator();
    }

    private static final class Piece<T> implements Consumer<T> {

        @Nullable
        T value;

        @Override
        public void accept(T read) {
            value = read;
        }
    }

    /** Told first, since whoever reads meanwhile will fail. */
    private record Closing(Stream<?> pieces, RemoteCall call) implements Runnable {

        @Override
        public void run() {
            call.finish(Outcome.CANCELLED);
            pieces.close();
        }
    }
}
