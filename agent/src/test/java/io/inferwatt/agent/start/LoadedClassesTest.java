package io.inferwatt.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtSession;
import io.inferwatt.agent.instrumentation.methods.MethodsModule;
import io.inferwatt.agent.instrumentation.onnxruntime.OnnxRuntimeModule;
import io.inferwatt.agent.weaving.Libraries;
import io.inferwatt.agent.weaving.SuppressedErrors;
import io.inferwatt.core.call.Calls;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class LoadedClassesTest {

    private final Libraries libraries =
            new Libraries(List.of(new OnnxRuntimeModule()), new SuppressedErrors(), new Calls(), System::nanoTime);
    private final List<Class<?>> retransformed = new ArrayList<>();

    /** A JVM in which these classes are loaded. */
    private Instrumentation jvm(Class<?>... loaded) {
        return (Instrumentation) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Instrumentation.class}, (self, method, arguments) -> {
                    switch (method.getName()) {
                        case "getAllLoadedClasses":
                            return loaded;
                        case "isModifiableClass":
                            return true;
                        case "retransformClasses":
                            retransformed.addAll(List.of((Class<?>[]) arguments[0]));
                            return null;
                        default:
                            throw new UnsupportedOperationException(method.getName());
                    }
                });
    }

    @Test
    void classOfALibrary_thatIsLoadedAlready_isFoundAndWoven() {
        Instrumentation jvm = jvm(String.class, LoadedClassesTest.class, OrtSession.class);

        assertThat(LoadedClasses.any(jvm, libraries)).isTrue();
        LoadedClasses.weave(jvm, libraries);

        assertThat(retransformed).containsExactly(OrtSession.class);
    }

    /** As with {@code -Xbootclasspath/a}; by their loader alone such classes are not told from those of the JDK. */
    @Test
    void classOfTheJdksOwnLoader_withAnotherName_isFoundAndWoven() {
        Libraries named = new Libraries(
                List.of(new MethodsModule("org.xml.sax.InputSource#getSystemId; java.lang.String#length")),
                new SuppressedErrors(),
                new Calls(),
                System::nanoTime);
        assertThat(InputSource.class.getClassLoader()).isNull();
        Instrumentation jvm = jvm(String.class, InputSource.class);

        assertThat(LoadedClasses.any(jvm, named)).isTrue();
        LoadedClasses.weave(jvm, named);

        assertThat(retransformed).containsExactly(InputSource.class);
    }

    @Test
    void classesOfTheJdkAndOfTheApplication_areLeftAlone() {
        Instrumentation jvm = jvm(String.class, String[].class, LoadedClassesTest.class);

        assertThat(LoadedClasses.any(jvm, libraries)).isFalse();
        LoadedClasses.weave(jvm, libraries);

        assertThat(retransformed).isEmpty();
    }
}
