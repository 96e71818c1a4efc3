package io.inferwatt.agent.instrumentation.djl;

import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.Outcome;
import java.util.Comparator;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Passes on the outputs of a prediction, and tells when they are computed and when they end. */
final class WatchedOutputs<T> implements Spliterator<T> {

    private final Spliterator<T> outputs;
    private final DjlStream prediction;

    private WatchedOutputs(Spliterator<T> outputs, DjlStream prediction) {
        this.outputs = outputs;
        this.prediction = prediction;
    }

    static <T> Stream<T> of(Stream<T> outputs, DjlStream prediction) {
        Closing closing = new Closing(outputs, prediction);
        boolean parallel = outputs.isParallel();
        return StreamSupport.stream(new WatchedOutputs<>(outputs.spliterator(), prediction), parallel)
                .onClose(closing);
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
        InferenceCall part = prediction.attach();
        Outcome outcome = Outcome.ERROR;
        try {
            boolean more = outputs.tryAdvance(action);
            outcome = more ? null : Outcome.OK;
            return more;
        } finally {
            worked(part, outcome);
        }
    }

    @Override
    public void forEachRemaining(Consumer<? super T> action) {
        InferenceCall part = prediction.attach();
        Outcome outcome = Outcome.ERROR;
        try {
            outputs.forEachRemaining(action);
            outcome = Outcome.OK;
        } finally {
            worked(part, outcome);
        }
    }

    /** @param outcome null if there is more to come */
    private void worked(@Nullable InferenceCall part, @Nullable Outcome outcome) {
        DjlCalls.CALLS.finish(part, Outcome.OK);
        if (outcome != null) {
            prediction.end(outcome);
        }
    }

    /** Outputs depend on those before them. */
    @Override
    public @Nullable Spliterator<T> trySplit() {
        return null;
    }

    @Override
    public long estimateSize() {
        return outputs.estimateSize();
    }

    @Override
    public int characteristics() {
        return outputs.characteristics();
    }

    @Override
    public Comparator<? super T> getComparator() {
        return outputs.getComparator();
    }

    /** Closes what is watched; before its end that is the reader's decision. */
    private record Closing(Stream<?> outputs, DjlStream prediction) implements Runnable {

        @Override
        public void run() {
            try {
                outputs.close();
            } finally {
                prediction.end(Outcome.CANCELLED);
            }
        }
    }
}
