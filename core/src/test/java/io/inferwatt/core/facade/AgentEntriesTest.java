package io.inferwatt.core.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The agent's side is stood in for by classes of the same shape; the real one is tested by the module that packages it. */
class AgentEntriesTest {

    /** As this version's. */
    public static final class Dispatcher {

        public static volatile BiFunction<String, long[], Consumer<Throwable>> begin;
        public static volatile Predicate<String> allowed;

        private Dispatcher() {}
    }

    /** As it was before there were budgets. */
    public static final class OlderDispatcher {

        public static volatile BiFunction<String, long[], Consumer<Throwable>> begin;

        private OlderDispatcher() {}
    }

    @Test
    void agentThatMetersNothingYet_allowsAllAndBeginsNothing() throws Exception {
        AgentEntries entries = AgentEntries.of(Dispatcher.class);
        Dispatcher.begin = null;
        Dispatcher.allowed = null;
        assertThat(entries.begin("model", 1, 1)).isNull();
        assertThat(entries.allows("model:large")).isTrue();
    }

    @Test
    void agentThatMeters_isAsked() throws Exception {
        AgentEntries entries = AgentEntries.of(Dispatcher.class);
        List<Throwable> ended = new ArrayList<>();
        Dispatcher.begin = (model, counts) -> {
            assertThat(model).isEqualTo("model");
            assertThat(counts).containsExactly(8, 4);
            return ended::add;
        };
        Dispatcher.allowed = question -> question.equals("model:small");

        IllegalStateException failure = new IllegalStateException();
        entries.begin("model", 8, 4).accept(failure);
        assertThat(ended).containsExactly(failure);
        assertThat(entries.allows("model:small")).isTrue();
        assertThat(entries.allows("model:large")).isFalse();
    }

    @Test
    void olderAgent_allowsAll() throws Exception {
        assertThat(AgentEntries.of(OlderDispatcher.class).allows("model:large")).isTrue();
    }

    @Test
    void otherClass_isNoDispatcher() {
        assertThatThrownBy(() -> AgentEntries.of(String.class)).isInstanceOf(ReflectiveOperationException.class);
    }
}
