package io.inferwatt.agent.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class NoInferenceTest {

    @Test
    void nestedWork_isOverWhenTheOutermostEnds() {
        assertThat(NoInference.isOn()).isFalse();
        Object outer = NoInference.begin();
        Object inner = NoInference.begin();
        assertThat(NoInference.isOn()).isTrue();

        NoInference.end(inner);
        assertThat(NoInference.isOn()).isTrue();

        NoInference.end(outer);
        assertThat(NoInference.isOn()).isFalse();
    }

    @Test
    void otherThreads_areNotInTheWork() {
        Object begun = NoInference.begin();
        try {
            assertThat(CompletableFuture.supplyAsync(NoInference::isOn).join()).isFalse();
        } finally {
            NoInference.end(begun);
        }
    }

    @Test
    void whatNeverBegan_endsNothing() {
        Object begun = NoInference.begin();
        NoInference.end(null);
        assertThat(NoInference.isOn()).isTrue();

        NoInference.end(begun);
        assertThat(NoInference.isOn()).isFalse();
    }
}
