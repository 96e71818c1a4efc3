package io.inferwatt.exporters.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.exporters.push.TextSamples.Sample;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextSamplesTest {

    @Test
    void samples_haveNameLabelsAndValue() {
        List<Sample> samples = read("""
                # HELP a_total some help
                # TYPE a_total counter
                a_total 12
                b{c="d"} 1.5E-7
                b_bucket{c="e f}, \\"g\\" \\\\ \\n",le="+Inf"} 3.0
                """);

        assertThat(samples)
                .containsExactly(
                        new Sample(Map.of("__name__", "a_total"), 12),
                        new Sample(Map.of("__name__", "b", "c", "d"), 1.5e-7),
                        new Sample(Map.of("__name__", "b_bucket", "c", "e f}, \"g\" \\ \n", "le", "+Inf"), 3));
    }

    @Test
    void valuesThatAreNoNumbers_areRead() {
        assertThat(read("a NaN\nb +Inf\nc -Inf\n"))
                .extracting(Sample::value)
                .containsExactly(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
    }

    @Test
    void anythingElse_isRefused() {
        assertThatThrownBy(() -> read("nothing")).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Sample> read(String text) {
        return TextSamples.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
