package io.inferwatt.core.footprint.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.config.InferwattConfig.Accelerator;
import io.inferwatt.core.footprint.remote.EstimationMethod.Draw;
import io.inferwatt.core.footprint.remote.EstimationMethod.Tokens;
import io.inferwatt.core.footprint.remote.ModelSize.Origin;
import io.inferwatt.core.footprint.remote.RemoteEstimate.Flag;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MlEnergyMethodTest {

    private static final double JOULES_PER_WATT_HOUR = 3600;
    private static final double FIT_SIGMA = 0.41;

    private final MlEnergyMethod method =
            new MlEnergyMethod(Accelerator.H100, OptionalInt.empty(), ImageFigures.embedded());

    /** GPT-4o class, 88 of 440 B, fp8, batch 128, 500 tokens, PUE 1.12: 0.48 Wh, at one sigma 0.21 to 1.1. */
    @Test
    void gpt4oClass_isHalfAWattHour() {
        Range joules = method.text(sized(88, 440, Precision.FP8), new Tokens(0, 0, 500), 0)
                .joules();

        assertThat(joules.central() * 1.12 / JOULES_PER_WATT_HOUR).isCloseTo(0.48, within(0.005));
        double oneSigma = Math.pow(joules.high() / joules.central(), 1 / 1.96);
        assertThat(joules.central() * 1.12 / JOULES_PER_WATT_HOUR / oneSigma).isCloseTo(0.21, within(0.005));
        assertThat(joules.central() * 1.12 / JOULES_PER_WATT_HOUR * oneSigma).isCloseTo(1.1, within(0.05));
        assertThat(oneSigma).isCloseTo(2.26, within(0.01));
    }

    /** The measured points of the benchmark at batch 64, in J per token; the worst models are off by a factor of 2. */
    @ParameterizedTest
    @CsvSource({"8,8,BITS_16,0.119", "70,70,BITS_16,0.797", "405,405,FP8,3.08", "17,400,FP8,0.944", "3,30,BITS_16,0.272"
    })
    void fit_isNearWhatWasMeasured(double active, double total, Precision precision, double measured) {
        double fitted = MlEnergyFit.H100.joulesPerToken(active, total, 64, precision.isReduced());

        assertThat(Math.abs(Math.log(fitted / measured))).isLessThan(1.96 * FIT_SIGMA);
    }

    /** Central values per 1000 output tokens at facility level: up to 14 B 0.03 to 0.1 Wh, 70 B 0.2 to 0.5, frontier 0.5 to 3. */
    @ParameterizedTest
    @CsvSource({"8,8,0.03,0.1", "14,14,0.03,0.12", "70,70,0.2,0.5", "37,671,0.5,3", "88,440,0.5,3"})
    void thousandTokens_areInTheRangeOfTheReference(double active, double total, double least, double most) {
        ModelSize size = sized(active, total, total > 100 ? Precision.FP8 : Precision.BITS_16);

        double wattHours =
                method.text(size, new Tokens(0, 0, 1000), 0).joules().central() * 1.12 / JOULES_PER_WATT_HOUR;

        assertThat(wattHours).isBetween(least, most);
    }

    @Test
    void fit_isTheEquation() {
        // exp(-1.790 + 0.246 ln 10 + 0.719 ln 100 - 0.510 ln 16 - 0.541) = exp(-1.790+0.5664+3.3111-1.4140-0.541)
        assertThat(MlEnergyFit.H100.joulesPerToken(10, 100, 16, true)).isCloseTo(Math.exp(0.13247), within(1e-4));
        // exp(-1.948 + 0.269 ln 10 + 0.755 ln 100 - 0.527 ln 16) = exp(-1.948+0.6194+3.4769-1.4612)
        assertThat(MlEnergyFit.B200.joulesPerToken(10, 100, 16, false)).isCloseTo(Math.exp(0.68711), within(1e-4));
        assertThat(MlEnergyFit.B200.joulesPerToken(10, 100, 16, true))
                .isCloseTo(Math.exp(0.68711 - 0.439), within(1e-4));
    }

    @Test
    void knownBatch_leavesTheErrorOfTheFitAlone() {
        MlEnergyMethod known = new MlEnergyMethod(Accelerator.H100, OptionalInt.of(64), ImageFigures.embedded());

        Range joules = known.text(sized(70, 70, Precision.BITS_16), new Tokens(0, 0, 100), 0)
                .joules();

        assertThat(sigma(joules)).isCloseTo(0.41, within(1e-9));
        assertThat(joules.central())
                .isCloseTo(MlEnergyFit.H100.joulesPerToken(70, 70, 64, false) * 100 * 1.571, within(1e-9));
    }

    @Test
    void b200_hasItsOwnFitAndBand() {
        MlEnergyMethod b200 = new MlEnergyMethod(Accelerator.B200, OptionalInt.of(64), ImageFigures.embedded());

        Range joules = b200.text(sized(70, 70, Precision.BITS_16), new Tokens(0, 0, 100), 0)
                .joules();

        assertThat(sigma(joules)).isCloseTo(0.69, within(1e-9));
        assertThat(joules.central())
                .isCloseTo(MlEnergyFit.B200.joulesPerToken(70, 70, 64, false) * 100 * 1.571, within(1e-9));
    }

    @Test
    void rangeOfADenseModel_countsForBothSizesAtOnce() {
        ModelSize size = new ModelSize("m", 8, 28, 8, 28, true, Precision.BITS_16, Origin.ESTIMATED, "");

        double sigma = sigma(known().text(size, new Tokens(0, 0, 100), 0).joules());

        // 0.965 x ln(28/8) / 3.92 = 0.30840; with 0.41 in quadrature 0.51304.
        assertThat(sigma).isCloseTo(0.51304, within(1e-4));
    }

    @Test
    void rangeOfExperts_countsForTheActiveSize() {
        ModelSize size = new ModelSize("m", 44, 132, 440, 440, false, Precision.BITS_16, Origin.ESTIMATED, "");

        double sigma = sigma(known().text(size, new Tokens(0, 0, 100), 0).joules());

        // 0.246 x ln 3 / 3.92 = 0.06894.
        assertThat(sigma).isCloseTo(Math.hypot(0.41, 0.06894), within(1e-4));
    }

    @Test
    void unknownPrecision_isTakenForFp8WithHalfItsEffectAsError() {
        Range unknown = known().text(sized(70, 70, Precision.UNKNOWN), new Tokens(0, 0, 100), 0)
                .joules();
        Range fp8 = known().text(sized(70, 70, Precision.FP8), new Tokens(0, 0, 100), 0)
                .joules();

        assertThat(unknown.central()).isEqualTo(fp8.central());
        assertThat(sigma(unknown)).isCloseTo(Math.hypot(0.41, 0.541 / 2), within(1e-9));
    }

    @Test
    void tokensRead_costThreeTenths_cachedOnesThreeHundredths() {
        assertThat(MlEnergyMethod.weighted(new Tokens(1000, 0, 0))).isCloseTo(300, within(1e-9));
        assertThat(MlEnergyMethod.weighted(new Tokens(0, 1000, 0))).isCloseTo(30, within(1e-9));
        assertThat(MlEnergyMethod.weighted(new Tokens(0, 0, 1000))).isEqualTo(1000);
        // d W / d r_in = 1000 of 300, sigma of r_in = 0.2 / 3.92.
        assertThat(sigma(known().text(sized(70, 70, Precision.BITS_16), new Tokens(1000, 0, 0), 0)
                        .joules()))
                .isCloseTo(Math.hypot(0.41, 1000 * 0.2 / 3.92 / 300), within(1e-9));
    }

    @Test
    void embodied_isTheTimeOfTheCardAndItsEighthOfTheMachine() {
        Draw draw = known().text(sized(70, 70, Precision.BITS_16), new Tokens(0, 0, 1000), 0);

        // 876.5 kg over 3 years of 365 days, at 495 W, which is between half and all of 700 W.
        double accelerator = draw.joules().central() / 1.571;
        assertThat(draw.embodiedGrams().central())
                .isCloseTo(accelerator / 494.975 * 876_500 / 94_608_000, within(1e-6));
        assertThat(draw.embodiedGrams().low()).isLessThan(draw.embodiedGrams().central());
    }

    @Test
    void outsideOfWhatWasMeasured_isFlagged() {
        Tokens tokens = new Tokens(0, 0, 1);

        assertThat(method.text(sized(70, 70, Precision.FP8), tokens, 0).flags()).isEmpty();
        assertThat(method.text(sized(200, 2000, Precision.FP8), tokens, 0).flags())
                .containsExactly(Flag.EXTRAPOLATED);
        assertThat(method.embedding(sized(0.5, 0.5, Precision.BITS_16), new Tokens(1, 0, 0))
                        .flags())
                .containsExactly(Flag.EXTRAPOLATED);
        assertThat(new MlEnergyMethod(Accelerator.H100, OptionalInt.of(1), ImageFigures.embedded())
                        .text(sized(70, 70, Precision.FP8), tokens, 0)
                        .flags())
                .containsExactly(Flag.EXTRAPOLATED);
    }

    @ParameterizedTest
    @CsvSource({
        "SANA1.5_1.6B_1024px_diffusers, 1024x1024, 338",
        "stabilityai/stable-diffusion-3.5-medium, '', 1560",
        "stable-diffusion-3.5-large, 1024x1024, 3520",
        "stability.sd3-5-large-v1:0, 1024x1024, 3520",
        "black-forest-labs/FLUX.1-dev, ' 1024X1024', 6679",
    })
    void images_areAsMeasured(String model, String size, double joules) {
        Draw draw = Objects.requireNonNull(method.images(model, size, 3));

        assertThat(draw.method()).isEqualTo("images-mlenergy-v3");
        assertThat(draw.joules().central()).isCloseTo(3 * joules * 1.571, within(1e-6));
        assertThat(sigma(draw.joules())).isCloseTo(Math.log(2), within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "black-forest-labs/FLUX.1-dev, 512x512",
        "FLUX.1-schnell, 1024x1024",
        "dall-e-3, 1024x1024",
        "gpt-image-1, ''",
        "stable-diffusion-3.5-large-turbo, 1024x1024",
    })
    void images_thatWereNotMeasured_haveNoFigure(String model, String size) {
        assertThat(method.images(model, size, 1)).isNull();
    }

    private static MlEnergyMethod known() {
        return new MlEnergyMethod(Accelerator.H100, OptionalInt.of(128), ImageFigures.embedded());
    }

    private static ModelSize sized(double active, double total, Precision precision) {
        return new ModelSize("m", active, active, total, total, active == total, precision, Origin.PUBLISHED, "");
    }

    private static double sigma(Range range) {
        assertThat(range.central() / range.low()).isCloseTo(range.high() / range.central(), within(1e-9));
        return Math.log(range.high() / range.central()) / 1.96;
    }
}
