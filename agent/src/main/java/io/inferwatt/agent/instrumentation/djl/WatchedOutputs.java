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

    /** The thread works for the prediction only until there is an output: what the reader does with it is its own. */
    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
        Output<T> output = new Output<>();
        if (!compute(output)) {
            return false;
        }
        boolean taken = false;
        try {
            action.accept(output.value);
            taken = true;
        } finally {
            if (!taken) {
                prediction.end(Outcome.CANCELLED);
            }
        }
        return true;
    }

    private boolean compute(Output<T> output) {
        InferenceCall part = prediction.attach();
        Outcome outcome = Outcome.ERROR;
        try {
            boolean more = outputs.tryAdvance(output);
            outcome = more ? null : Outcome.OK;
            return more;
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

    private static final class Output<T> implements Consumer<T> {

        @Nullable
        T value;

        @Override
        public void accept(T computed) {
            value = computed;
        }
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
