package io.inferwatt.core.report.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.call.ModelFacts;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.CounterHealth;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.ErrorBand;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.footprint.CarbonIntensity;
import io.inferwatt.core.footprint.Facility;
import io.inferwatt.core.footprint.remote.Range;
import io.inferwatt.core.footprint.remote.RemotePlace;
import io.inferwatt.core.footprint.remote.Unestimated;
import io.inferwatt.core.report.FacilityUse;
import io.inferwatt.core.report.FacilityUseOf;
import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.core.report.MeterSnapshot.Confidence;
import io.inferwatt.core.report.MeterSnapshot.CounterTiming;
import io.inferwatt.core.report.MeterSnapshot.DomainTotals;
import io.inferwatt.core.report.MeterSnapshot.ModelEnergy;
import io.inferwatt.core.report.MeterSnapshot.ModelTotals;
import io.inferwatt.core.report.MeterSnapshot.OwnCost;
import io.inferwatt.core.report.MeterSnapshot.TickTotals;
import io.inferwatt.core.report.MeterSnapshot.TokenTotals;
import io.inferwatt.core.report.ModelFootprint;
import io.inferwatt.core.report.RemoteTotals;
import io.inferwatt.core.report.TenantSpread;
import io.inferwatt.core.report.TenantTotals;
import io.inferwatt.core.report.disclosure.Disclosure.About;
import io.inferwatt.core.report.disclosure.Disclosure.Period;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SnapshotDisclosureTest {

    private static final double KWH = 3.6e6;
    private static final Facility FACILITY = new Facility(1.2, "configured", 0.5, 3, "configured");
    private static final CarbonIntensity GRID =
            new CarbonIntensity(400, "KR", "table", "a publisher", OptionalInt.of(2025));

    private static DomainTotals cpu(ErrorBand band) {
        return new DomainTotals(
                Domain.CPU,
                "rapl-powercap",
                Quality.MEASURED,
                "learned",
                4 * KWH,
                KWH,
                2 * KWH,
                KWH / 2,
                KWH / 4,
                KWH / 4,
                3,
                10,
                1,
                0.05,
                9,
                Map.of(),
                CounterHealth.GOOD,
                0,
                0.02,
                true,
                "",
                Set.of(),
                band,
                new CounterTiming(Double.NaN, Double.NaN, Double.NaN));
    }

    private static ModelTotals model(
            ModelKey key, double joules, double idle, double error, double embodied, RemoteTotals remote) {
        Map<Outcome, Long> requests = new EnumMap<>(Outcome.class);
        requests.put(Outcome.OK, 9L);
        requests.put(Outcome.ERROR, 1L);
        return new ModelTotals(
                key,
                ModelFacts.NONE,
                requests,
                20,
                5,
                new TokenTotals(800, 0, 200, 0),
                joules == 0 ? List.of() : List.of(new ModelEnergy(Component.CPU, Quality.MEASURED, joules, idle)),
                new ModelFootprint(
                        FACILITY.grams(joules, 400),
                        FACILITY.grams(idle, 400),
                        embodied,
                        FACILITY.grams(joules + idle, 50),
                        FACILITY.liters(joules),
                        FACILITY.liters(idle),
                        FacilityUseOf.constant(joules + idle, FACILITY),
                        Double.NaN),
                0,
                new Confidence(error, error > 0.2 ? List.of(key) : List.of(), error),
                remote);
    }

    private static RemoteTotals remote(long estimated, long withoutWater, long unestimated) {
        return remote(estimated, withoutWater, unestimated, new RemoteTotals.Requests(unestimated, 0, 0, 0));
    }

    private static RemoteTotals remote(
            long estimated, long withoutWater, long unestimated, RemoteTotals.Requests requests) {
        Map<Unestimated.Reason, RemoteTotals.Count> reasons = new EnumMap<>(RemoteTotals.NONE.unestimated());
        reasons.put(Unestimated.Reason.NO_USAGE, new RemoteTotals.Count(unestimated, 100, 0));
        Range range = new Range(estimated * 100.0, estimated * 500.0, estimated * 2500.0);
        return new RemoteTotals(
                range,
                range.central(),
                new Range(1, 2, 3),
                Range.exactly(0),
                Range.exactly(0.1),
                estimated,
                withoutWater,
                reasons,
                2,
                0.1,
                requests,
                Set.of("tokens-mlenergy-v3"));
    }

    private static Disclosure disclosure(ErrorBand band, CarbonIntensity grid, ModelTotals... models) {
        return SnapshotDisclosure.of(
                snapshot(band, grid, models),
                new About("shop", "machine-1", "1", "running JVM", "process 7", ""),
                new Period("", "", 3600),
                50,
                List.of());
    }

    private static MeterSnapshot snapshot(ErrorBand band, CarbonIntensity grid, ModelTotals... models) {
        return new MeterSnapshot(
                List.of(models),
                List.of(cpu(band)),
                List.of(),
                2,
                1,
                0,
                grid,
                FACILITY,
                List.of(new RemotePlace(
                        "openai", "", GRID, Range.exactly(1.2), Range.UNKNOWN, Double.NaN, "", "", true)),
                new OwnCost(0, 0, 0, TickTotals.NONE),
                List.of(),
                List.of(new TenantTotals("sales", 5, 30, 2, 0, 0), new TenantTotals("none", 5, 10, 1, 1, 1)),
                new TenantSpread(1, 30, 1, 1, 0, List.of(new TenantSpread.Heavy("sales", 30))),
                List.of());
    }

    @Test
    void bandOfAModel_isThatOfTheDisclosure_andNotKnownWithoutThatOfTheSource() {
        ModelTotals model = model(ModelKey.of("minilm"), 0.75 * KWH, 0.25 * KWH, 0.2, 28.5, RemoteTotals.NONE);
        LocalBand band =
                LocalBand.of(snapshot(new ErrorBand(0.7, 1.4), GRID, model)).get(ModelKey.of("minilm"));
        ModelLine line =
                disclosure(new ErrorBand(0.7, 1.4), GRID, model).models().get(0);

        assertThat(band.lowRatio()).isCloseTo(1 - Math.hypot(0.3, 0.392), within(1e-9));
        assertThat(band.lowRatio() * line.joules()).isCloseTo(line.low(), within(1e-6));
        assertThat(band.highRatio() * line.joules()).isCloseTo(line.high(), within(1e-6));
        assertThat(LocalBand.of(snapshot(ErrorBand.NONE, GRID, model)).get(ModelKey.of("minilm")))
                .isEqualTo(new LocalBand(Double.NaN, Double.NaN));
    }

    @Test
    void localModel_hasTheFiguresThatAreComputedByHand() {
        Disclosure disclosure = disclosure(
                new ErrorBand(0.7, 1.4),
                GRID,
                model(ModelKey.of("minilm"), 0.75 * KWH, 0.25 * KWH, 0.2, 28.5, RemoteTotals.NONE));
        ModelLine line = disclosure.models().get(0);
        assertThat(line.joules()).isCloseTo(KWH, within(1e-6));
        assertThat(line.operationalGrams()).isCloseTo(480, within(1e-9));
        assertThat(line.liters()).isCloseTo(4.1, within(1e-9));
        assertThat(line.marketGrams()).isCloseTo(60, within(1e-9));
        assertThat(line.sciGramsPerRequest()).isCloseTo(50.85, within(1e-9));
        assertThat(line.sciGramsPerThousandTokens()).isCloseTo(508.5, within(1e-9));
        assertThat(line.joulesPerItem()).isCloseTo(KWH / 20, within(1e-6));
        assertThat(line.low()).isCloseTo(KWH * (1 - Math.hypot(0.3, 0.392)), within(1e-3));
        assertThat(line.high()).isCloseTo(KWH * (1 + Math.hypot(0.4, 0.392)), within(1e-3));
        assertThat(line.measuredShare()).isEqualTo(1);
        assertThat(line.flags()).isEmpty();
        assertThat(disclosure.total().low()).isCloseTo(0.7 * KWH, within(1e-3));
        assertThat(disclosure.total().co2eGrams()).isCloseTo(508.5, within(1e-9));
        assertThat(disclosure.total().kwh()).isCloseTo(1, within(1e-9));
        assertThat(disclosure.equivalences()).hasSize(2);
        assertThat(disclosure.host()).singleElement().satisfies(part -> {
            assertThat(part.models() + part.idle() + part.runtime() + part.other() + part.gap())
                    .isCloseTo(part.joules(), within(1e-6));
            assertThat(part.idleOfModels()).isEqualTo(0.25 * KWH);
        });
        assertThat(disclosure.tenants().lines().get(0).share()).isEqualTo(0.75);
        assertThat(disclosure.tenants().lines().get(0).liters()).isNaN();
        assertThat(disclosure.formulas()).extracting(Disclosure.Formula::figure).doesNotHaveDuplicates();
    }

    @Test
    void remoteModel_withoutAnyEstimate_hasNoFigureAndNoZero() {
        Disclosure disclosure = disclosure(
                new ErrorBand(0.9, 1.1),
                GRID,
                model(ModelKey.remote("gpt", "chat"), 0, 0, Double.NaN, 0, remote(0, 0, 10)));
        ModelLine line = disclosure.models().get(0);
        assertThat(line.joules()).isNaN();
        assertThat(line.low()).isNaN();
        assertThat(line.requestsWithFigure()).isZero();
        assertThat(line.sciGramsPerRequest()).isNaN();
        assertThat(line.liters()).isNaN();
        assertThat(line.flags()).containsExactly("unestimated_requests");
        assertThat(disclosure.total().joules()).isNaN();
        assertThat(disclosure.notKnown().requestsWithoutFigure()).isEqualTo(10);
        assertThat(disclosure.notKnown().reasons()).containsExactly(new Disclosure.Reason("no_usage", 10));
    }

    @Test
    void remoteModel_dividesByTheRequestsThatHaveAnEstimate() {
        Disclosure disclosure = disclosure(
                new ErrorBand(0.9, 1.1),
                GRID,
                model(ModelKey.remote("gpt", "chat"), 0, 0, Double.NaN, 0, remote(8, 2, 2)));
        ModelLine line = disclosure.models().get(0);
        assertThat(line.joulesPerRequest()).isEqualTo(500);
        assertThat(line.waterKnownJoules()).isEqualTo(3000);
        assertThat(line.tokens().withFigure()).isEqualTo(900);
        assertThat(line.estimatedShare()).isEqualTo(1);
        assertThat(disclosure.total().waterKnownShare()).isEqualTo(0.75);
        assertThat(line.flags()).containsExactly("unestimated_requests", "embodied_unknown", "water_unknown");
    }

    /** A region is found after the first quarter of the energy: another PUE, and water that was not known before. */
    @Test
    void buildingThatIsFoundWhileRunning_leavesMeansThatGiveGramsAndLitresAgain() {
        Facility before = new Facility(1.5, "default-on-premises");
        Facility after = FACILITY;
        FacilityUse late = FacilityUseOf.constant(3000, after);
        FacilityUse use = new FacilityUse(
                1000 * 1.5 + late.buildingJoules(),
                late.waterJoules(),
                late.waterBuildingJoules(),
                late.onSiteLiters());
        double grams = before.grams(1000, 400) + after.grams(3000, 200);
        LocalPart part =
                LocalPart.of(4000, 0, 4000, 1, 1, 0.02, 4000, 0, grams, 0, Double.NaN, after.liters(3000), use);

        assertThat(part.joules() * part.meanPue() / 3.6e6 * part.meanGramsPerKwh())
                .isCloseTo(grams, within(1e-12));
        assertThat(part.meanGramsPerKwh()).isBetween(200.0, 400.0);
        assertThat(part.waterJoules()).isEqualTo(3000);
        assertThat((part.waterJoules() * part.meanWueLitersPerKwh()
                                + part.waterBuildingJoules() * part.meanEwifLitersPerKwh())
                        / 3.6e6)
                .isCloseTo(part.liters(), within(1e-12));
        assertThat(part.meanWueLitersPerKwh()).isCloseTo(after.wueLitersPerKwh(), within(1e-12));
        assertThat(part.meanEwifLitersPerKwh()).isCloseTo(after.ewifLitersPerKwh(), within(1e-12));
    }

    @Test
    void requestsThatAreOneCallEach_areCountedExactly_howeverManyCallsOthersHave() {
        RemoteTotals remote = remote(40, 0, 3, new RemoteTotals.Requests(3, 4, 35, 0));
        ModelLine line = disclosure(
                        new ErrorBand(0.9, 1.1),
                        GRID,
                        model(ModelKey.remote("agent", "chat"), 0, 0, Double.NaN, 0, remote))
                .models()
                .get(0);
        assertThat(line.counts().unestimated()).isEqualTo(3);
        assertThat(line.requestsWithFigure()).isEqualTo(7);
        assertThat(line.flags()).doesNotContain("figure_count_estimated");
    }

    @Test
    void severalCallsInsideARequest_leaveAnEstimatedCountAndNeverNone() {
        Disclosure disclosure = disclosure(
                new ErrorBand(0.9, 1.1),
                GRID,
                model(
                        ModelKey.remote("agent", "chat"),
                        0,
                        0,
                        Double.NaN,
                        0,
                        remote(10, 0, 30, new RemoteTotals.Requests(0, 10, 40, 30))));
        ModelLine line = disclosure.models().get(0);
        assertThat(line.counts().unestimated()).isEqualTo(7.5);
        assertThat(line.requestsWithFigure()).isEqualTo(2.5);
        assertThat(line.joulesPerRequest()).isEqualTo(2000);
        assertThat(line.flags()).contains("figure_count_estimated");
    }

    @Test
    void comparison_ofModelsOfThisMachine_leavesOutTheErrorThatIsCommonToBoth() {
        ModelTotals large = model(ModelKey.of("large"), 2000, 0, 0.05, 0, RemoteTotals.NONE);
        Comparison sure = compare(large, model(ModelKey.of("small"), 1000, 0, 0.05, 0, RemoteTotals.NONE));
        assertThat(sure.from()).isEqualTo("large/inference");
        assertThat(sure.bands()).isEqualTo("division");
        assertThat(sure.verdict()).isEqualTo("less");
        assertThat(sure.joulesSaved()).isCloseTo(1000, within(1e-9));
        assertThat(sure.gramsSaved()).isCloseTo(FACILITY.grams(1000, 400), within(1e-9));
        assertThat(compare(large, model(ModelKey.of("small"), 1900, 0, 0.05, 0, RemoteTotals.NONE))
                        .verdict())
                .isEqualTo("within_bands");
        Comparison unsure = compare(large, model(ModelKey.of("small"), 1000, 0, Double.NaN, 0, RemoteTotals.NONE));
        assertThat(unsure.bands()).isEqualTo("full");
        assertThat(unsure.verdict()).isEqualTo("within_bands");
    }

    @Test
    void comparison_ofModelsOnDifferentSources_isByTheWholeBands() {
        ModelLine card = line("card", 0.95, 1.05, 2000, 0);
        ModelLine processor = line("processor", 0.6, 1.6, 0, 1500);
        Comparison pair = Comparison.among(List.of(card, processor)).get(0);
        assertThat(pair.bands()).isEqualTo("full");
        assertThat(pair.verdict()).isEqualTo("within_bands");
        assertThat(pair.toHigh()).isEqualTo(processor.high() / 10);
        assertThat(Comparison.among(List.of(card, line("read", 0.95, 1.05, 1500, 0)))
                        .get(0))
                .satisfies(same -> {
                    assertThat(same.bands()).isEqualTo("division");
                    assertThat(same.verdict()).isEqualTo("less");
                });
        // The same bands by chance, and another quality.
        assertThat(Comparison.among(List.of(card, line("modelled", 0.95, 1.05, 0, 1500)))
                        .get(0)
                        .bands())
                .isEqualTo("full");
    }

    private static ModelLine line(String model, double low, double high, double measured, double modelled) {
        double joules = measured + modelled;
        return ModelLine.of(
                model,
                model,
                "inference",
                "",
                "",
                new ModelLine.Counts(10, 10, 0, 0, 0, 0, 0, 10, 1),
                new ModelLine.Tokens(0, 0, 0, 0, 0),
                LocalPart.of(joules, 0, joules, low, high, 0.02, measured, modelled, 1, 0, 0, 0, FacilityUse.UNKNOWN),
                null,
                Double.NaN,
                List.of());
    }

    private static Comparison compare(ModelTotals one, ModelTotals other) {
        List<Comparison> pairs =
                disclosure(new ErrorBand(0.5, 2), GRID, one, other).comparisons();
        assertThat(pairs).hasSize(1);
        return pairs.get(0);
    }

    @Test
    void gridThatIsMarginalOrOfCombustionAlone_isToldWithWhatIsNotKnown() {
        assertThat(notes("watttime-marginal"))
                .anyMatch(note -> note.contains("(watttime-marginal): grams are marginal: "));
        assertThat(notes("uk")).anyMatch(note -> note.contains("(uk): grams are combustion-only: "));
        assertThat(notes("table")).noneMatch(note -> note.contains("grams are"));
    }

    private static List<String> notes(String source) {
        return disclosure(
                        new ErrorBand(0.9, 1.1),
                        new CarbonIntensity(300, "X", source, "", OptionalInt.empty()),
                        model(ModelKey.of("a"), 10, 1, 0.1, 0, RemoteTotals.NONE))
                .notKnown()
                .notes();
    }

    @Test
    void bandThatIsNotKnown_isNone() {
        Disclosure disclosure = disclosure(
                ErrorBand.NONE,
                new CarbonIntensity(458, "world", "world-average", "", OptionalInt.empty()),
                model(ModelKey.of("a"), 10, 1, 0.3, Double.NaN, RemoteTotals.NONE),
                model(ModelKey.of("b"), 5, 1, Double.NaN, 0, RemoteTotals.NONE));
        assertThat(disclosure.models())
                .allSatisfy(line -> assertThat(line.low()).isNaN());
        assertThat(disclosure.comparisons().get(0).verdict()).isEqualTo("unknown");
        assertThat(disclosure.models().get(0).flags()).contains("weak", "collinear", "embodied_unknown");
        assertThat(disclosure.models().get(1).flags())
                .contains("division_error_unknown")
                .doesNotContain("embodied_unknown");
        assertThat(disclosure.notKnown().notes()).anyMatch(note -> note.contains("mean of the world"));
        assertThat(disclosure.meters().get(0).lowRatio()).isNaN();
    }
}
