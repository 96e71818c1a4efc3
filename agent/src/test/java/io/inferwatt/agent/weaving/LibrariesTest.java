package io.inferwatt.agent.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Target;
import io.inferwatt.core.call.Calls;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class LibrariesTest {

    private static final String ADVICE = "io.inferwatt.agent.instrumentation.any.AnyAdvice";

    /** Matches one class by name and others by what they implement. */
    private static final class AnyModule implements InstrumentationModule {

        @Override
        public String library() {
            return "any";
        }

        @Override
        public List<Hook> hooks() {
            Target.Subtypes callables = new Target.Subtypes(Callable.class.getName(), "org.any.", "Model");
            return List.of(
                    Hook.on("org.any.Exact", "call", "()V", ADVICE),
                    Hook.onSubtypes(callables, "call", "()Ljava/lang/Object;", ADVICE));
        }
    }

    private final Libraries libraries =
            new Libraries(List.of(new AnyModule()), new SuppressedErrors(), new Calls(), System::nanoTime);

    @Test
    void of_matchesExactNamesAndNamesOfPossibleSubtypes() {
        assertThat(libraries.of("org/any/Exact")).hasSize(1);
        assertThat(libraries.of("org/any/deep/ChatModel")).hasSize(1);
        assertThat(libraries.of("org/any/Exactly")).isNull();
        assertThat(libraries.of("org/anything/ChatModel")).isNull();
        assertThat(libraries.of("org/any/ChatModels")).isNull();
        assertThat(libraries.of("org")).isNull();
    }

    @Test
    void required_holdsHookedMethodsOfExactClasses() {
        assertThat(Libraries.required(new AnyModule()))
                .extracting(Object::toString)
                .containsExactly("org.any.Exact#call()V");
    }

    @Test
    void turnOff_ofAnUnknownLibrary_saysSo() {
        assertThat(libraries.turnOff("no-such")).isFalse();
        assertThat(libraries.turnOff("any")).isTrue();
    }
}
