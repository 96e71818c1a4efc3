package io.inferwatt.agent.instrumentation.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.call.TokenUsage;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonNumbersTest {

    private static long number(String json, String... path) {
        return JsonNumbers.number(json.getBytes(StandardCharsets.UTF_8), path);
    }

    private static long elements(String json, String... path) {
        return JsonNumbers.elements(json.getBytes(StandardCharsets.UTF_8), path);
    }

    @Test
    void number_isFoundByItsPlace_pastEverythingElse() {
        String json = """
                { "text" : "a \\"wide\\": 1, } ] \\\\", "list":[1,{"wide":2},[3]], "object":{"wide":4, "x":{"wide":5}},
                  "größe":6, "null":null, "wide" : 7 }""";

        assertThat(number(json, "wide")).isEqualTo(7);
        assertThat(number(json, "object", "wide")).isEqualTo(4);
        assertThat(number(json, "object", "x", "wide")).isEqualTo(5);
        assertThat(number(json, "list", "wide")).isEqualTo(TokenUsage.UNKNOWN);
        assertThat(number(json, "missing")).isEqualTo(TokenUsage.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"n\":0}|0",
                "{\"n\":999999999999999999}|999999999999999999",
                "{\"n\":1000000000000000000}|-1",
                "{\"n\":-3}|-1",
                "{\"n\":1.5}|-1",
                "{\"n\":1e3}|-1",
                "{\"n\":\"12\"}|-1",
                "{\"n\":null}|-1",
                "{\"n\":12|-1",
                "{\"n\":|-1"
            })
    void number_thatIsNotWhole_isUnknown(String json, long expected) {
        assertThat(number(json, "n")).isEqualTo(expected);
    }

    @Test
    void elements_ofAnArray_areCountedWithoutLookingInside() {
        assertThat(elements("{\"texts\":[\"a, b\",\"c ] d\",\"\\\"\"]}", "texts"))
                .isEqualTo(3);
        assertThat(elements("{\"texts\":[{\"a\":[1,2]},[3,4],5]}", "texts")).isEqualTo(3);
        assertThat(elements("{\"texts\":[ ]}", "texts")).isZero();
        assertThat(elements("{\"texts\":\"one\"}", "texts")).isEqualTo(TokenUsage.UNKNOWN);
        assertThat(elements("{\"texts\":[1,2", "texts")).isEqualTo(TokenUsage.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "[", "{", "{\"", "{\"n", "{\"n\"", "{\"n\\", "null", "{\"a\":[[[", "{\"a\":\"\\"})
    void bytes_thatAreNoJson_haveNoNumbers(String bytes) {
        assertThat(number(bytes, "n")).isEqualTo(TokenUsage.UNKNOWN);
        assertThat(elements(bytes, "n")).isEqualTo(TokenUsage.UNKNOWN);
    }
}
