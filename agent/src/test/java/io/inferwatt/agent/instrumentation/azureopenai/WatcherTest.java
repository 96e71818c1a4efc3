package io.inferwatt.agent.instrumentation.azureopenai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/** What the application gets where all that is ours fails: there is no call. */
class WatcherTest {

    private final List<String> got = new ArrayList<>();

    private Watcher<String> watcher(boolean single) {
        return new Watcher<>(new Application(), null, single);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void signals_arePassedOn(boolean single) {
        Watcher<String> watcher = watcher(single);
        watcher.onSubscribe(new Library());
        watcher.onNext("piece");
        watcher.onComplete();

        assertThat(got).containsExactly("subscribed", "piece", "complete");
    }

    @Test
    void failure_isPassedOn() {
        Watcher<String> watcher = watcher(false);
        watcher.onSubscribe(new Library());
        watcher.onError(new IllegalStateException("no such thing"));

        assertThat(got).containsExactly("subscribed", "no such thing");
    }

    @Test
    void cancellation_isPassedOn() {
        Watcher<String> watcher = watcher(false);
        watcher.onSubscribe(new Library());
        watcher.request(3);
        watcher.cancel();

        assertThat(got).containsExactly("subscribed", "request 3", "cancelled");
    }

    private final class Application implements CoreSubscriber<String> {

        @Override
        public void onSubscribe(Subscription subscription) {
            got.add("subscribed");
        }

        @Override
        public void onNext(String piece) {
            got.add(piece);
        }

        @Override
        public void onError(Throwable error) {
            got.add(error.getMessage());
        }

        @Override
        public void onComplete() {
            got.add("complete");
        }
    }

    private final class Library implements Subscription {

        @Override
        public void request(long pieces) {
            got.add("request " + pieces);
        }

        @Override
        public void cancel() {
            got.add("cancelled");
        }
    }
}
