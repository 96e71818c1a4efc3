package io.inferwatt.core.facade;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Where there is no agent; with one it is tested by the module that packages it. */
class MeteredCallTest {

    @Test
    void withoutAnAgent_nothingHappens() {
        try (MeteredCall first = MeteredCall.begin("model");
                MeteredCall second = MeteredCall.begin("model", 8, 2)) {
            first.failed(new IllegalStateException());
            assertThat(first).as("one object for all calls").isSameAs(second);
        }
    }
}
