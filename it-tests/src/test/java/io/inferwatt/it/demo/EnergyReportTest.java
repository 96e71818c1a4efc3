package io.inferwatt.it.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.it.demo.EnergyReport.DomainRow;
import io.inferwatt.it.demo.EnergyReport.ModelRow;
import org.junit.jupiter.api.Test;

class EnergyReportTest {

    /** A machine that has drawn 100 J so far, 40 of them for 10 calls of the small model. */
    private static final String BEFORE = page(10, 0, 40, 0, 20, 0, 100, 60);

    /** 300 J later: the small model has 30 calls more for 60 J + 30 J of idle, the large one 20 for 120 J + 60 J. */
    private static final String AFTER = page(40, 20, 100, 120, 50, 60, 400, 180);

    private static final double GRAMS_PER_JOULE = 450.0 * 1.2 / 3.6e6;

    private final EnergyReport report = EnergyReport.between(MetricsText.parse(BEFORE), MetricsText.parse(AFTER));

    private static String page(
            int small, int large, int smallJ, int largeJ, int smallIdle, int largeIdle, int source, int idle) {
        return """
                inferwatt_requests_total{model="small",operation="inference",outcome="ok"} %d
                inferwatt_requests_total{model="large",operation="inference",outcome="ok"} %d
                inferwatt_requests_total{model="silent",operation="inference",outcome="ok"} 0
                inferwatt_items_total{model="small",operation="inference"} %d
                inferwatt_items_total{model="large",operation="inference"} %d
                inferwatt_energy_joules_total{model="small",operation="inference",component="cpu",quality="modelled"} %d
                inferwatt_energy_joules_total{model="large",operation="inference",component="cpu",quality="modelled"} %d
                inferwatt_idle_share_joules_total{model="small",operation="inference",component="cpu",quality="modelled"} %d
                inferwatt_idle_share_joules_total{model="large",operation="inference",component="cpu",quality="modelled"} %d
                inferwatt_source_energy_joules_total{component="cpu",quality="modelled"} %d
                inferwatt_unattributed_energy_joules_total{component="cpu",reason="idle"} %d
                inferwatt_unattributed_energy_joules_total{component="cpu",reason="gap"} 0
                inferwatt_measurement_uncertainty_ratio{component="cpu"} 0.25
                inferwatt_measurement_info{component="cpu",source="model-threads",quality="modelled",method="cpu_share",host="h"} 1
                inferwatt_grid_carbon_intensity_grams_per_kwh{zone="WOR",source="world-average"} 450
                inferwatt_pue_ratio 1.2
                """.formatted(small, large, small, large * 2, smallJ, largeJ, smallIdle, largeIdle, source, idle);
    }

    @Test
    void models_areWhatTheSecondReadingHasMore_mostCostlyFirst() {
        assertThat(report.models()).extracting(ModelRow::name).containsExactly("large", "small");
        ModelRow large = report.models().get(0);
        assertThat(large.requests()).isEqualTo(20);
        assertThat(large.items()).isEqualTo(40);
        assertThat(large.dynamicJoules()).isEqualTo(120);
        assertThat(large.joulesWithIdlePerRequest()).isEqualTo(9);
        ModelRow small = report.models().get(1);
        assertThat(small.requests()).isEqualTo(30);
        assertThat(small.joulesWithIdle()).isEqualTo(90);
        assertThat(small.joulesWithIdlePerRequest()).isEqualTo(3);
    }

