package io.inferwatt.agent.instrumentation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Each test that runs the library gets a JVM of its own: for libraries whose native code a JVM loads only once, or which do
 * not let it end. The tests of {@link ModuleContract} stay where they are.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(OwnJvmExtension.class)
public @interface OwnJvm {

    /** Options of that JVM beside those it needs anyway. */
    String[] options() default {};
}
