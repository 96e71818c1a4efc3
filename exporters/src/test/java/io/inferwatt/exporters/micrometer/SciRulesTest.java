package io.inferwatt.exporters.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recording rules of the SCI score, by Prometheus' own checker. */
class SciRulesTest {

    /**
     * A local model of two JVMs and a remote one. In each minute: 12 requests and 6 of the other JVM of 0.3 + 0.1 + 0.05 g each;
     * 2 remote requests, one of them without an estimate, of 5 g; 1000 tokens, 400 of them without.
     */
    private static final String TEST = """
            rule_files: [rules.yml]
            evaluation_interval: 1m
            tests:
              - interval: 1m
                input_series:
                  - {series: 'inferwatt_requests_total{model="minilm",outcome="ok",instance="a"}', values: '0+12x70'}
                  - {series: 'inferwatt_requests_total{model="minilm",outcome="ok",instance="b"}', values: '0+6x70'}
                  - {series: 'inferwatt_co2e_grams_total{model="minilm",scope="operational",instance="a"}', values: '0+3.6x70'}
                  - {series: 'inferwatt_co2e_grams_total{model="minilm",scope="operational",instance="b"}', values: '0+1.8x70'}
                  - {series: 'inferwatt_co2e_grams_total{model="minilm",scope="embodied",instance="a"}', values: '0+0.6x70'}
                  - {series: 'inferwatt_co2e_grams_total{model="minilm",scope="embodied",instance="b"}', values: '0+0.3x70'}
                  - {series: 'inferwatt_idle_share_co2e_grams_total{model="minilm",instance="a"}', values: '0+1.2x70'}
                  - {series: 'inferwatt_idle_share_co2e_grams_total{model="minilm",instance="b"}', values: '0+0.6x70'}
                  - {series: 'inferwatt_requests_total{model="gpt-4o",outcome="ok",instance="a"}', values: '0+2x70'}
                  - {series: 'inferwatt_unestimated_requests_total{model="gpt-4o",reason="no_usage",instance="a"}', values: '0+1x70'}
                  - {series: 'inferwatt_co2e_grams_total{model="gpt-4o",scope="operational",instance="a"}', values: '0+4x70'}
                  - {series: 'inferwatt_idle_share_co2e_grams_total{model="gpt-4o",instance="a"}', values: '0+1x70'}
                  - {series: 'inferwatt_tokens_total{model="gpt-4o",type="output",instance="a"}', values: '0+1000x70'}
                  - {series: 'inferwatt_unestimated_tokens_total{model="gpt-4o",type="output",instance="a"}', values: '0+400x70'}
                  - {series: 'inferwatt_requests_total{model="idle",outcome="ok",instance="a"}', values: '0x70'}
                  - {series: 'inferwatt_co2e_grams_total{model="idle",scope="operational",instance="a"}', values: '0x70'}
                  - {series: 'inferwatt_idle_share_co2e_grams_total{model="idle",instance="a"}', values: '0x70'}
                promql_expr_test:
                  - expr: round(model:inferwatt_sci_grams_per_request:increase1h, 0.0001)
                    eval_time: 65m
                    exp_samples:
                      - {labels: '{model="minilm"}', value: 0.45}
                      - {labels: '{model="gpt-4o"}', value: 5}
                  - expr: round(model:inferwatt_sci_grams_per_thousand_tokens:increase1h, 0.0001)
                    eval_time: 65m
                    exp_samples:
                      - {labels: '{model="gpt-4o"}', value: 8.3333}
            """;

    @TempDir
    Path folder;

    @Test
    void rules_areValidAndGiveTheScoreOfSumsNotAMeanOfScores() throws Exception {
        Path rules = folder.resolve("rules.yml");
        try (InputStream in =
                SciRulesTest.class.getResourceAsStream("/io/inferwatt/exporters/rules/inferwatt-sci.yml")) {
            assertThat(in).isNotNull();
            Files.copy(in, rules);
        }
        Path test = folder.resolve("test.yml");
        Files.writeString(test, TEST, StandardCharsets.UTF_8);
        assertThat(Promtool.run("", "check", "rules", rules.toString())).contains("SUCCESS: 4 rules found");
        assertThat(Promtool.run("", "test", "rules", test.toString())).contains("SUCCESS");
    }

    /** What the rules read are families of the catalogue. */
    @Test
    void rules_readPromisedNamesOnly() throws Exception {
        String rules;
        try (InputStream in =
                SciRulesTest.class.getResourceAsStream("/io/inferwatt/exporters/rules/inferwatt-sci.yml")) {
            rules = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(rules.split("(?<![:\\w])(?=inferwatt_)", -1))
                .filteredOn(part -> part.startsWith("inferwatt_"))
                .hasSizeGreaterThan(6)
                .allSatisfy(part -> assertThat(Catalogue.ALL.stream().map(CatalogueTest::prometheusName))
                        .contains(part.split("[^a-z0-9_]", 2)[0]));
    }
}
