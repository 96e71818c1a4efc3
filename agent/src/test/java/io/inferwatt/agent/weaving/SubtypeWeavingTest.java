package io.inferwatt.agent.weaving;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Target;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class SubtypeWeavingTest {

    private static final String HERE = SubtypeWeavingTest.class.getName() + "$";

    /** A subtype of the hooked interface, through a superclass. */
    public static final class ChatModel extends Named implements Callable<String> {

        @Override
        public String call() {
            return "answer";
        }
    }

    /** Has the name, not the type. */
    public static final class NoModel extends Named {

        public String call() {
            return "no answer";
        }
    }

    abstract static class Named {}

    private static final class CallableModule implements InstrumentationModule {

        @Override
        public String library() {
            return "callable";
        }

        @Override
        public List<Hook> hooks() {
            Target.Subtypes callables = new Target.Subtypes(Callable.class.getName(), HERE, "Model");
            return List.of(Hook.onSubtypes(
                    callables, "call", "()Ljava/lang/String;", "io.inferwatt.agent.instrumentation.probe.ProbeAdvice"));
        }
    }

    @Test
    void onlySubtypesWithTheNameAreWoven() throws Exception {
        WovenLibrary woven = new WovenLibrary(
                List.of(new CallableModule()), List.of(HERE), getClass().getClassLoader());

        assertThat(call(woven, "ChatModel")).isEqualTo("answer");
        assertThat(woven.recorded()).hasSize(1);
        assertThat(call(woven, "NoModel")).isEqualTo("no answer");
        assertThat(woven.recorded()).isEmpty();
    }

    private static Object call(WovenLibrary woven, String name) throws Exception {
        Class<?> type = woven.loader.loadClass(HERE + name);
        return type.getMethod("call").invoke(type.getDeclaredConstructor().newInstance());
    }
}
