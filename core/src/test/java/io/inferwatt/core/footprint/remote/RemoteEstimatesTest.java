package io.inferwatt.core.footprint.remote;

import static io.inferwatt.core.call.TokenUsage.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.call.RemoteTarget.Work;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.config.InferwattConfig.Accelerator;
import io.inferwatt.core.config.InferwattConfig.Remote;
import io.inferwatt.core.config.InferwattConfig.WaterFormula;
import io.inferwatt.core.config.RemoteMethod;
import io.inferwatt.core.footprint.remote.RemoteEstimate.Flag;
import io.inferwatt.core.footprint.remote.RemoteEstimates.Choice;
import io.inferwatt.core.footprint.remote.Unestimated.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RemoteEstimatesTest {

    private static final double JOULES_PER_KWH = 3.6e6;

    private final RemoteEstimates estimates =
            RemoteEstimates.of(Remote.DEFAULTS).estimates();
    private final RemoteEstimates ecoLogits = RemoteEstimates.of(with(RemoteMethod.ECOLOGITS, WaterFormula.CORRECTED))
            .estimates();

    /** EcoLogits' own result for 400 tokens of gpt-4o at PUE 1.2, USA. */
    @Test
    void ecoLogits_givesItsOracle() {
        RemoteEstimate estimate = of(ecoLogits.estimate(text("openai", "gpt-4o"), output(400), 0, 0, false));

        assertThat(estimate.joules().low()).isCloseTo(8.501396783361906e-04 / 1.2 * JOULES_PER_KWH, within(1e-8));
        assertThat(estimate.joules().high()).isCloseTo(1.5335162359274468e-03 / 1.2 * JOULES_PER_KWH, within(1e-8));
        assertThat(estimate.joules().central())
                .isCloseTo((estimate.joules().low() + estimate.joules().high()) / 2, within(1e-9));
        assertThat(estimate.embodiedGrams().low()).isCloseTo(6.4195593742114e-02, within(1e-12));
        assertThat(estimate.embodiedGrams().high()).isCloseTo(1.1951305261384651e-01, within(1e-12));
        assertThat(estimate.dynamicPart()).isEqualTo(1);
        assertThat(estimate.method()).isEqualTo("tokens-ecologits-0.9").isEqualTo(ecoLogits.method());
        assertThat(estimate.dynamicJoules()).isEqualTo(estimate.joules());
        // PUE from 1.12 to 1.20: the ends go with the ends.
        assertThat(estimate.operationalGrams().low())
                .isCloseTo(estimate.joules().low() * 1.12 / JOULES_PER_KWH * 384.4, within(1e-9));
        assertThat(estimate.operationalGrams().high())
                .isCloseTo(estimate.joules().high() * 1.2 / JOULES_PER_KWH * 384.4, within(1e-9));
    }

    /** The maximum per 1000 output tokens as another tool got it from EcoLogits' own server in April 2026, with measured speed. */
    @ParameterizedTest
    @CsvSource({"claude-haiku-4-5, 14.886, 1.600459e-04", "claude-opus-4-6, 31.5, 6.406501e-03"})
    void ecoLogits_agreesWithItsServer(String model, double seconds, double kwh) {
        RemoteEstimate estimate = of(ecoLogits.estimate(text("anthropic", model), output(1000), 0, seconds, false));

        assertThat(estimate.joules().high() * 1.14 / JOULES_PER_KWH).isCloseTo(kwh, within(kwh * 0.005));
    }

    @Test
    void ecoLogits_ignoresInputAndTakesTheClientsTimeAsALimit() {
        RemoteTarget target = text("openai", "gpt-4o");
        RemoteEstimate withInput = of(ecoLogits.estimate(target, new TokenUsage(9000, 0, 400, 0), 0, 0, false));
        RemoteEstimate slow = of(ecoLogits.estimate(target, output(400), 0, 1000, false));
        RemoteEstimate fast = of(ecoLogits.estimate(target, output(400), 0, 1.5, false));

        assertThat(withInput.joules()).isEqualTo(slow.joules());
        assertThat(fast.joules().high()).isLessThan(slow.joules().high());
    }

    @Test
    void boundaryDynamic_isPartOfWithIdle() {
        RemoteEstimate estimate = of(estimates.estimate(text("openai", "gpt-4o"), output(100), 0, 0, false));

        assertThat(estimate.dynamicPart()).isCloseTo(1.43 / 1.571, within(1e-12));
        assertThat(estimate.dynamicJoules().central())
                .isCloseTo(estimate.joules().central() * 1.43 / 1.571, within(1e-9));
        assertThat(estimate.method()).isEqualTo("tokens-mlenergy-v3").isEqualTo(estimates.method());
    }

    @Test
    void grams_areItEnergyTimesPueTimesGrid() {
        RemoteEstimate estimate = of(estimates.estimate(
                target("aws.bedrock", "us-east-1", "meta.llama3-1-70b-instruct-v1:0", Work.TEXT),
                output(500),
                0,
                0,
                false));

        assertThat(estimate.operationalGrams().central())
                .isCloseTo(estimate.joules().central() * 1.15 * 327.17 / JOULES_PER_KWH, within(1e-12));
        assertThat(estimate.operationalGrams().high())
                .isCloseTo(estimate.joules().high() * 1.15 * 327.17 / JOULES_PER_KWH, within(1e-9));
        assertThat(estimate.liters().central())
                .isCloseTo(estimate.joules().central() / JOULES_PER_KWH * (0.12 + 1.15 * 2.312704), within(1e-12));
        assertThat(estimate.flags()).containsExactly(Flag.SIZE_FROM_NAME);
    }

    @Test
    void water_ofEcoLogits_isThePueTimesAsMuch() {
        RemoteTarget target = target("aws.bedrock", "us-east-1", "gpt-oss-20b", Work.TEXT);
        RemoteEstimate corrected = of(estimates.estimate(target, output(500), 0, 0, false));
        RemoteEstimate theirs = of(RemoteEstimates.of(with(RemoteMethod.MLENERGY, WaterFormula.ECOLOGITS))
                .estimates()
                .estimate(target, output(500), 0, 0, false));

        assertThat(theirs.liters().central()).isCloseTo(corrected.liters().central() * 1.15, within(1e-12));
        assertThat(theirs.joules()).isEqualTo(corrected.joules());
    }

    @Test
    void waterThatIsNotKnown_isNotZero() {
        RemoteEstimate estimate = of(
                estimates.estimate(target("aws.bedrock", "eu-nowhere-1", "gpt-5", Work.TEXT), output(9), 0, 0, false));
        RemoteEstimate africa =
                of(estimates.estimate(target("aws.bedrock", "af-south-1", "gpt-5", Work.TEXT), output(9), 0, 0, false));

        assertThat(estimate.liters().isKnown()).isFalse();
        assertThat(estimate.flags())
                .containsExactlyInAnyOrder(Flag.WATER_UNKNOWN, Flag.PROVIDER_MEAN, Flag.UNDISCLOSED_SIZE);
        assertThat(africa.liters().isKnown()).isFalse();
        assertThat(africa.flags()).containsExactlyInAnyOrder(Flag.WATER_UNKNOWN, Flag.UNDISCLOSED_SIZE);
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o, TEXT, -1, -1, 0, false, NO_USAGE",
        "gpt-4o, TEXT, 100, -1, 0, false, NO_USAGE",
        "gpt-4o, TEXT, 0, 0, 0, false, NO_USAGE",
        "gpt-4o, TEXT, -1, -1, 0, true, FAILED",
        "gpt-4o, TEXT, 0, 0, 0, true, FAILED",
        "nobody-knows, TEXT, -1, -1, 0, true, FAILED",
        "nobody-knows, TEXT, 10, 10, 0, false, UNKNOWN_MODEL",
        "nobody-knows, EMBEDDING, 10, -1, 0, false, UNKNOWN_MODEL",
        "text-embedding-3-small, EMBEDDING, 10, -1, 0, false, UNKNOWN_MODEL",
        "bge-m3, EMBEDDING, -1, -1, 0, false, NO_USAGE",
        "bge-m3, EMBEDDING, 0, -1, 0, false, NO_USAGE",
        "bge-m3, EMBEDDING, -1, -1, 0, true, FAILED",
        "flux.1-dev, IMAGE, -1, -1, 0, false, NO_USAGE",
        "flux.1-dev, IMAGE, 10, -1, 0, true, FAILED",
        "dall-e-3, IMAGE, -1, -1, 1, false, NO_FIGURE",
        "gpt-4o, OTHER, 10, 10, 0, false, NO_FIGURE",
        "gemini-2.5-flash-image, TEXT, 10, 1290, 0, false, NO_FIGURE",
        "gemini-3-pro-image-preview, TEXT, 10, 1290, 0, false, NO_FIGURE",
        "gpt-4o-audio-preview, TEXT, 10, 10, 0, false, NO_FIGURE",
    })
    void callWithoutAFigure_saysWhy(
            String model, Work work, long input, long output, long images, boolean failed, Reason reason) {
        TokenUsage tokens = new TokenUsage(input, UNKNOWN, output, UNKNOWN);

        assertThat(estimates.estimate(target("openai", "", model, work), tokens, images, 1, failed))
                .isEqualTo(new Unestimated(reason));
    }

    @Test
    void failedCallThatToldItsTokens_isEstimated() {
        RemoteTarget target = text("openai", "gpt-4o");

        assertThat(estimates.estimate(target, output(400), 0, 1, true))
                .isEqualTo(estimates.estimate(target, output(400), 0, 1, false));
    }

    @Test
    void unknownInput_countsAsNone_andIsFlagged() {
        RemoteTarget target = text("openai", "gpt-4o");
        RemoteEstimate unknown =
                of(estimates.estimate(target, new TokenUsage(UNKNOWN, UNKNOWN, 400, UNKNOWN), 0, 1, false));
        RemoteEstimate none = of(estimates.estimate(target, new TokenUsage(0, 0, 400, 0), 0, 1, false));

        assertThat(unknown.joules()).isEqualTo(none.joules());
        assertThat(unknown.flags()).contains(Flag.INPUT_UNKNOWN);
        assertThat(none.flags()).doesNotContain(Flag.INPUT_UNKNOWN);
    }

    @Test
    void cachedTokens_areAPartOfTheInput_reasoningIsAPartOfTheOutput() {
        RemoteTarget target = text("openai", "gpt-4o");
        double plain = joules(target, new TokenUsage(1000, 0, 100, 0));
        double cached = joules(target, new TokenUsage(1000, 1000, 100, 0));

        assertThat(cached / plain).isCloseTo((100 + 30.0) / (100 + 300), within(1e-9));
        assertThat(joules(target, new TokenUsage(1000, 5000, 100, 0))).isEqualTo(cached);
        assertThat(joules(target, new TokenUsage(1000, UNKNOWN, 100, UNKNOWN))).isEqualTo(plain);
        assertThat(joules(target, new TokenUsage(1000, 0, 100, 90))).isEqualTo(plain);
    }

    @Test
    void embedding_costsWhatItsInputCosts() {
        RemoteEstimate embedding = of(estimates.estimate(
                target("", "", "BAAI/bge-m3", Work.EMBEDDING),
                new TokenUsage(1000, UNKNOWN, UNKNOWN, UNKNOWN),
                0,
                1,
                false));

        double perToken = MlEnergyFit.H100.joulesPerToken(0.567, 0.567, 128, false);
        assertThat(embedding.joules().central()).isCloseTo(300 * perToken * 1.571, within(1e-9));
        assertThat(embedding.flags()).contains(Flag.EXTRAPOLATED);
    }

    @Test
    void images_haveAMethodOfTheirOwn() {
        RemoteEstimate estimate = of(estimates.estimate(
                new RemoteTarget("test", "", "", "SE", "black-forest-labs/FLUX.1-dev", Work.IMAGE, "1024x1024"),
                TokenUsage.NONE,
                2,
                10,
                false));

        assertThat(estimate.method()).isEqualTo("images-mlenergy-v3");
        assertThat(estimate.joules().central()).isCloseTo(2 * 6679 * 1.571, within(1e-6));
        assertThat(estimate.operationalGrams().central())
                .isCloseTo(2 * 6679 * 1.571 * 1.25 * 35.26 / JOULES_PER_KWH, within(1e-9));
    }

    @ParameterizedTest
    @EnumSource
    void estimates_areOrdered_monotone_additiveAndProportional(RemoteMethod method) {
        RemoteEstimates by =
                RemoteEstimates.of(with(method, WaterFormula.CORRECTED)).estimates();
        List<String> models =
                List.of("gpt-4o", "gpt-4o-mini", "claude-opus-4-1", "llama-3.1-8b-instruct", "deepseek-v3");
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            RemoteTarget target = target("anthropic", "", models.get(random.nextInt(models.size())), Work.TEXT);
            TokenUsage some = usage(random);
            TokenUsage more = usage(random);
            TokenUsage both = new TokenUsage(
                    some.input() + more.input(),
                    some.cachedInput() + more.cachedInput(),
                    some.output() + more.output(),
                    0);
            TokenUsage triple = new TokenUsage(3 * some.input(), 3 * some.cachedInput(), 3 * some.output(), 0);

            RemoteEstimate one = of(by.estimate(target, some, 0, 0, false));
            RemoteEstimate other = of(by.estimate(target, more, 0, 0, false));
            RemoteEstimate sum = of(by.estimate(target, both, 0, 0, false));
            RemoteEstimate threefold = of(by.estimate(target, triple, 0, 0, false));

            for (Range range : List.of(one.joules(), one.operationalGrams(), one.embodiedGrams(), one.liters())) {
                assertThat(range.low()).isPositive().isLessThanOrEqualTo(range.central());
                assertThat(range.high()).isGreaterThanOrEqualTo(range.central());
            }
            double added = one.joules().central() + other.joules().central();
            assertThat(sum.joules().central()).isCloseTo(added, within(added * 1e-12));
            assertThat(sum.joules().central()).isGreaterThan(one.joules().central());
            assertThat(threefold.joules().high())
                    .isCloseTo(3 * one.joules().high(), within(one.joules().high() * 1e-9));
            assertThat(threefold.liters().low())
                    .isCloseTo(3 * one.liters().low(), within(one.liters().low() * 1e-9));
        }
    }

    @Test
    void settings_narrowTheBand() {
        RemoteTarget target = text("openai", "gpt-4o");
        Range unknown = of(estimates.estimate(target, output(100), 0, 0, false)).joules();
        Remote known = new Remote(
                RemoteMethod.MLENERGY,
                Accelerator.B200,
                OptionalInt.of(128),
                WaterFormula.CORRECTED,
                Optional.empty(),
                "",
                "",
                "");

        Choice choice = RemoteEstimates.of(known);
        Range narrow = of(choice.estimates().estimate(target, output(100), 0, 0, false))
                .joules();

        assertThat(narrow.high() / narrow.central()).isLessThan(unknown.high() / unknown.central());
        assertThat(choice.findings().get(0)).contains("B200 with 128 requests at a time");
        assertThat(choice.problems()).isEmpty();
    }

    @Test
    void everythingWrong_isTold_andTheRestCounts() {
        Choice choice = RemoteEstimates.of(new Remote(
                RemoteMethod.ECOLOGITS,
                Accelerator.H100,
                OptionalInt.of(32),
                WaterFormula.CORRECTED,
                Optional.of(Path.of("/no/such/file.csv")),
                "oops",
                "oops",
                "oops"));

        assertThat(choice.problems())
                .hasSize(5)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("remote.batch and remote.accelerator have no effect with remote.method="
                                + "tokens-ecologits-0.9,"))
                .anySatisfy(line -> assertThat(line).startsWith("remote.models: '/no/such/file.csv'"))
                .anySatisfy(line -> assertThat(line).startsWith("remote.aliases: 'oops'"))
                .anySatisfy(line -> assertThat(line).startsWith("remote.hosts: 'oops'"))
                .anySatisfy(line -> assertThat(line).startsWith("remote.regions: 'oops'"));
        assertThat(of(choice.estimates().estimate(text("openai", "gpt-4o"), output(1), 0, 0, false))
                        .joules()
                        .central())
                .isPositive();
    }

    @Test
    void manyTargets_areEstimatedAlike() {
        double first = joules(text("openai", "gpt-4o"), output(10));
        for (int i = 0; i < 3000; i++) {
            assertThat(joules(target("openai", "x" + i, "gpt-4o", Work.TEXT), output(10)))
                    .isEqualTo(first);
        }
    }

    @Test
    void place_isThatOfTheTarget() {
        RemotePlace place = estimates.place(target("aws.bedrock", "eu-west-1", "gpt-4o", Work.TEXT));

        assertThat(place.region()).isEqualTo("eu-west-1");
        assertThat(place.grid().gramsPerKwh()).isEqualTo(256.54);
    }

    private double joules(RemoteTarget target, TokenUsage tokens) {
        return of(estimates.estimate(target, tokens, 0, 0, false)).joules().central();
    }

    private static RemoteEstimate of(RemoteResult result) {
        assertThat(result).isInstanceOf(RemoteEstimate.class);
        return (RemoteEstimate) result;
    }

    private static TokenUsage usage(Random random) {
        int input = random.nextInt(10_000);
        return new TokenUsage(input, input == 0 ? 0 : random.nextInt(input), 1 + random.nextInt(5000), 0);
    }

    private static TokenUsage output(long tokens) {
        return new TokenUsage(0, 0, tokens, 0);
    }

    private static RemoteTarget text(String provider, String model) {
        return target(provider, "", model, Work.TEXT);
    }

    private static RemoteTarget target(String provider, String region, String model, Work work) {
        return new RemoteTarget("test", provider, "", region, model, work, "");
    }

    private static Remote with(RemoteMethod method, WaterFormula water) {
        return new Remote(method, Accelerator.H100, OptionalInt.empty(), water, Optional.empty(), "", "", "");
    }
}
