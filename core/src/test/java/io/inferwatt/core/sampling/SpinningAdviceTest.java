package io.inferwatt.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.call.ModelFacts;
import io.inferwatt.core.sampling.SpinningAdvice.Totals;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpinningAdviceTest {

    private static final ModelFacts ORT = new ModelFacts("onnxruntime", "cpu");

    private final List<String> lines = new ArrayList<>();
    private final SpinningAdvice advice = new SpinningAdvice(lines::add);

    /** A model with 6 calls a second that uses a tenth of a core. */
    private void use(int key, String model, ModelFacts facts, int seconds, double spinningShare) {
        for (int second = 0; second <= seconds; second++) {
            double cpu = 0.1 * second;
            advice.look(
                    key,
                    model,
                    facts,
                    new Totals(second * 1_000_000_000L, cpu, spinningShare * cpu, 6L * second, 8 * cpu, 0));
        }
    }

    @Test
    void spinningModel_isToldOnce_withShareWattsAndSetting() {
        use(1, "minilm", ORT, 100, 0.75);
        assertThat(lines)
                .containsExactly("model minilm: in the last 20 s at least 75 % of its processor time, 0.08 of a core or"
                        + " 0.6 W (measured), went into threads of onnxruntime that spin between calls;"
                        + " SessionOptions.addConfigEntry(\"session.intra_op.allow_spinning\", \"0\") stops that, and may"
                        + " make calls slower where processors are idle");
    }

    @Test
    void shortUse_isNotJudged() {
        use(1, "minilm", ORT, 19, 0.9);
        assertThat(lines).isEmpty();
    }

    @Test
    void fewCalls_areNotJudged_howeverLongTheyTake() {
        for (int second = 0; second < 100; second++) {
            advice.look(
                    1,
                    "llm",
                    ORT,
                    new Totals(second * 1_000_000_000L, second, 0.5 * second, second / 3, 8 * second, 0));
        }
        assertThat(lines).isEmpty();
    }

    @Test
    void smallShare_orSmallAmount_isNotWorthALine() {
        use(1, "busy", ORT, 100, 0.19);
        use(2, "little", ORT, 100, 0.49); // 0.049 of a core
        assertThat(lines).isEmpty();
    }

    @Test
    void modelThatBeginsToSpinLater_isToldThen() {
        Totals before = new Totals(0, 0, 0, 0, 0, 0);
        advice.look(1, "minilm", ORT, before);
        advice.look(1, "minilm", ORT, new Totals(20_000_000_000L, 20, 0.1, 100, 100, 0));
        assertThat(lines).isEmpty();
        advice.look(1, "minilm", ORT, new Totals(40_000_000_000L, 24, 3.1, 200, 140, 0));
        assertThat(lines).singleElement().asString().contains("75 %").contains("0.15 of a core or 1.5 W (measured)");
    }

    @Test
    void wattsThatAreModelled_areSaidToBe_andUnknownOnesAreLeftOut() {
        advice.look(1, "a", ORT, new Totals(0, 0, 0, 0, 0, 0));
        advice.look(1, "a", ORT, new Totals(20_000_000_000L, 4, 2, 100, 10, 30));
        advice.look(2, "b", ORT, new Totals(0, 0, 0, 0, 0, 0));
        advice.look(2, "b", ORT, new Totals(20_000_000_000L, 4, 2, 100, 0, 0));
        assertThat(lines.get(0)).contains("0.10 of a core or 1.0 W (modelled), went");
        assertThat(lines.get(1)).contains("0.10 of a core, went");
    }

    @Test
    void runtimeWithoutKnownSetting_isNotTold() {
        use(1, "a", new ModelFacts("tensorflow", "cpu"), 100, 0.9);
        use(2, "b", ModelFacts.NONE, 100, 0.9);
        assertThat(lines).isEmpty();
    }

    @Test
    void manyModels_areAFewLines_andOneModelUnderTwoKeysIsOne() {
        for (int key = 0; key < 20; key++) {
            use(key, "model-" + key / 2, ORT, 30, 0.9);
        }
        assertThat(lines).hasSize(SpinningAdvice.MOST_LINES).doesNotHaveDuplicates();
    }
}
