package io.inferwatt.agent.instrumentation.methods;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.instrumentation.Picked;
import io.inferwatt.agent.instrumentation.methods.MethodRule.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MethodRuleTest {

    @Test
    void parse_ofClassAndMethod_takesAllOverloads() {
        MethodRule rule = MethodRule.parse("com.acme.Scorer#score");

        assertThat(rule)
                .isEqualTo(new MethodRule(
                        "com.acme.Scorer#score",
                        "com.acme.Scorer",
                        Kind.CLASS,
                        "score",
                        Picked.ANY,
                        "com.acme.",
                        ModelSource.NOT_TOLD,
                        Picked.NONE,
                        Picked.NONE));
    }

    @Test
    void parse_ofAllOptions_readsThem() {
        MethodRule rule = MethodRule.parse(
                " com.acme.Scorer$Fast+#score(3) : model = arg0.modelId() : units=arg1 : requests=arg2 : in=org.other. ");

        assertThat(rule.type()).isEqualTo("com.acme.Scorer$Fast");
        assertThat(rule.kind()).isEqualTo(Kind.SUBTYPES);
        assertThat(rule.method()).isEqualTo("score");
        assertThat(rule.arity()).isEqualTo(3);
        assertThat(rule.within()).isEqualTo("org.other.");
        assertThat(rule.model()).isEqualTo(new ModelSource(null, 0, "modelId"));
        assertThat(rule.units()).isEqualTo(1);
        assertThat(rule.requests()).isEqualTo(2);
    }

    @Test
    void parse_ofAnAnnotation_looksInItsPackage() {
        MethodRule rule = MethodRule.parse("@com.acme.Metered:units=arg0");

        assertThat(rule.kind()).isEqualTo(Kind.ANNOTATION);
        assertThat(rule.type()).isEqualTo("com.acme.Metered");
        assertThat(rule.within()).isEqualTo("com.acme.");
    }

    @Test
    void parse_ofModels_tellsNamesFromArgumentsAndGetters() {
        assertThat(model("fraud-v3")).isEqualTo(new ModelSource("fraud-v3", Picked.NONE, null));
        assertThat(model("args")).isEqualTo(new ModelSource("args", Picked.NONE, null));
        assertThat(model("arg12")).isEqualTo(new ModelSource(null, 12, null));
        assertThat(model("name()")).isEqualTo(new ModelSource(null, Picked.NONE, "name"));
    }

    private static ModelSource model(String text) {
        return MethodRule.parse("a.B#c:model=" + text).model();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "score",
                "Scorer#score",
                "com.acme.Scorer",
                "com.acme.Scorer#",
                "com.acme.#score",
                "com..Scorer#score",
                "com.acme.Scorer#score(",
                "com.acme.Scorer#score(x)",
                "com.acme.Scorer#score(-1)",
                "com.acme.Scorer#score(256)",
                "com.acme.Scorer#sco re",
                "com.acme.Scorer#score:units",
                "com.acme.Scorer#score:units=2",
                "com.acme.Scorer#score:units=arg",
                "com.acme.Scorer#score:units=arg256",
                "com.acme.Scorer#score:requests=all",
                "com.acme.Scorer#score:in=com/acme",
                "com.acme.Scorer#score:colour=red",
                "com.acme.Scorer#score(1):units=arg1",
                "com.acme.Scorer#score(0):model=arg0",
                "@Metered",
                "@com.acme.Metered#score"
            })
    void parse_ofWhatIsNoRule_isNull(String text) {
        assertThat(MethodRule.parse(text)).isNull();
    }

    @Test
    void module_namesEachEntryThatIsNotUnderstood_andTakesTheOthers() {
        MethodsModule module = new MethodsModule("a.B#c; nonsense ;;@a.D:in=a.b");

        assertThat(module.hooks()).hasSize(2);
        assertThat(module.problems())
                .containsExactly("methods: 'nonsense' is not understood; allowed: " + MethodRule.ALLOWED
                        + "; the entry is ignored");
    }
}
