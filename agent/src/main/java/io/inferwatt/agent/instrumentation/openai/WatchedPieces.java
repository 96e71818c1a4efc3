package io.inferwatt.agent.instrumentation.openai;

import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.agent.instrumentation.ThreadWork;
import java.util.Comparator;
import java.util.Spliterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Passes on the pieces of an answer, takes note of what they tell, and of their end. */
final class WatchedPieces<T> implements Spliterator<T> {

    private final Spliterator<T> pieces;
    private final OpenAiCall call;

    WatchedPieces(Spliterator<T> pieces, OpenAiCall call) {
        this.pieces = pieces;
        this.call = call;
    }

    /** The thread works for the call only until there is a piece: what the reader does with it is its own. */
    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
        Piece<T> piece = new Piece<>();
        if (!read(piece)) {
            return false;
        }
        call.heardPiece(piece.value);
        action.accept(piece.value);
        return true;
    }

    private boolean read(Piece<T> piece) {
        ThreadWork work = call.call.attachThread();
        boolean more = false;
        Throwable failed = null;
        try {
            more = pieces.tryAdvance(piece);
            return more;
        } catch (RuntimeException | Error thrown) {
            failed = thrown;
            throw thrown;
        } finally {
            RemoteCall.detachThread(work);
            if (!more) {
                call.finish(failed);
            }
        }
    }

    /** Pieces come one after the other. */
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
    public Comparator<? super T> getComparator() {
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
}
