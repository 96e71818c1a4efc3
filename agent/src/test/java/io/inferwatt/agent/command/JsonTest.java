package io.inferwatt.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void text_isWrittenSoThatAParserReadsItBack() {
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            StringBuilder text = new StringBuilder("\"\\/\n\t\u0000\u001f\u007f±\u2028😀");
            for (int j = 0; j < 20; j++) {
                text.appendCodePoint(random.nextInt(0xd800));
            }

            String written = Json.text(Map.of("text", text.toString()));

            assertThat(written.chars()).allMatch(each -> each == '\n' || (each >= ' ' && each <= '~'));
            assertThat(parsed(written).get("text").getAsString()).isEqualTo(text.toString());
        }
    }

    @Test
    void numbersThatAreNone_becomeNull() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("nan", Double.NaN);
        document.put("infinite", Double.NEGATIVE_INFINITY);
        document.put("watts", 1.5e-7);
        document.put("bytes", 540_660_465_664L);

        JsonObject parsed = parsed(Json.text(document));

        assertThat(parsed.get("nan").isJsonNull()).isTrue();
        assertThat(parsed.get("infinite").isJsonNull()).isTrue();
        assertThat(parsed.get("watts").getAsDouble()).isEqualTo(1.5e-7);
        assertThat(parsed.get("bytes").getAsLong()).isEqualTo(540_660_465_664L);
    }

    @Test
    void nesting_keepsOrderAndEmptiness() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("b", List.of(true, List.of(), Map.of()));
        document.put("a", Collections.singletonMap("none", null));

        assertThat(Json.text(document)).isEqualTo("""
                        {
                          "b": [
                            true,
                            [],
                            {}
                          ],
                          "a": {
                            "none": null
                          }
                        }
                        """);
    }

    private static JsonObject parsed(String written) {
        return JsonParser.parseString(written).getAsJsonObject();
    }
}
