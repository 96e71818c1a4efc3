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
            String setting = mangler.text(VALID);
            MethodsModule module = new MethodsModule(setting);
            OneLine.check(module.problems());
            assertThat(module.hooks()).doesNotContainNull();
            int hooks = 0;
            int problems = 0;
            for (String entry : setting.split(";", -1)) {
                MethodsModule alone = new MethodsModule(entry);
                boolean isRule = !alone.hooks().isEmpty();
                assertThat(alone.problems()).hasSize(isRule || saysNothing(entry) ? 0 : 1);
                hooks += alone.hooks().size();
                problems += alone.problems().size();
            }
            assertThat(module.hooks()).hasSize(hooks);
            assertThat(module.problems()).hasSize(problems);
        });
        assertThat(new MethodsModule(VALID).problems()).isEmpty();
        assertThat(new MethodsModule(VALID).hooks()).hasSizeGreaterThanOrEqualTo(3);
    }

    private static boolean saysNothing(String entry) {
        return entry.chars().allMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c));
    }
}
