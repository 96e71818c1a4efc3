package io.inferwatt.it.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTextTest {

    private static final String PAGE = """
            # HELP inferwatt_requests_total Model calls that ended.
            # TYPE inferwatt_requests_total counter
            inferwatt_requests_total{model="small",operation="inference",outcome="ok"} 12.0
            inferwatt_requests_total{model="small",operation="inference",outcome="error"} 1.0
            inferwatt_requests_total{model="large",operation="inference",outcome="ok",} 3.0 1700000000000

            inferwatt_pue_ratio 1.15
            inferwatt_requests_totals{model="small"} 99
            """;

    @Test
    void sum_addsSamplesWhoseLabelsMatch() {
        MetricsText text = MetricsText.parse(PAGE);

        assertThat(text.sum("inferwatt_requests_total")).isEqualTo(16);
        assertThat(text.sum("inferwatt_requests_total", "model", "small")).isEqualTo(13);
        assertThat(text.sum("inferwatt_requests_total", "model", "small", "outcome", "ok"))
                .isEqualTo(12);
        assertThat(text.sum("inferwatt_pue_ratio")).isEqualTo(1.15);
        assertThat(text.sum("inferwatt_absent")).isZero();
    }

    @Test
    void labelValues_areSortedAndDistinct() {
        assertThat(MetricsText.parse(PAGE).labelValues("inferwatt_requests_total", "model"))
                .containsExactly("large", "small");
    }

    @Test
    void labels_keepBracesCommasAndEscapes() {
        MetricsText text = MetricsText.parse("a{path=\"C:\\\\x\\ny\",quote=\"say \\\"hi\\\", {b}\"} 1");

        assertThat(text.samples().get(0).labels()).isEqualTo(Map.of("path", "C:\\x\ny", "quote", "say \"hi\", {b}"));
    }

    @Test
    void values_mayBeInfiniteNotANumberOrExponential() {
        MetricsText text = MetricsText.parse("a +Inf\nb -Inf\nc NaN\nd 1.5E-4\n");

        assertThat(text.samples())
                .extracting(MetricsText.Sample::value)
                .containsExactly(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 1.5e-4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a{b=\"c\"", "a{b=c} 1", "a{b=\"c\"}", "a", "{b=\"c\"} 1", "a one"})
    void parse_ofABrokenLine_namesItsNumber(String line) {
        assertThatThrownBy(() -> MetricsText.parse("fine 1\n" + line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2");
    }
}
