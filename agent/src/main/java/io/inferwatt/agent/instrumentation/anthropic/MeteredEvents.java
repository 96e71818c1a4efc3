package io.inferwatt.agent.instrumentation.anthropic;

import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.agent.instrumentation.ThreadWork;
import io.inferwatt.core.call.Outcome;
import java.util.Comparator;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Passes on the events of a message as they are read, and tells of them and of their end. */
final class MeteredEvents<E> implements Spliterator<E> {

    private final Spliterator<E> events;
    private final RemoteCall call;
    private final StreamedMessage message;

    private MeteredEvents(Spliterator<E> events, RemoteCall call, StreamedMessage message) {
        this.events = events;
        this.call = call;
        this.message = message;
    }

    static <E> Stream<E> of(Stream<E> events, RemoteCall call, StreamedMessage message) {
        boolean parallel = events.isParallel();
        return StreamSupport.stream(new MeteredEvents<>(events.spliterator(), call, message), parallel)
                .onClose(new Closing(events, call));
    }

    /** The thread works for the call only until there is an event: what the reader does with it is its own. */
    @Override
    public boolean tryAdvance(Consumer<? super E> action) {
        Event<E> event = new Event<>();
        if (!read(event)) {
            return false;
        }
        message.accept(event.value);
        boolean taken = false;
        try {
            action.accept(event.value);
            taken = true;
        } finally {
            if (!taken) {
                call.finish(Outcome.CANCELLED);
            }
        }
        return true;
    }

    private boolean read(Event<E> event) {
        ThreadWork work = call.attachThread();
        Outcome outcome = Outcome.ERROR;
        try {
            boolean more = events.tryAdvance(event);
            outcome = more ? null : Outcome.OK;
            return more;
        } finally {
            RemoteCall.detachThread(work);
            if (outcome != null) {
                call.finish(outcome);
            }
        }
    }

    /** They come in order. */
    @Override
    public @Nullable Spliterator<E> trySplit() {
        return null;
    }

    @Override
    public long estimateSize() {
        return events.estimateSize();
    }

    @Override
    public int characteristics() {
        return events.characteristics();
    }

    @Override
    public @Nullable Comparator<? super E> getComparator() {
        return events.getComparator();
    }

    private static final class Event<E> implements Consumer<E> {

        @Nullable
        E value;

        @Override
        public void accept(E read) {
            value = read;
        }
    }

    private record Closing(Stream<?> events, RemoteCall call) implements Runnable {

        @Override
        public void run() {
            try {
                events.close();
            } finally {
                call.finish(Outcome.CANCELLED);
            }
        }
    }
}
