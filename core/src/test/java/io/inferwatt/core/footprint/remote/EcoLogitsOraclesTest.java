package io.inferwatt.core.footprint.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.config.InferwattConfig.WaterFormula;
import io.inferwatt.core.footprint.CsvRecords;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares with 60 results of the real code of EcoLogits, 16 figures each. */
class EcoLogitsOraclesTest {

    private static final double SERVER_KG = 5700;
    private static final double GPU_KG = 164;
    private static final double SERVER_KG_ANTIMONY = 0.37;
    private static final double GPU_KG_ANTIMONY = 5.1e-3;
    private static final double SERVER_MEGAJOULES = 70_000;
    private static final double GPU_MEGAJOULES = 1828;

    record Oracle(Map<String, String> fields) {

        double number(String column) {
            return Double.parseDouble(Objects.requireNonNull(fields.get(column)));
        }

        boolean has(String column) {
            return !Objects.requireNonNull(fields.get(column)).isEmpty();
        }

        @Override
        public String toString() {
            return String.valueOf(fields.get("case"));
        }
    }

    static Stream<Oracle> oracles() throws IOException {
        List<Oracle> oracles = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(EcoLogitsOraclesTest.class.getResourceAsStream("ecologits_oracles.csv")),
                StandardCharsets.UTF_8))) {
            List<String> header = CsvRecords.fields(reader.readLine(), 1);
            int number = 2;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                List<String> fields = CsvRecords.fields(line, number++);
                Map<String, String> byColumn = new HashMap<>();
                for (int i = 0; i < header.size(); i++) {
                    byColumn.put(header.get(i), fields.get(i));
                }
                oracles.add(new Oracle(byColumn));
            }
        }
        return oracles.stream();
    }

    @Test
    void allSixty_areThere() throws IOException {
        assertThat(oracles()).hasSize(60);
    }

    @ParameterizedTest
    @MethodSource("oracles")
    void figures_areThoseOfEcoLogits(Oracle oracle) {
        for (String end : List.of("min", "max")) {
            double active = oracle.number("active_b_" + end);
            double total = oracle.number("total_b_" + end);
            long tokens = (long) oracle.number("output_tokens");
            int batch = (int) oracle.number("batch");
            int bits = (int) oracle.number("bits");
            double seconds = seconds(oracle, active, tokens, batch);
            double itKwh = EcoLogitsFormula.kilowattHours(active, total, tokens, seconds, batch, bits);
            double pue = oracle.number("pue_" + end);
            double kwh = itKwh * pue;
            double embodied = EcoLogitsFormula.embodied(total, seconds, batch, bits, SERVER_KG, GPU_KG);
            double antimony =
                    EcoLogitsFormula.embodied(total, seconds, batch, bits, SERVER_KG_ANTIMONY, GPU_KG_ANTIMONY);
            double megajoules =
                    EcoLogitsFormula.embodied(total, seconds, batch, bits, SERVER_MEGAJOULES, GPU_MEGAJOULES);
            double wue = oracle.number("wue_" + end);
            double ewif = oracle.number("ewif_l_per_kwh");

            equal(oracle, "energy_kwh_" + end, kwh);
            equal(oracle, "gwp_usage_kg_" + end, kwh * oracle.number("gwp_kg_per_kwh"));
            equal(oracle, "gwp_embodied_kg_" + end, embodied);
            equal(oracle, "gwp_kg_" + end, kwh * oracle.number("gwp_kg_per_kwh") + embodied);
            equal(oracle, "adpe_kgsb_" + end, kwh * oracle.number("adpe_kgsb_per_kwh") + antimony);
            equal(oracle, "pe_mj_" + end, kwh * oracle.number("pe_mj_per_kwh") + megajoules);
            equal(
                    oracle,
                    "wcf_l_ecologits_formula_" + end,
                    itKwh * WaterUse.litersPerItKwh(pue, wue, ewif, WaterFormula.ECOLOGITS));
            equal(
                    oracle,
                    "wcf_l_corrected_" + end,
                    itKwh * WaterUse.litersPerItKwh(pue, wue, ewif, WaterFormula.CORRECTED));
        }
    }

    @Test
    void intermediates_areThoseOfTheReference() {
        assertThat(EcoLogitsFormula.gpus(7.3, 16)).isEqualTo(1);
        assertThat(EcoLogitsFormula.gpus(46.7, 16)).isEqualTo(2);
        assertThat(EcoLogitsFormula.generationSeconds(12.9, 200, 64)).isCloseTo(9.638013443198895, within(1e-12));
        // 1056 GB are 13.2 cards, so 16; 153.6 GB are two cards exactly 1.92.
        assertThat(EcoLogitsFormula.gpus(440, 16)).isEqualTo(16);
        assertThat(EcoLogitsFormula.gpus(64, 16)).isEqualTo(2);
        assertThat(EcoLogitsFormula.gpus(0.001, 16)).isEqualTo(1);
    }

    private static double seconds(Oracle oracle, double active, long tokens, int batch) {
        double seconds = oracle.has("tps")
                ? oracle.number("ttft_s") + tokens / oracle.number("tps")
                : EcoLogitsFormula.generationSeconds(active, tokens, batch);
        return oracle.has("request_latency_s") ? Math.min(seconds, oracle.number("request_latency_s")) : seconds;
    }

    private static void equal(Oracle oracle, String column, double value) {
        double expected = oracle.number(column);
        assertThat(value).as(column).isCloseTo(expected, within(Math.abs(expected) * 1e-12));
    }
}
