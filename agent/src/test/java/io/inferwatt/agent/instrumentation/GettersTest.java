package io.inferwatt.agent.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.call.TokenUsage;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GettersTest {

    /** Its class is not public, as providers have them. */
    private static final Object TOLD = new Object() {

        public int seven() {
            return 7;
        }

        public Optional<Long> eight() {
            return Optional.of(8L);
        }

        public Optional<Long> nothing() {
            return Optional.empty();
        }

        public long broken() {
            throw new IllegalStateException();
        }

        long hidden() {
            return 9;
        }

        public String text() {
            return "ten";
        }
    };

    @Test
    void getter_tellsItsValue_eachTimeItIsAsked() {
        for (int time = 0; time < 2; time++) {
            assertThat(Getters.count(TOLD, "seven")).isEqualTo(7);
            assertThat(Getters.count(TOLD, "eight")).isEqualTo(8);
            assertThat(Getters.value(TOLD, "text")).isEqualTo("ten");
        }
    }

    @Test
    void whatIsNotTold_isUnknown_eachTimeItIsAsked() {
        for (int time = 0; time < 2; time++) {
            assertThat(Getters.count(TOLD, "nothing")).isEqualTo(TokenUsage.UNKNOWN);
            assertThat(Getters.count(TOLD, "broken")).isEqualTo(TokenUsage.UNKNOWN);
            assertThat(Getters.count(TOLD, "hidden")).isEqualTo(TokenUsage.UNKNOWN);
            assertThat(Getters.count(TOLD, "text")).isEqualTo(TokenUsage.UNKNOWN);
            assertThat(Getters.count(TOLD, "neverThere")).isEqualTo(TokenUsage.UNKNOWN);
            assertThat(Getters.count(null, "seven")).isEqualTo(TokenUsage.UNKNOWN);
        }
    }
}
