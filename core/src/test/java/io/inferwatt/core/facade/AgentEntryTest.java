package io.inferwatt.core.facade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The agent's side is stood in for by classes of the same shape; the real one is tested by the module that packages it. */
class AgentEntryTest {

    /** As this version's. */
    public static final class Dispatcher {

        public static volatile Predicate<String> allowed;

        private Dispatcher() {}
    }

    /** As it was before there were budgets. */
    public static final class OlderDispatcher {

        private OlderDispatcher() {}
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static AgentEntry<Predicate<String>> entry(Class<?>... places) {
        String[] names = new String[places.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = places[i].getName();
        }
        return new AgentEntry("allowed", Predicate.class, AgentEntryTest.class.getClassLoader(), names);
    }

    @Test
    void entry_isWhatTheAgentHasPutThere_nullUntilThen() {
        Dispatcher.allowed = null;
        AgentEntry<Predicate<String>> entry = entry(OlderDispatcher.class, Dispatcher.class);
        assertThat(entry.get()).isNull();

        Dispatcher.allowed = "a"::equals;
        assertThat(entry.get().test("a")).isTrue();
        assertThat(entry.get().test("b")).isFalse();
    }

    @Test
    void olderAgent_orNone_hasNoSuchEntry() {
        assertThat(entry(OlderDispatcher.class).get()).isNull();
        assertThat(entry().get()).isNull();
    }
}
