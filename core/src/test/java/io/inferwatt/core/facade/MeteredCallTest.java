package io.inferwatt.core.facade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where there is no agent, and one that takes notes; with the real one it is tested by the module that packages it. */
class MeteredCallTest {

    @Test
    void withoutAnAgent_nothingHappens() {
        try (MeteredCall first = MeteredCall.begin("model");
                MeteredCall second = MeteredCall.begin("model", 8, 2)) {
            first.failed(new IllegalStateException());
            assertThat(first).as("one object for all calls").isSameAs(second);
        }
    }

    @Test
    void withAnAgent_itIsToldTheBegin_andTheEndWithWhatFailed() {
        List<String> told = new ArrayList<>();
        List<@Nullable Throwable> ends = new ArrayList<>();
        IllegalStateException failure = new IllegalStateException();
        for (boolean fails : new boolean[] {false, true}) {
            try (MeteredCall call = MeteredCall.begin(
                    (model, counts) -> {
                        told.add(model + Arrays.toString(counts));
                        return ends::add;
                    },
                    "model",
                    8,
                    2)) {
                if (fails) {
                    call.failed(failure);
                }
                assertThat(ends).hasSize(fails ? 1 : 0);
            }
        }

        assertThat(told).containsExactly("model[8, 2]", "model[8, 2]");
        assertThat(ends).containsExactly(null, failure);
    }
}