    @Test
    void remoteModel_hasItsEstimateFromElsewhere_andWhatItsClientDrewHereWithIdle() {
        String remote = """
                inferwatt_requests_total{model="gpt",operation="chat",outcome="ok"} 4
                inferwatt_unestimated_requests_total{model="gpt",reason="no_usage"} 1
                inferwatt_tokens_total{model="gpt",type="input"} 30
                inferwatt_tokens_total{model="gpt",type="output"} 60
                inferwatt_energy_joules_total{model="gpt",operation="chat",component="remote",quality="estimated"} 200
                inferwatt_idle_share_joules_total{model="gpt",operation="chat",component="remote",quality="estimated"} 100
                inferwatt_energy_joules_total{model="gpt",operation="chat",component="cpu",quality="modelled"} 2
                inferwatt_idle_share_joules_total{model="gpt",operation="chat",component="cpu",quality="modelled"} 1
                inferwatt_remote_bound_joules_total{model="gpt",bound="low"} 90
                inferwatt_remote_bound_joules_total{model="gpt",bound="high"} 900
                inferwatt_co2e_grams_total{model="gpt",scope="operational"} 0.202
                inferwatt_measurement_info{component="remote",source="a-method",quality="estimated"} 1
                """;
        EnergyReport told = EnergyReport.between(MetricsText.parse(BEFORE), MetricsText.parse(AFTER + remote));
        RemoteRow gpt = told.remote().get(0);
        assertThat(gpt.operation()).isEqualTo("chat");
        assertThat(gpt.joulesPerRequest()).isEqualTo(new Band(30, 100, 300));
        assertThat(gpt.localJoules()).isEqualTo(3);
        assertThat(gpt.estimated()).isEqualTo(3);
        assertThat(gpt.grams()).as("with idle").isCloseTo(0.303, within(1e-12));
        assertThat(told.models()).extracting(ModelRow::name).containsExactly("large", "small");
        assertThat(ComparisonPrinter.print(told)).containsPattern("(?m)^gpt +elsewhere +4 +10 / 20 +100 +30.0 to 300 ");
    }

