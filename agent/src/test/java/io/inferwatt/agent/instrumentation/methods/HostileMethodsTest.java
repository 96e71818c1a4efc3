package io.inferwatt.agent.instrumentation.methods;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.fuzz.Fuzz;
import io.inferwatt.core.fuzz.OneLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The setting {@code methods}, damaged: an entry is a rule, or one clear line. */
@Timeout(3600)
class HostileMethodsTest {

    private static final String VALID =
            "com.acme.Scorer#score(2):model=arg0.name():units=arg1;com.acme.Model+#run:requests=arg0;"
                    + "@com.acme.Metered:in=com.acme.:model=name";

    @Test
    void entries() {
        Fuzz.of("methods", 3000).run(mangler -> {
            MethodsModule module = new MethodsModule(mangler.text(VALID));
            OneLine.check(module.problems());
            assertThat(module.hooks()).doesNotContainNull();
        });
        assertThat(new MethodsModule(VALID).problems()).isEmpty();
        assertThat(new MethodsModule(VALID).hooks()).hasSizeGreaterThanOrEqualTo(3);
    }
}