    @Test
    void shares_addUpToAll() {
        assertThat(report.models().get(0).shareOfEnergy()).isCloseTo(180.0 / 270, within(1e-12));
        assertThat(report.models().stream().mapToDouble(ModelRow::shareOfEnergy).sum())
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void grams_areJoulesWithIdleTimesPueAndIntensity() {
        assertThat(report.models().get(0).grams()).isCloseTo(180 * GRAMS_PER_JOULE, within(1e-12));
    }

    @Test
    void origin_isThatOfTheComponents_withA95PercentBand() {
        ModelRow small = report.models().get(1);
        assertThat(small.sources()).containsExactly("model-threads");
        assertThat(small.qualities()).containsExactly("modelled");
        assertThat(small.band95()).isCloseTo(1.96 * 0.25, within(1e-12));
    }

    private static ModelRow[] rows(String more) {
        return EnergyReport.between(MetricsText.parse(BEFORE), MetricsText.parse(AFTER + more))
                .models()
                .toArray(ModelRow[]::new);
    }

    private static String printed(String more) {
        return ReportPrinter.print(EnergyReport.between(MetricsText.parse(BEFORE), MetricsText.parse(AFTER + more)));
    }

    private static final String SURE = """
            inferwatt_model_uncertainty_ratio{model="large"} 0.6
            inferwatt_model_uncertainty_ratio{model="small"} 0.1
            inferwatt_model_flags{model="large",flag="weak"} 1
            inferwatt_model_flags{model="large",flag="collinear"} 0
            inferwatt_model_flags{model="small",flag="weak"} 0
            inferwatt_model_flags{model="small",flag="collinear"} 0
            """;

    private static final String TOGETHER = """
            inferwatt_model_uncertainty_ratio{model="large"} 0.6
            inferwatt_model_uncertainty_ratio{model="small"} 0.1
            inferwatt_model_flags{model="large",flag="weak"} 1
            inferwatt_model_group_uncertainty_ratio{model="large",group="large"} 0.02
            inferwatt_model_group_uncertainty_ratio{model="small",group="large"} 0.02
            """;

    @Test
    void band_isTheRootOfTheSquaresOfSourceAndDivision_andARatioHasTheDivisionsOnly() {
        ModelRow[] rows = rows(SURE);
        assertThat(rows[0].band95()).isCloseTo(1.96 * Math.sqrt(0.25 * 0.25 + 0.6 * 0.6), within(1e-12));
        assertThat(rows[0].timesOf(rows[1])).isCloseTo(3, within(1e-12));
        assertThat(rows[0].factorOfTimes95(rows[1])).isCloseTo(Math.exp(1.96 * 0.7), within(1e-12));
        assertThat(rows("")[0].factorOfTimes95(rows("")[1])).isNaN();
    }

    @Test
    void print_ofAModelWithAWeakFigure_saysSoInWords_andOnlyThere() {
        assertThat(printed(SURE))
                .containsPattern("(?m)^large .* over ±100 % +unsure$")
                .containsPattern("(?m)^small .* ±53 %$")
                .contains(
                        "large costs 3.0 times small, per request, with idle (95 % band 0.761 to 11.8: which one costs more is not sure).")
                .contains("unsure: by the division")
                .doesNotContain("together")
                .doesNotContain("not known here");
    }

    @Test
    void print_ofSureModels_hasABandAroundTheirRatio_andNoRemark() {
        assertThat(printed("""
                        inferwatt_model_uncertainty_ratio{model="large"} 0.06
                        inferwatt_model_uncertainty_ratio{model="small"} 0.04
                        inferwatt_model_flags{model="large",flag="weak"} 0
                        inferwatt_model_flags{model="small",flag="weak"} 0
                        """))
                .contains("large costs 3.0 times small, per request, with idle (95 % band 2.47 to 3.65).")
                .doesNotContain("sure");
    }

    @Test
    void print_ofModelsThatCannotBeToldApart_namesTheOtherOne_andTheirSum() {
        assertThat(printed(TOGETHER))
                .containsPattern("(?m)^large .* over ±100 % +only known together with small$")
                .containsPattern("(?m)^small .* only known together with large$")
                .contains(
                        "large, small cannot be told apart: they always work together. In all: 270 J with idle, ±49 %.")
                .doesNotContain("unsure");
        assertThat(printed(TOGETHER + "inferwatt_model_group_uncertainty_ratio{model=\"silent\",group=\"large\"} 0.02"))
                .contains("only known together with 2 others")
                .contains("large, small, silent cannot be told apart: they always work together.\n");
    }

    @Test
    void print_ofAGroupThatIsUnsureItself_saysSo() {
        assertThat(printed(TOGETHER.replace("0.02", "9")))
                .contains("Even in all they are unsure: 270 J with idle, over ±100 %.");
    }

    @Test
    void print_ofAHopelessRatio_leavesOutItsBand() {
        assertThat(printed("""
                        inferwatt_model_uncertainty_ratio{model="large"} 49
                        inferwatt_model_uncertainty_ratio{model="small"} 8
                        """)).contains("large costs 3.0 times small, per request, with idle (unsure: ");
    }

    @Test
    void print_whereOnlyTheOtherModelsDivisionIsKnown_saysThatTheBandIsTheSources() {
        assertThat(printed("inferwatt_model_uncertainty_ratio{model=\"large\"} 0.1\n"))
                .containsPattern("(?m)^small .* ±49 % +\\(source alone\\)$")
                .containsPattern("(?m)^large .* ±53 %$")
                .contains("large costs 3.0 times small, per request, with idle.");
    }

    @Test
    void print_withoutAnyKnownDivision_saysWhatTheBandsLeaveOut() {
        assertThat(printed(""))
                .contains("large costs 3.0 times small, per request, with idle.")
                .contains("That of the division among models is not known here.");
    }

    @Test
    void residual_isZeroWhereTheBooksAddUp_andTheMissingJoulesWhereNot() {
        DomainRow cpu = report.domains().get(0);
        assertThat(cpu.source()).isEqualTo(300);
        assertThat(cpu.models()).isEqualTo(180);
        assertThat(cpu.idle()).isEqualTo(120);
        assertThat(cpu.residual()).isZero();
        assertThat(new DomainRow("cpu", 10, 1, 2, 3, 1, 0.5).residual()).isEqualTo(2.5);
    }

    @Test
    void print_namesCostBesideTheSmallerModel_boundariesAndZone() {
        assertThat(ReportPrinter.print(report))
                .contains("large costs 3.0 times small")
                .contains("PUE 1.20 x 450 g/kWh (zone WOR, source world-average)")
                .contains("INFERWATT_CARBON_ZONE")
                .containsPattern("(?m)^large +20 +6\\.00 +9\\.00 +0\\.00135 +67 % +model-threads +modelled +±49 %$")
                .containsPattern("(?m)^cpu +300\\.00 J = +180\\.00 J .* 0\\.000000 J$");
    }

    @Test
    void print_withoutAnyCall_saysSo() {
        MetricsText same = MetricsText.parse(BEFORE);
        assertThat(ReportPrinter.print(EnergyReport.between(same, same))).startsWith("No request was metered");
    }

    @Test
    void figure_hasThreeDigitsAndNoExponent() {
        assertThat(ReportPrinter.figure(0.00009034)).isEqualTo("0.0000903");
        assertThat(ReportPrinter.figure(12.345)).isEqualTo("12.3");
        assertThat(ReportPrinter.figure(Double.NaN)).isEqualTo("unknown");
    }
}
